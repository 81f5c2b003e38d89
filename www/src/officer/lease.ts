import { CLOCKS, type Clocks } from "../lib/clocks";

/**
 * How long a screen may show what the server gave it without hearing from the server. A device that is lost goes blank by itself,
 * even where nobody can reach it.
 */
export const LEASE_MS = 15 * 60_000;

export class Lease {
  readonly #clocks: Clocks;
  #last: { steady: number; wall: number };

  constructor(clocks: Clocks = CLOCKS) {
    this.#clocks = clocks;
    this.#last = { steady: clocks.steady(), wall: clocks.wall() };
  }

  /** The server answered somebody who is signed in. */
  renew(): void {
    this.#last = { steady: this.#clocks.steady(), wall: this.#clocks.wall() };
  }

  /** By whichever clock says that more time has passed: neither sleep nor a clock that is set back makes it longer. */
  get isOver(): boolean {
    const { steady, wall } = this.#last;
    return Math.max(this.#clocks.steady() - steady, this.#clocks.wall() - wall) >= LEASE_MS;
  }

  /** When the server answered last, by the clock that survives a reload. */
  get renewedAt(): number {
    return this.#last.wall;
  }
}

/** Of this page. */
export const lease = new Lease();

/** Whether what was kept by a page before is still within the lease of then. A clock that was set back proves nothing. */
export function holds(renewedAt: number, now: number): boolean {
  return now >= renewedAt && now - renewedAt < LEASE_MS;
}
