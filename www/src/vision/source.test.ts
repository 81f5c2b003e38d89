import { afterEach, expect, test, vi } from "vitest";
import { hashOf } from "../lib/hash";
import { workerSource } from "./source";

vi.mock("./worker.ts?worker&url", () => ({ default: "/assets/worker-1.js" }));

const BUILT = "postMessage(1)";
const ORIGIN = "https://tablet.example";
const unchecked = async () => false;
const hash = () => hashOf(new TextEncoder().encode(BUILT));

afterEach(() => vi.unstubAllGlobals());

function serving(answer: (cache: RequestCache | undefined) => Response | Promise<Response>): () => Blob[] {
  const made: Blob[] = [];
  vi.stubGlobal("fetch", async (_: string, how?: RequestInit) => answer(how?.cache));
  vi.stubGlobal("URL", Object.assign(class extends URL {}, { createObjectURL: (blob: Blob) => `blob:${made.push(blob)}` }));
  return () => made;
}

test("R107: without a service worker a worker runs the bytes that were compared, and nothing that was changed", async () => {
  const made = serving(() => new Response(BUILT));
  expect(await workerSource(unchecked, await hash(), ORIGIN)).toBe("blob:1");
  expect(await made()[0]?.text()).toMatch(new RegExp(`${ORIGIN}.*\\n${BUILT.replaceAll(/[()]/g, "\\$&")}$`, "s"));
  serving(() => new Response(`${BUILT}!`));
  await expect(workerSource(unchecked, await hash(), ORIGIN)).rejects.toMatchObject({ reason: "corrupt" });
});

test("R107: where a service worker stands between that knows the file, it checks", async () => {
  serving(() => new Response("anything"));
  const sha256 = await hash();
  const knows = async (path: string, known: string) => path === "/assets/worker-1.js" && known === sha256;
  expect(await workerSource(knows, sha256, ORIGIN)).toBe("/assets/worker-1.js");
});

test("R107: what the browser's cache holds of a file that was changed before is asked for anew", async () => {
  const made = serving((cache) => new Response(cache === "reload" ? BUILT : `${BUILT}!`));
  expect(await workerSource(unchecked, await hash(), ORIGIN)).toBe("blob:1");
  expect(await made()[0]?.text()).not.toContain(`${BUILT}!`);
});

test("a file that doesn't come is told apart from one that was changed", async () => {
  serving(() => Promise.reject(new TypeError("no server")));
  await expect(workerSource(unchecked, await hash(), ORIGIN)).rejects.toMatchObject({ reason: "unreachable" });
  serving(() => new Response("gone", { status: 404 }));
  await expect(workerSource(unchecked, await hash(), ORIGIN)).rejects.toMatchObject({ reason: "missing" });
});
