import type { Key, Sealed, Shelf } from "./safe";

/** A browser's database for tests, and what lies in it. */
export function fakeShelf() {
  const lies = { key: undefined as Key | undefined, sealed: new Map<string, Sealed>() };
  const shelf: Shelf = {
    key: async () => lies.key,
    setKey: async (key) => void (lies.key = key),
    all: async () => [...lies.sealed.values()],
    put: async (sealed) => void lies.sealed.set(sealed.id, sealed),
    remove: async (id) => void lies.sealed.delete(id),
    clear: async () => {
      lies.key = undefined;
      lies.sealed.clear();
    },
  };
  return { lies, shelf };
}
