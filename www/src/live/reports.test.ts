import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Sent } from "../vision/protocol";

vi.stubGlobal("location", { origin: "https://vedette.test" });

let stored: Map<string, string>;
let status: number;
let leave: () => void;
/** Path, faces, and whether it is sent even if the page goes. */
let told: [string, number, boolean][];

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  stored = new Map();
  told = [];
  status = 204;
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => void stored.set(name, text),
    removeItem: (name: string) => void stored.delete(name),
  });
  vi.stubGlobal("addEventListener", (name: string, listen: () => void) => name === "pagehide" && (leave = listen));
  vi.stubGlobal("fetch", async (request: Request) => {
    if (status === 0) throw new TypeError("no server");
    const { faces_seen } = (await request.json()) as { faces_seen: number };
    told.push([new URL(request.url).pathname, faces_seen, request.keepalive]);
    return status === 204 ? new Response(null, { status }) : Response.json({ type: "/problems/one" }, { status });
  });
});

afterEach(() => vi.useRealTimers());

const page = async () => {
  vi.resetModules();
  const { reports } = await import("./reports");
  return reports();
};
const PIER = "/v1/deployments/pier/tallies";

test.each([0, 401, 403, 429, 500])("r123: counts wait while the server answers %i, also for the page that is loaded next", async (refusal) => {
  status = refusal;
  (await page()).faces("pier", 3, 0);
  await vi.advanceTimersByTimeAsync(5_200);
  status = 204;
  told = [];
  const next = await page();
  await next.deliver();
  expect(told).toEqual([[PIER, 3, false]]);
  expect(stored.size).toBe(0);
});

test.each([404, 409, 422])("what the server will never take isn't kept: %i", async (refusal) => {
  status = refusal;
  (await page()).faces("pier", 3, 0);
  await vi.advanceTimersByTimeAsync(5_200);
  expect([told.length, stored.size]).toEqual([1, 0]);
});

test("r123: what this session may not tell of doesn't hold up what it may", async () => {
  const reports = await page();
  const plain = fetch;
  vi.stubGlobal("fetch", (request: Request) => {
    status = request.url.includes("/gate/") ? 403 : 204;
    return plain(request);
  });
  reports.faces("gate", 1, 0);
  reports.faces("pier", 3, 0);
  await vi.advanceTimersByTimeAsync(5_200);
  expect(told).toContainEqual([PIER, 3, false]);
});

test("r123: what was not told yet is sent as the page goes", async () => {
  (await page()).faces("pier", 3, 0);
  leave();
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toEqual([[PIER, 3, true]]);
});

test("whoever looks for that deployment hears how the server answers", async () => {
  const heard: [string, Sent][] = [];
  const reports = await page();
  const end = reports.listen((deployment, outcome) => heard.push([deployment, outcome]));
  status = 403;
  reports.faces("pier", 1, 0);
  await reports.deliver();
  end();
  await reports.deliver();
  expect(heard).toEqual([["pier", { kind: "refused", status: 403, slug: "one" }]]);
});
