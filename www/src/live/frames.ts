/** Pictures are counted over so long. */
const COUNTED_MS = 5_000;

/** Follows a count of pictures that were looked at, on a clock in milliseconds that never steps back. */
export class Frames {
  #samples: { at: number; frames: number }[] = [];
  #lastAt = 0;

  /** Pictures are expected from now on. */
  start(now: number): void {
    this.#samples = [];
    this.#lastAt = now;
  }

  count(frames: number, now: number): void {
    const last = this.#samples.at(-1);
    // An engine that started anew counts from nothing.
    if (last !== undefined && frames < last.frames) this.#samples = [];
    if (last === undefined || frames !== last.frames) this.#lastAt = now;
    this.#samples.push({ at: now, frames });
    this.#samples = this.#samples.filter(({ at }) => at >= now - COUNTED_MS);
  }

  perSecond(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    return first === undefined || last === undefined || last.at === first.at ? 0 : (1000 * (last.frames - first.frames)) / (last.at - first.at);
  }

  /** Since the last picture, or since one was expected. */
  sinceFrame(now: number): number {
    return now - this.#lastAt;
  }
}
