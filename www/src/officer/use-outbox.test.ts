import { h, render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Alert } from "../api/types";
import type { Counted } from "./safe";
import { initial, type State } from "./state";

vi.stubGlobal("location", { origin: "https://vedette.test" });
/** What lies on the device, under a key that only its writer's page may use. */
const lies = { kind: "fresh" as Counted["kind"], count: 0, takes: 0, opened: 0, forgotten: 0, kept: 0 };
vi.mock("./written", () => ({
  outboxSafe: () => ({
    count: async (): Promise<Counted> => {
      const { kind, count, takes } = lies;
      await new Promise((done) => setTimeout(done, takes));
      return { kind, count };
    },
    open: async () => {
      lies.opened += 1;
      return [];
    },
    keep: async () => {
      lies.kept += 1;
    },
    forget: async () => {
      lies.forgotten += 1;
      Object.assign(lies, { kind: "fresh", count: 0 });
    },
  }),
}));
/** A server that was asked and never answers. */
let silent: (() => void) | undefined;
vi.stubGlobal("fetch", () => new Promise((_, reject) => (silent = () => reject(new Error("no reply")))));
const { useOutbox } = await import("./use-outbox");

const SIGNED_IN = { user: { id: "petra" }, device: { id: "tablet" }, duties: ["capture"] };
const offline = { ...initial, server: "lost" } as State;
const back = { ...initial, server: "reachable", session: { kind: "signed_in", session: SIGNED_IN } } as unknown as State;

let shown: ReturnType<typeof useOutbox>;
const place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
function Waits({ state }: { state: State }) {
  shown = useOutbox(state, () => undefined);
  return null;
}
const page = async (state: State, ms = 200) => {
  render(h(Waits, { state }), place);
  await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(lies, { kind: "fresh", count: 2, takes: 0, opened: 0, forgotten: 0, kept: 0 });
});
afterEach(() => {
  render(null, place);
  vi.useRealTimers();
});

test("R128: a page that was loaded anew without a server says how many records wait, and opens none", async () => {
  await page(initial);
  expect(shown.unopened).toBe(0);
  await page(offline);
  expect([shown.unopened, lies.opened]).toEqual([2, 0]);
  await page(back);
  expect([shown.unopened, lies.opened]).toEqual([0, 1]);
});

test("R106, R128: what became too old to be sent on such a page is destroyed, and the page says so once", async () => {
  await page(offline);
  lies.kind = "too_old";
  await page(offline, 11_000);
  expect([shown.unopened, shown.lost, lies.forgotten]).toEqual([0, 2, 1]);
});

test("R128: what another page delivered, or signed out of, is not told as lost, and what it keeps since is not destroyed", async () => {
  await page(offline);
  lies.count = 0;
  await page(offline, 6_000);
  expect([shown.unopened, shown.lost, lies.forgotten]).toEqual([0, 0, 0]);
  lies.count = 1;
  await page(offline, 6_000);
  expect(shown.unopened).toBe(1);
});

test("R128: a count that was under way when the server came back says and destroys nothing any more", async () => {
  for (const kind of ["fresh", "too_old"] as const) {
    Object.assign(lies, { kind: "fresh", count: 2, takes: 0 });
    await page(offline);
    Object.assign(lies, { kind, takes: 1_000 });
    await page(offline, 5_500);
    await page(back, 2_000);
    expect([shown.unopened, shown.lost, lies.forgotten], kind).toEqual([0, 0, 0]);
  }
});

test("R75, R128: what was on its way when its writer signed out is not kept, and what was not is", async () => {
  const write = () => shown.write({ id: "alert" } as Alert, { kind: "check", body: { kind: "document", lawful_basis: "consent", at: "2026-11-23T10:00:00Z" } }, "one");
  for (const [leaves, becomes, kept] of [[false, "kept", 1], [true, "refused", 0]] as const) {
    lies.kept = 0;
    await page(back);
    const written = write();
    await vi.advanceTimersByTimeAsync(10);
    if (leaves) await page({ ...back, session: { kind: "signed_out" } });
    silent?.();
    expect([(await written).kind, lies.kept], becomes).toEqual([becomes, kept]);
  }
});
