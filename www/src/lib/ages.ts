/**
 * How long ago things were. Within a page's life that goes by a clock that nobody can set, though it may stand still while the device
 * sleeps. Of what an earlier page wrote down, the wall clock is all that is left; it may have been set since, so what it says is
 * kept within what can be.
 */
import { CLOCKS, type Clocks } from "./clocks";

/** The server takes nothing that is older. */
export const OLDEST_MS = 24 * 60 * 60_000;

/** An age that can be: nothing lies ahead, and what is too old is as old as anything that is told of. */
export function bounded(ms: number): number {
  return Math.round(Math.min(Math.max(0, ms), OLDEST_MS));
}

export class Ages {
  readonly #clocks: Clocks;
  /** By the steady clock, of what this page wrote down. */
  readonly #noted = new Map<string, number>();

  constructor(clocks: Clocks = CLOCKS) {
    this.#clocks = clocks;
  }

  /** It is being written down. When, by the clock that survives a reload. */
  note(id: string): number {
    this.#noted.set(id, this.#clocks.steady());
    return this.#clocks.wall();
  }

  /** `at`: as `note` said then. */
  of(id: string, at: number): number {
    const noted = this.#noted.get(id);
    return bounded(noted === undefined ? this.#clocks.wall() - at : this.#clocks.steady() - noted);
  }
}
