/**
 * What an officer wrote down without a server, until there is one: what came of a match that two people had decided before, and
 * checks of identity. No answer to an alert is kept: it takes a second person, her two seconds and the alert's own time, and only
 * the server knows these. Nothing biometric is kept at all.
 *
 * Sealed under a key that no script can read. The key goes when somebody signs out, when the lease is over, and with the
 * deployment; what was sealed goes with it.
 */
import type { CheckKind, LawfulBasis } from "../api/types";
import { holds } from "./lease";
import type { recorded } from "./engagement";

export type Writing =
  | { kind: "engagement"; version: number; body: NonNullable<ReturnType<typeof recorded>> }
  | { kind: "check"; body: { kind: CheckKind; lawful_basis: LawfulBasis; at: string } };

/** `id` is made here, so that the server takes it once; `at` is when it was written, in milliseconds of this device's clock. */
export type Kept = { id: string; alert: string; at: number; writing: Writing };

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

export class Outbox {
  readonly #shelf: Shelf;
  readonly #now: () => number;

  constructor(shelf: Shelf, now: () => number) {
    this.#shelf = shelf;
    this.#now = now;
  }

  /** What this person wrote, oldest first. What somebody else wrote, or too long ago, is destroyed. */
  async open(user: string): Promise<Kept[]> {
    const key = await this.#shelf.key();
    if (key === undefined || key.user !== user || !holds(key.renewedAt, this.#now())) {
      await this.forget();
      return [];
    }
    const kept: Kept[] = [];
    for (const { id, iv, bytes } of await this.#shelf.all()) {
      try {
        const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv, additionalData: bound(id) }, key.key, bytes);
        kept.push(JSON.parse(new TextDecoder().decode(plain)) as Kept);
      } catch {
        // Changed in the browser's files, or sealed under another key: nobody can say what it was.
        await this.#shelf.remove(id);
      }
    }
    return kept.sort((a, b) => a.at - b.at);
  }

  /** `renewedAt`: when the server was heard of last. */
  async keep(user: string, renewedAt: number, kept: Kept): Promise<void> {
    let key = await this.#shelf.key();
    if (key?.user !== user) {
      await this.forget();
      key = { key: await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]), user, renewedAt };
    }
    await this.#shelf.setKey({ ...key, renewedAt });
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = new TextEncoder().encode(JSON.stringify(kept));
    const bytes = await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData: bound(kept.id) }, key.key, plain);
    plain.fill(0);
    await this.#shelf.put({ id: kept.id, iv, bytes });
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
