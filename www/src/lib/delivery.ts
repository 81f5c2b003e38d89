/**
 * Numbers what is sent, so that the server takes it once though its answer was lost: the same again has the same number, and
 * anything else has another.
 */
export class Numbered {
  #last: { what: string; id: string } | undefined;

  of(what: unknown): string {
    const text = JSON.stringify(what);
    if (this.#last?.what !== text) this.#last = { what: text, id: randomId() };
    return this.#last.id;
  }
}

/** A UUID of version 4 (RFC 9562). `crypto.randomUUID` is missing on pages that came unencrypted, where alerts are answered too. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, place) => (place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, "0"));
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)].map((part) => part.join("")).join("-");
}
