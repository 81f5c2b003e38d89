import { afterEach, beforeEach, expect, test, vi } from "vitest";

vi.stubGlobal("location", { origin: "https://vedette.test" });
const { whoIsHere } = await import("./session");

let status: number;
let deleted: string[];

beforeEach(() => {
  deleted = [];
  const deleteDatabase = (name: string) => {
    deleted.push(name);
    const request = {} as IDBOpenDBRequest;
    queueMicrotask(() => request.onsuccess?.(new Event("success")));
    return request;
  };
  vi.stubGlobal("indexedDB", { deleteDatabase });
  vi.stubGlobal("fetch", async () => new Response("{}", { status, headers: { "content-type": "application/json" } }));
});
afterEach(() => void vi.unstubAllGlobals());

test("R75: where nobody is signed in, a page deletes what an officer wrote on this device, with its keys", async () => {
  status = 401;
  expect(await whoIsHere()).toMatchObject({ ok: false });
  expect(deleted.sort()).toEqual(["vedette-drafts", "vedette-outbox"]);
});

test.each([200, 403, 429, 503])("R128: an answer that doesn't say so (%i) costs nobody what they wrote", async (answered) => {
  status = answered;
  await whoIsHere();
  expect(deleted).toEqual([]);
});
