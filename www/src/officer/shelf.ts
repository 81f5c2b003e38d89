/** The browser's database as a place for what is sealed. */
import type { Key, Sealed, Shelf } from "./safe";

const KEYS = "keys";
const SEALED = "sealed";
const THE_KEY = "key";
const FAILED = "the browser's database failed";

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(FAILED));
  });
}

/** A request may succeed and its transaction still fail: nothing is kept before that is complete. */
function complete(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(transaction.error ?? new Error(FAILED));
    transaction.oncomplete = () => resolve();
    transaction.onabort = failed;
    transaction.onerror = failed;
  });
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS);
    request.result.createObjectStore(SEALED, { keyPath: "id" });
  };
  return done(request);
}

async function within<T>(name: string, store: string, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened(name);
  try {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    const [result] = await Promise.all([done(request), mode === "readwrite" ? complete(transaction) : undefined]);
    return result;
  } finally {
    database.close();
  }
}

export const shelf = (name: string): Shelf => ({
  key: () => within<Key | undefined>(name, KEYS, "readonly", (store) => store.get(THE_KEY)),
  setKey: async (key) => void (await within(name, KEYS, "readwrite", (store) => store.put(key, THE_KEY))),
  all: () => within<Sealed[]>(name, SEALED, "readonly", (store) => store.getAll()),
  put: async (sealed) => void (await within(name, SEALED, "readwrite", (store) => store.put(sealed))),
  remove: (id) => within(name, SEALED, "readwrite", (store) => store.delete(id)),
  clear: async () => void (await done(indexedDB.deleteDatabase(name))),
});
