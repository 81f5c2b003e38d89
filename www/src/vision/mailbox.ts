/**
 * A mailbox of one: a newer item replaces a waiting one, which is disposed of at once. Frames that come faster than
 * they are worked on are dropped here and never queue.
 */
export class Mailbox<T> {
  #waiting: T | undefined;
  #replaced = 0;
  readonly #dispose: (item: T) => void;

  constructor(dispose: (item: T) => void) {
    this.#dispose = dispose;
  }

  put(item: T): void {
    if (this.#waiting !== undefined) {
      this.#dispose(this.#waiting);
      this.#replaced += 1;
    }
    this.#waiting = item;
  }

  /** The waiting item, which the caller now owns and must dispose of. */
  take(): T | undefined {
    const item = this.#waiting;
    this.#waiting = undefined;
    return item;
  }

  clear(): void {
    const item = this.take();
    if (item !== undefined) this.#dispose(item);
  }

  /** How many items were replaced before anyone took them. */
  get replaced(): number {
    return this.#replaced;
  }
}
