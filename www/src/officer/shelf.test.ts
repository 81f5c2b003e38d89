import { afterEach, expect, test, vi } from "vitest";
import { shelf } from "./shelf";

type Ends = "oncomplete" | "onabort" | "onerror";

/** A database of which each request succeeds, and whose transaction ends when it is told to. */
function database() {
  const transaction = { error: null, objectStore: () => ({ put: soon, delete: soon, getAll: soon }) } as unknown as IDBTransaction;
  function soon() {
    const request = { result: [] } as unknown as IDBRequest;
    queueMicrotask(() => request.onsuccess?.(new Event("success")));
    return request;
  }
  const opened = { transaction: () => transaction, close: () => undefined };
  const open = () => {
    const request = { result: opened } as unknown as IDBOpenDBRequest;
    queueMicrotask(() => request.onsuccess?.(new Event("success")));
    return request;
  };
  vi.stubGlobal("indexedDB", { open });
  return { end: (how: Ends) => transaction[how]?.call(transaction, new Event(how)), waited: () => vi.waitFor(() => expect(transaction.oncomplete).toBeTypeOf("function")) };
}

afterEach(() => vi.unstubAllGlobals());

const place = shelf("test");
const SEALED = { id: "a", iv: new Uint8Array(12), bytes: new ArrayBuffer(1) };
const turns = () => new Promise((resolve) => setTimeout(resolve, 0));

test("R128: nothing is said to be kept before its transaction is complete", async () => {
  const { end, waited } = database();
  let kept = false;
  const put = place.put(SEALED).then(() => (kept = true));
  await waited();
  await turns();
  expect(kept).toBe(false);
  end("oncomplete");
  await put;
  expect(kept).toBe(true);
});

test.each(["onabort", "onerror"] as const)("R128: what succeeded in a transaction that failed (%s) was not kept", async (how) => {
  const { end, waited } = database();
  const put = expect(place.put(SEALED)).rejects.toThrow();
  await waited();
  end(how);
  await put;
});

test("R128: to read waits for no transaction", async () => {
  database();
  expect(await place.all()).toEqual([]);
});
