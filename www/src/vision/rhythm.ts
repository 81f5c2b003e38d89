/** Nobody in view for so long: an idle scene. */
const IDLE_AFTER_MS = 3_000;
/** So often one is looked at, or at the next frame after that, to save the battery. */
const IDLE_EVERY_MS = 100;
/** Frames come at uneven times; one that is a little early is not left for the one after it. */
const EARLY_MS = 10;

/** Which frames are looked at: all while somebody is in view, and few where nobody is. Times are those of the frames, milliseconds. */
export class Rhythm {
  #lookedAt = Number.NEGATIVE_INFINITY;
  #idleFrom = Number.POSITIVE_INFINITY;

  isDue(at: number): boolean {
    return at < this.#idleFrom || at - this.#lookedAt >= IDLE_EVERY_MS - EARLY_MS;
  }

  /** That frame was looked at, and had faces in it or none. */
  looked(at: number, faces: boolean): void {
    this.#lookedAt = at;
    if (faces || this.#idleFrom === Number.POSITIVE_INFINITY) this.#idleFrom = at + IDLE_AFTER_MS;
  }

  /** From the next frame on as at the start, with somebody about to come. */
  wake(): void {
    this.#idleFrom = Number.POSITIVE_INFINITY;
  }
}
