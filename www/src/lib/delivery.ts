import { uuid7 } from "./uuid";

/**
 * Numbers what is sent, so that the server takes it once though its answer was lost: the same again has the same number, and
 * anything else has another.
 */
export class Numbered {
  #last: { what: string; id: string } | undefined;

  of(what: unknown): string {
    const text = JSON.stringify(what);
    if (this.#last?.what !== text) this.#last = { what: text, id: uuid7() };
    return this.#last.id;
  }
}
