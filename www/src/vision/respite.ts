/** A header that asks for more is taken for this: whoever passes is to be compared again soon. */
export const LONGEST_MS = 10_000;

/** How long a server that has too much to do asked to be left alone (Retry-After). What is sent meanwhile would wait, or be refused again. */
export class Respite {
  #until = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** `asked`: seconds, as the reply's header has them. Tablets that were refused together don't come back together. */
  ask(asked: string | null, now: number): void {
    if (asked === null || !/^\d+$/.test(asked)) return;
    const ms = Math.min(Number(asked) * 1_000, LONGEST_MS);
    this.#until = Math.max(this.#until, now + ms * (1 + this.#random() / 2));
  }

  isOver(now: number): boolean {
    return now >= this.#until;
  }
}
