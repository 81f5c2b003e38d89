import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hashOf } from "../lib/hash";

const ORIGIN = "https://vedette.test";
const PAGE = "the page that was built";

type Listen = (event: unknown) => void;

/** A browser around the service worker, with one build kept and another waiting. `open`: which pages are, each time that is asked; the last stays. */
async function worker(...open: string[][]) {
  const hash = await hashOf(new TextEncoder().encode(PAGE).buffer);
  const shelf = new Map([[`${ORIGIN}/kiosk.html`, PAGE]]);
  const listeners = new Map<string, Listen>();
  const waiting = { postMessage: vi.fn() };
  const store = { delete: vi.fn(async (url: URL) => shelf.delete(url.href)), put: vi.fn() };
  const match = async (url: URL) => (shelf.has(url.href) ? new Response(shelf.get(url.href)) : undefined);
  vi.stubGlobal("location", new URL(`${ORIGIN}/sw.js`));
  vi.stubGlobal("caches", { match, open: async () => store });
  vi.stubGlobal("registration", { waiting });
  const now = () => (open.length > 1 ? open.shift() : open[0]) ?? ["page"];
  vi.stubGlobal("clients", { matchAll: async () => now().map((id) => ({ id })) });
  const skipWaiting = vi.fn(async () => undefined);
  vi.stubGlobal("skipWaiting", skipWaiting);
  vi.stubGlobal("addEventListener", (name: string, listen: Listen) => listeners.set(name, listen));
  const parse = JSON.parse;
  vi.spyOn(JSON, "parse").mockImplementation((text: string, ...rest) => (text === "__FILES__" ? { "/kiosk.html": hash, "/assets/part-1.js": hash } : parse(text, ...rest)));
  await import("./sw");
  const ask = async (path: string, resultingClientId = "page"): Promise<Response> => {
    let answer: Promise<Response> | undefined;
    const after: Promise<unknown>[] = [];
    listeners.get("fetch")?.({
      request: new Request(`${ORIGIN}${path}`),
      resultingClientId,
      respondWith: (given: Promise<Response>) => (answer = given),
      waitUntil: (work: Promise<unknown>) => after.push(work),
    });
    if (answer === undefined) throw new Error("the service worker left it to the server");
    const given = await answer;
    await Promise.all(after);
    return given;
  };
  /** What a page that asks something hears. */
  const hears = async (data: unknown): Promise<unknown> => {
    const postMessage = vi.fn();
    let work: Promise<unknown> | undefined;
    listeners.get("message")?.({ data, ports: [{ postMessage }], waitUntil: (given: Promise<unknown>) => (work = given) });
    await work;
    return postMessage.mock.calls[0]?.[0];
  };
  return { ask, hears, hash, shelf, waiting, skipWaiting };
}

beforeEach(() => vi.resetModules());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a page opens without a server, whatever is asked of it", async () => {
  const { ask } = await worker();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no server")));
  expect(await (await ask("/kiosk.html")).text()).toBe(PAGE);
  expect(await (await ask("/kiosk.html?lang=cy")).text()).toBe(PAGE);
});

test("a kept page that was changed is thrown away, whatever is asked of it", async () => {
  const { ask, shelf } = await worker();
  shelf.set(`${ORIGIN}/kiosk.html`, "another page");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no server")));
  await expect(ask("/kiosk.html?lang=cy")).rejects.toThrow("no server");
  expect(shelf.size).toBe(0);
});

test("a build that waits takes over only once the server has given the page, and all that it opens with", async () => {
  // While a page is being opened the browser leaves it out, and counts the one whose place it takes.
  const { ask, waiting, shelf } = await worker(["before"], ["page"]);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no server")));
  await ask("/kiosk.html");
  vi.stubGlobal("fetch", async () => new Response("it fails", { status: 503 }));
  expect(await (await ask("/kiosk.html")).text()).toBe(PAGE);
  expect(waiting.postMessage).not.toHaveBeenCalled();
  vi.stubGlobal("fetch", async () => new Response("the server's own"));
  vi.useFakeTimers();
  const answer = ask("/kiosk.html");
  await vi.advanceTimersByTimeAsync(900);
  shelf.set(`${ORIGIN}/assets/part-1.js`, PAGE);
  void ask("/assets/part-1.js");
  await vi.advanceTimersByTimeAsync(900);
  expect(waiting.postMessage).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(await (await answer).text()).toBe("the server's own");
  vi.useRealTimers();
  expect(waiting.postMessage).toHaveBeenCalledOnce();
});

test.each([
  ["is opened beside a live one", [["live"], ["live", "page"]]],
  ["never comes", [["live"]]],
])("R106: a page that %s changes nothing under it", async (_, open) => {
  const { ask, waiting } = await worker(...open);
  vi.stubGlobal("fetch", async () => new Response("the server's own"));
  vi.useFakeTimers();
  const answer = ask("/kiosk.html");
  await vi.advanceTimersByTimeAsync(20_000);
  await answer;
  vi.useRealTimers();
  expect(waiting.postMessage).not.toHaveBeenCalled();
});

test("R107: a page hears of which of its files this build's service worker knows the hash", async () => {
  const { hears, hash } = await worker();
  expect(await hears({ kind: "checks", path: "/kiosk.html", sha256: hash })).toBe(true);
  expect(await hears({ kind: "checks", path: "/kiosk.html", sha256: "0".repeat(64) })).toBe(false);
  expect(await hears({ kind: "checks", path: "/assets/worker-2.js", sha256: hash })).toBe(false);
  expect(await hears({ kind: "checks", path: "constructor", sha256: hash })).toBe(false);
});

test.each([
  [["page"], true],
  [["page", "another"], false],
])("a page of this build lets it in where that changes nothing under another: %s", async (open, may) => {
  const { hears, skipWaiting } = await worker(open);
  expect(await hears({ kind: "alone" })).toBe(may);
  expect(skipWaiting).toHaveBeenCalledTimes(may ? 1 : 0);
});

test("R107: a file that the browser's cache holds changed is asked for anew, and one that stays changed is given to nobody", async () => {
  const { ask, shelf } = await worker();
  shelf.clear();
  for (const [anew, given] of [
    [PAGE, PAGE],
    ["another page", undefined],
  ] as const) {
    vi.stubGlobal("fetch", async (_: URL, { cache }: RequestInit) => new Response(cache === "reload" ? anew : "another page"));
    const answer = ask("/assets/part-1.js").then((reply) => reply.text(), () => undefined);
    expect(await answer).toBe(given);
  }
});
