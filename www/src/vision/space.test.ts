import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Sent } from "./protocol";
import { AGAIN_MS, HELD_MS, Space } from "./space";

/** Seeds that the server gives, by address; what is not here it refuses. */
let given: Map<string, Uint8Array>;
let asked: string[];
/** What the server sent, to see what became of it. */
let sent: ArrayBuffer[];
let told: Sent[];

class Engine {
  held: number | undefined;
  set_transform(seed: Uint8Array) {
    this.held = seed[0];
  }
  forget_transform() {
    this.held = undefined;
  }
}

const probes = { deployment: "a", of: "probes" } as const;
const address = (deployment: string, of = "probes") => `/v1/deployments/${deployment}/transform/${of}`;
const space = () => new Space((outcome) => told.push(outcome));
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  given = new Map([
    [address("a"), new Uint8Array(32).fill(1)],
    [address("b"), new Uint8Array(32).fill(2)],
    [address("a", "references"), new Uint8Array(32).fill(1)],
    [address("old"), new Uint8Array(0)],
  ]);
  [asked, sent, told] = [[], [], []];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    expect(init.cache).toBe("no-store");
    asked.push(url);
    const seed = given.get(url);
    if (seed === undefined) return { ok: false, status: 403, json: async () => ({ type: "/problems/not-allowed" }) };
    const body = seed.slice().buffer;
    sent.push(body);
    return { ok: true, status: seed.length > 0 ? 200 : 204, arrayBuffer: async () => body };
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("nothing fits until the seed is in the engine, and the page's own copy of it is overwritten", async () => {
  const [engine, mine] = [new Engine(), space()];
  mine.want(probes);
  expect(mine.inside).toBe(false);
  await settled();
  expect(asked).toEqual([]);
  mine.employ(engine);
  expect(mine.inside).toBe(false);
  await settled();
  expect(mine.inside).toBe(true);
  expect(engine.held).toBe(1);
  expect(sent.map((body) => [...new Uint8Array(body)].every((byte) => byte === 0))).toEqual([true]);
});

test("the seed goes when nobody wants templates any more, and another deployment's comes in its place", async () => {
  const [engine, mine] = [new Engine(), space()];
  mine.employ(engine);
  mine.want(probes);
  await settled();
  mine.want({ ...probes });
  await settled();
  expect(asked.length).toBe(1);
  mine.want({ deployment: "b", of: "probes" });
  expect(engine.held).toBeUndefined();
  expect(mine.inside).toBe(false);
  await settled();
  expect(engine.held).toBe(2);
  mine.want(undefined);
  expect(engine.held).toBeUndefined();
});

test("a late answer about another deployment is not taken", async () => {
  const [engine, mine] = [new Engine(), space()];
  mine.employ(engine);
  mine.want({ deployment: "b", of: "probes" });
  mine.want(undefined);
  await settled();
  expect(engine.held).toBeUndefined();
  expect([...new Uint8Array(sent[0] as ArrayBuffer)].every((byte) => byte === 0)).toBe(true);
});

test("whoever is signed out, unpaired or at the end of the deployment lets go, and asks again whether they may", async () => {
  for (const refused of [
    { status: 401, slug: "signed-out" },
    { status: 403, slug: "device-revoked" },
    { status: 409, slug: "deployment-not-live" },
  ]) {
    const [engine, mine] = [new Engine(), space()];
    mine.employ(engine);
    mine.want(probes);
    await settled();
    mine.heard({ kind: "refused", status: 422, slug: "candidate-too-old" });
    expect(engine.held).toBe(1);
    mine.heard({ kind: "refused", ...refused });
    expect(engine.held, refused.slug).toBeUndefined();
    given.delete(address("a"));
    await vi.advanceTimersByTimeAsync(3 * AGAIN_MS);
    expect(mine.inside).toBe(false);
    expect(told.at(-1)).toEqual({ kind: "refused", status: 403, slug: "not-allowed" });
    given.set(address("a"), new Uint8Array(32).fill(1));
    await vi.advanceTimersByTimeAsync(AGAIN_MS);
    expect(engine.held).toBe(1);
    mine.want(undefined);
  }
});

test("a device that the server hasn't answered for a quarter of an hour lets go", async () => {
  const [engine, mine] = [new Engine(), space()];
  mine.employ(engine);
  mine.want(probes);
  await settled();
  await vi.advanceTimersByTimeAsync(HELD_MS - 1);
  mine.heard({ kind: "answered", matched: false });
  await vi.advanceTimersByTimeAsync(HELD_MS - 1);
  mine.heard({ kind: "unreachable" });
  expect(engine.held).toBe(1);
  given.clear();
  await vi.advanceTimersByTimeAsync(1);
  expect(engine.held).toBeUndefined();
});

test("photos wait for the seed, but not for ever", async () => {
  const [engine, mine] = [new Engine(), space()];
  mine.employ(engine);
  expect(await mine.entered(1_000)).toBe(true);
  mine.want({ deployment: "c", of: "references" });
  const refused = mine.entered(5_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await refused).toBe(false);
  mine.want({ deployment: "a", of: "references" });
  const came = mine.entered(5_000);
  await settled();
  expect(await came).toBe(true);
});

test("a deployment from before transforms has no seed, and its templates are as they are made", async () => {
  const [engine, mine] = [new Engine(), space()];
  mine.employ(engine);
  mine.want({ deployment: "old", of: "probes" });
  await settled();
  expect(mine.inside).toBe(true);
  expect(engine.held).toBeUndefined();
});
