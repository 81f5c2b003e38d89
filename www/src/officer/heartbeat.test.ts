import { h, render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Deployment, Heartbeat } from "../api/types";

vi.stubGlobal("location", { origin: "https://vedette.test" });
const { cameraSaid, useHeartbeat } = await import("./heartbeat");

type Watching = Parameters<typeof useHeartbeat>[0];

const live = (id: string) => ({ id, state: { kind: "live" }, duties: ["capture"] }) as unknown as Deployment;
const watching: Watching = { deployment: live("pier"), settled: true, reachable: true, camera: { kind: "on", deviceId: "" }, frames: 1, space: undefined, tablet: {} as Watching["tablet"] };

let said: [string, Heartbeat["camera"]][] = [];
let leave: () => Promise<void>;
/** A component that draws nothing asks nothing more of its place. */
let place: Element;

function Watch(props: Watching) {
  leave = useHeartbeat(props);
  return null;
}

/** Lets effects and what they send run. */
const turns = () => vi.advanceTimersByTimeAsync(200);
const show = async (part: Partial<Watching>) => {
  render(h(Watch, { ...watching, ...part }), place);
  await turns();
};

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
  vi.stubGlobal("fetch", async (request: Request) => {
    said.push([request.url.split("/").at(-2) ?? "", ((await request.json()) as Heartbeat).camera]);
    return new Response(null, { status: 204 });
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test("r129: a device that turns to another deployment is not silent in the first", async () => {
  await show({});
  await show({ deployment: live("gate") });
  expect(said.filter(([id]) => id === "pier")).toEqual([
    ["pier", "running"],
    ["pier", "off"],
  ]);
  expect(said).toContainEqual(["gate", "running"]);
});

test("r129: whoever signs out, or leaves the page's screen, says so last", async () => {
  await show({});
  await Promise.all([leave(), turns()]);
  expect(said.at(-1)).toEqual(["pier", "off"]);
  said = [];
  render(null, place);
  await turns();
  expect(said).toEqual([["pier", "off"]]);
});

test("r129: a device without a server, or without a session, says nothing of leaving", async () => {
  await show({});
  await show({ reachable: false });
  await Promise.all([leave(), turns()]);
  await show({ reachable: false, deployment: undefined });
  expect(said.map(([, camera]) => camera)).toEqual(["running"]);
});

test("r129: a deployment that stands still is told nothing", async () => {
  await show({});
  await show({ deployment: { ...live("pier"), state: { kind: "paused" } as never } });
  expect(said.map(([, camera]) => camera)).toEqual(["running"]);
});

test("r129: each state of a camera has a word, but for one that is about to change", () => {
  expect(cameraSaid({ kind: "on", deviceId: "" })).toBe("running");
  expect(cameraSaid({ kind: "paused" })).toBe("lost");
  expect(cameraSaid({ kind: "insecure" })).toBe("refused");
  expect(cameraSaid({ kind: "starting" })).toBeUndefined();
});
