/** How many faces pass, and how many of them could not be assessed, of late. */
export type Pace = { perMinute: number; seen: number; notAssessable: number };

type Sample = { at: number; seen: number; notAssessable: number };

const MINUTE_MS = 60_000;
/** Few faces pass in a minute, so what part of them could not be assessed is told of more of them. */
export const PART_OF_MS = 5 * MINUTE_MS;
/** Before that a rate would be a guess. */
const SOONEST_MS = 10_000;

/** Follows counts that only grow. */
export class PaceOf {
  #samples: Sample[] = [];

  add(sample: Sample): void {
    const last = this.#samples.at(-1);
    // A worker that started anew counts from nothing.
    if (last !== undefined && sample.seen < last.seen) this.#samples = [];
    this.#samples.push(sample);
    this.#samples = this.#samples.filter(({ at }) => at >= sample.at - PART_OF_MS);
  }

  read(): Pace | undefined {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < SOONEST_MS) return undefined;
    const minuteAgo = this.#samples.find(({ at }) => at >= last.at - MINUTE_MS) ?? first;
    const minutes = (last.at - minuteAgo.at) / MINUTE_MS;
    return {
      perMinute: Math.round((last.seen - minuteAgo.seen) / minutes),
      seen: last.seen - first.seen,
      notAssessable: last.notAssessable - first.notAssessable,
    };
  }

  clear(): void {
    this.#samples = [];
  }
}
