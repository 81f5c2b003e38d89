import { h, render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Heartbeat } from "../api/types";

vi.stubGlobal("location", { origin: "https://vedette.test" });
const { useHeartbeat } = await import("./heartbeat");

type Lane = Parameters<typeof useHeartbeat>[0];

const lane: Lane = { deployment: "pier", running: false, camera: undefined, frames: () => 0, space: { model: "a", pipeline: 2 }, tablet: { battery: undefined, pressure: undefined } };

let said: [string, Heartbeat["camera"], Heartbeat["model"]][] = [];
/** A component that draws nothing asks nothing more of its place. */
let place: Element;

function Stand(props: Lane) {
  useHeartbeat(props);
  return null;
}

const show = async (part: Partial<Lane>) => {
  render(h(Stand, { ...lane, ...part }), place);
  await vi.advanceTimersByTimeAsync(2_200);
};

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
  vi.stubGlobal("fetch", async (request: Request) => {
    const { camera, model } = (await request.json()) as Heartbeat;
    said.push([request.url.split("/").at(-2) ?? "", camera, model]);
    return new Response(null, { status: 204 });
  });
});
afterEach(() => {
  render(null, place);
  vi.useRealTimers();
});

test("r129: a kiosk that waits for visitors says so, and that its camera runs while one is there", async () => {
  await show({});
  expect(said[0]).toEqual(["pier", "waiting", "a"]);
  await show({ running: true });
  expect(said.at(-1)).toEqual(["pier", "running", "a"]);
});

test("r129: a kiosk whose camera is gone, or is not given to it, says so before a visitor finds out", async () => {
  for (const [camera, told] of [
    ["none", "missing"],
    ["denied", "refused"],
    ["insecure", "refused"],
    ["busy", "busy"],
  ] as const) {
    await show({ camera });
    expect(said.at(-1)?.[1], camera).toBe(told);
  }
});

test("r129: a kiosk without its engine says so, and one whose lane is closed says nothing", async () => {
  await show({ space: undefined });
  expect(said.at(-1)).toEqual(["pier", "waiting", null]);
  said = [];
  await show({ deployment: undefined });
  expect(said).toEqual([]);
});
