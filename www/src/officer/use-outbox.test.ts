import { h, render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { initial, type State } from "./state";

vi.stubGlobal("location", { origin: "https://vedette.test" });
/** What lies on the device, under a key that only its writer's page may use. */
const lies = { count: 0, opened: 0, forgotten: 0 };
vi.mock("./written", () => ({
  outboxSafe: () => ({
    count: async () => lies.count,
    open: async () => {
      lies.opened += 1;
      return [];
    },
    forget: async () => void (lies.forgotten += 1),
  }),
}));
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
  Object.assign(lies, { count: 2, opened: 0, forgotten: 0 });
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

test("R106, R128: what became too old to be sent on such a page is destroyed, and the page says so", async () => {
  await page(offline);
  lies.count = 0;
  await page(offline, 6_000);
  expect([shown.unopened, shown.lost, lies.forgotten]).toEqual([0, 2, 1]);
});
