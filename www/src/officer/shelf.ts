/** The browser's database as a place for what waits to be sent. */
import type { Key, Sealed, Shelf } from "./outbox";

const NAME = "vedette-outbox";
const KEYS = "keys";
const SEALED = "sealed";
const THE_KEY = "key";

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database failed"));
  });
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS);
    request.result.createObjectStore(SEALED, { keyPath: "id" });
  };
  return done(request);
}

async function within<T>(store: string, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await done(work(database.transaction(store, mode, { durability: "strict" }).objectStore(store)));
  } finally {
    database.close();
  }
}

export const shelf: Shelf = {
  key: () => within<Key | undefined>(KEYS, "readonly", (store) => store.get(THE_KEY)),
  setKey: async (key) => void (await within(KEYS, "readwrite", (store) => store.put(key, THE_KEY))),
  all: () => within<Sealed[]>(SEALED, "readonly", (store) => store.getAll()),
  put: async (sealed) => void (await within(SEALED, "readwrite", (store) => store.put(sealed))),
  remove: (id) => within(SEALED, "readwrite", (store) => store.delete(id)),
  clear: async () => void (await done(indexedDB.deleteDatabase(NAME))),
};
