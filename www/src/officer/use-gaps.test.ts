import { h, render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { now } from "../vision/protocol";
import { initial, type State } from "./state";

vi.stubGlobal("location", { origin: "https://vedette.test" });
const { useGaps } = await import("./use-gaps");
type GapsShown = ReturnType<typeof useGaps>;

const DEVICE = { user: { id: "petra" }, device: { id: "tablet" }, duties: ["capture"] };
const back = { ...initial, server: "reachable", session: { kind: "signed_in", session: DEVICE } } as unknown as State;

let stored: Map<string, string>;
let status: number;
let told: string[];
let untold: boolean;
let shown: GapsShown;

function Counts({ state }: { state: State }) {
  shown = useGaps(state);
  untold = !shown.told;
  return null;
}

/** The page from its start, with what the browser stored before. A component that draws nothing asks nothing more of its place. */
const loaded = async () => {
  const place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
  render(h(Counts, { state: back }), place);
  await vi.advanceTimersByTimeAsync(200);
  render(null, place);
  await vi.advanceTimersByTimeAsync(200);
};

beforeEach(() => {
  vi.useFakeTimers();
  const ended = now() - 1_000;
  stored = new Map([["vedette-gaps-untold", JSON.stringify([{ id: "gap", deployment: "pier", began: ended - 60_000, ended }])]]);
  told = [];
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => void stored.set(name, text),
    removeItem: (name: string) => void stored.delete(name),
  });
  vi.stubGlobal("fetch", async (request: Request) => {
    told.push(((await request.json()) as { id: string }).id);
    return new Response(status === 204 ? null : "{}", { status });
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([401, 429, 500])("R127: a gap of which the server was not told, for it answered %i, outlives a reload", async (first) => {
  status = first;
  await loaded();
  expect([told, untold]).toEqual([["gap"], true]);
  status = 204;
  await loaded();
  expect([told, untold, stored.size]).toEqual([["gap", "gap"], false, 0]);
  await loaded();
  expect(told.length).toBe(2);
});

test("R127: a gap that the server refuses is told no more", async () => {
  status = 409;
  await loaded();
  expect([told, untold, stored.size]).toEqual([["gap"], false, 0]);
});

test("R127: what was missed is told on each page until the officer has put it away", async () => {
  const missed = [{ id: "gap", deployment: "pier", began: now() - 61_000, ended: now() - 1_000 }];
  stored = new Map([["vedette-gaps-unseen", JSON.stringify(missed)]]);
  await loaded();
  await loaded();
  expect(shown.gaps.missed).toEqual(missed);
  const place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
  render(h(Counts, { state: back }), place);
  shown.seen();
  await vi.advanceTimersByTimeAsync(200);
  render(null, place);
  await loaded();
  expect([shown.gaps.missed, stored.size]).toEqual([[], 0]);
});
