import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isChecked, type Asked } from "./shell";

const FILE = "/assets/worker-2.js";
const HASH = "b".repeat(64);

type Listen = () => void;

/** A service worker of a build with these files; without any, of one that answers nothing. `comes`: whether the browser lets it in. */
function keeper(files: string[] | undefined, alone = true, comes = true) {
  const listeners: Listen[] = [];
  return {
    state: "installing",
    heard: [] as Asked[],
    addEventListener: (_: string, listen: Listen) => listeners.push(listen),
    becomes(state: string) {
      this.state = state;
      for (const listen of listeners.splice(0)) listen();
    },
    postMessage(asked: Asked, [port]: [MessagePort]) {
      this.heard.push(asked);
      if (files !== undefined) port.postMessage(asked.kind === "checks" ? files.includes(asked.path) && asked.sha256 === HASH : alone);
      if (asked.kind === "alone" && alone && comes && files !== undefined) container.takes(this);
    },
  };
}
type Keeper = ReturnType<typeof keeper>;

const container = {
  controller: null as Keeper | null,
  waiting: null as Keeper | null,
  installing: null as Keeper | null,
  found: null as Keeper | null,
  changed: [] as Listen[],
  addEventListener: (_: string, listen: Listen) => container.changed.push(listen),
  getRegistration: async () => container,
  update: async () => void (container.installing = container.found),
  takes(next: Keeper) {
    this.controller = next;
    for (const listen of this.changed.splice(0)) listen();
  },
};

beforeEach(() => {
  Object.assign(container, { controller: null, waiting: null, installing: null, found: null, changed: [] });
  vi.stubGlobal("navigator", { serviceWorker: container });
});
afterEach(() => vi.useRealTimers());

test("R107: a file is checked where the service worker in place knows it, and not where there is none", async () => {
  expect(await isChecked(FILE, HASH)).toBe(false);
  container.controller = keeper([FILE]);
  expect(await isChecked(FILE, HASH)).toBe(true);
  vi.stubGlobal("navigator", {});
  expect(await isChecked(FILE, HASH)).toBe(false);
});

test("R107: at the first start after an update the service worker of the page's own build comes first", async () => {
  container.controller = keeper(["/assets/worker-1.js"]);
  const next = keeper([FILE]);
  container.found = next;
  const checked = isChecked(FILE, HASH);
  await vi.waitFor(() => expect(container.installing).toBe(next));
  expect(next.heard).toEqual([]);
  next.becomes("installed");
  expect(await checked).toBe(true);
});

test("R107: where another page is open, or no other build comes, the page hears that nothing checks its file", async () => {
  for (const next of [keeper([FILE], false), null]) {
    container.controller = keeper(["/assets/worker-1.js"]);
    container.waiting = next;
    next?.becomes("installed");
    expect(await isChecked(FILE, HASH)).toBe(false);
  }
});

test("R107: a service worker that answers nothing, or never comes, is not waited for for ever", async () => {
  vi.useFakeTimers();
  container.controller = keeper(undefined);
  container.found = keeper([FILE]);
  const checked = isChecked(FILE, HASH);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await checked).toBe(false);
});

test("R107: a page whose service worker agreed to come, and is kept waiting by the browser, goes on without it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  container.controller = keeper(["/assets/worker-1.js"]);
  container.waiting = keeper([FILE], true, false);
  container.waiting.becomes("installed");
  let checked: boolean | undefined;
  void isChecked(FILE, HASH).then((is) => (checked = is));
  let waited = 0;
  for (; checked === undefined && waited < 20_000; waited += 100) {
    // Ports answer in real time.
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(checked).toBe(false);
  expect(waited).toBeLessThan(5_000);
});
