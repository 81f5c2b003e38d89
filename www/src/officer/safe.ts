/**
 * What a page keeps of one person's writing beyond a reload, sealed under a key that no script can read. The key goes when somebody
 * signs out, and when the lease is over; what was sealed goes with it. Nothing biometric is kept at all.
 */
import { holds } from "./lease";

export type Key = { key: CryptoKey; user: string; renewedAt: number };
export type Sealed = { id: string; iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };

/** Where it lies: the browser's own database, in tests a map. */
export type Shelf = {
  key(): Promise<Key | undefined>;
  setKey(key: Key): Promise<void>;
  all(): Promise<Sealed[]>;
  put(sealed: Sealed): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
};

const ALGORITHM = "AES-GCM";
const IV_BYTES = 12;

/** What lies in a safe, as far as it is known without opening it. `too_old`: for whoever wrote it, so that nobody opens it any more. */
export type Counted = { kind: "fresh" | "too_old"; count: number };

/** `at`: when one was written, in milliseconds of this device's clock. */
export class Safe<One extends { id: string; at: number }> {
  readonly #shelf: Shelf;
  readonly #now: () => number;

  constructor(shelf: Shelf, now: () => number) {
    this.#shelf = shelf;
    this.#now = now;
  }

  /** What this person wrote, oldest first. What somebody else wrote, or too long ago, is destroyed. */
  async open(user: string): Promise<One[]> {
    const key = await this.#shelf.key();
    if (key === undefined || key.user !== user || !holds(key.renewedAt, this.#now())) {
      await this.forget();
      return [];
    }
    const kept: One[] = [];
    for (const { id, iv, bytes } of await this.#shelf.all()) {
      try {
        const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv, additionalData: bound(id) }, key.key, bytes);
        kept.push(JSON.parse(new TextDecoder().decode(plain)) as One);
      } catch {
        // Changed in the browser's files, or sealed under another key: nobody can say what it was.
        await this.#shelf.remove(id);
      }
    }
    return kept.sort((a, b) => a.at - b.at);
  }

  /** How many lie here, for a page that doesn't know yet who looks: nothing is opened. */
  async count(): Promise<Counted> {
    const key = await this.#shelf.key();
    // Delivered, or signed out, perhaps by another page: nothing is left to be too old.
    if (key === undefined) return { kind: "fresh", count: 0 };
    return { kind: holds(key.renewedAt, this.#now()) ? "fresh" : "too_old", count: (await this.#shelf.all()).length };
  }

  /** In the place of one that has the same id. `renewedAt`: when the server was heard of last. */
  async keep(user: string, renewedAt: number, one: One): Promise<void> {
    let key = await this.#shelf.key();
    if (key?.user !== user) {
      await this.forget();
      key = { key: await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]), user, renewedAt };
    }
    await this.#shelf.setKey({ ...key, renewedAt });
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = new TextEncoder().encode(JSON.stringify(one));
    const bytes = await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData: bound(one.id) }, key.key, plain);
    plain.fill(0);
    await this.#shelf.put({ id: one.id, iv, bytes });
  }

  /** The server was heard of since. */
  async renew(renewedAt: number): Promise<void> {
    const key = await this.#shelf.key();
    if (key !== undefined) await this.#shelf.setKey({ ...key, renewedAt });
  }

  async remove(id: string): Promise<void> {
    await this.#shelf.remove(id);
  }

  async forget(): Promise<void> {
    await this.#shelf.clear();
  }
}

function bound(id: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(id);
}
