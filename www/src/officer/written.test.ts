import { beforeEach, expect, test, vi } from "vitest";
import type { Problem } from "../api/problem";
import type { fakeShelf } from "./fake-shelf";
import type { Kept } from "./outbox";

type Sent = { body: { delivery: { id: string; age_ms?: number } } };

const here = vi.hoisted(() => ({ places: new Map<string, unknown>(), sent: [] as Sent["body"]["delivery"][], refused: {} as Record<string, Problem> }));
vi.mock("./shelf", async () => {
  const fake = await import("./fake-shelf");
  return {
    shelf: (name: string) => {
      if (!here.places.has(name)) here.places.set(name, fake.fakeShelf());
      return (here.places.get(name) as ReturnType<typeof fakeShelf>).shelf;
    },
  };
});
vi.mock("../api/client", () => ({
  api: { PUT: (_: string, sent: Sent) => sent },
  ask: async ({ body: { delivery } }: Sent) => {
    here.sent.push(delivery);
    const problem = here.refused[delivery.id];
    return problem === undefined ? { ok: true, value: {} } : { ok: false, problem };
  },
}));

const { deliverWritten, forgetWritten, outboxSafe } = await import("./written");

const kept = (id: string, at: number): Kept => ({ id, alert: `alert-${id}`, at, writing: { kind: "engagement", version: 3, body: { outcome: { kind: "lost" }, note: null } } });
const refusal = (slug: string, status: number): Problem => ({ kind: "problem", slug, status, title: "", detail: "" });
const WRITTEN = ["taken", "overtaken", "refused", "away", "failing", "nobody"];

beforeEach(async () => {
  here.places.clear();
  here.sent.length = 0;
  here.refused = {};
  const now = Date.now();
  for (const [at, id] of WRITTEN.entries()) await outboxSafe().keep("petra", now, kept(id, now - 100 + at));
});

test("R128: who signs out is told of everything that is not known to be taken, in the order in which it was written, and what can still be sent", async () => {
  here.refused = { overtaken: refusal("already-engaged", 409), refused: refusal("not-found", 404), away: { kind: "unreachable" }, failing: refusal("internal", 500), nobody: refusal("signed-out", 401) };
  const untaken = await deliverWritten("petra");
  expect(untaken.map(({ id, fate }) => [id, fate])).toEqual([["overtaken", "overtaken"], ["refused", "refused"], ["away", "unsent"], ["failing", "unsent"], ["nobody", "unsent"]]);
  for (const { text } of untaken) expect(text).not.toBe("");
  expect(here.sent.map(({ id }) => id)).toEqual(WRITTEN);
  for (const { age_ms } of here.sent) expect(age_ms).toBeGreaterThan(0);
});

test("R128: of what was taken nothing is told, and all stays until the sign-out destroys it", async () => {
  expect(await deliverWritten("petra")).toEqual([]);
  expect(await outboxSafe().open("petra")).toHaveLength(WRITTEN.length);
  await forgetWritten();
  expect(await outboxSafe().open("petra")).toEqual([]);
});

test("R75: what somebody else wrote is neither sent nor told", async () => {
  here.refused = { taken: refusal("not-found", 404) };
  expect(await deliverWritten("otto")).toEqual([]);
  expect(here.sent).toEqual([]);
});
