/** Says how long work will still take, from how fast it has gone while it was not paused. */
export class Pace {
  #worked = 0;
  #since: number | undefined;

  run(at: number): void {
    this.#since ??= at;
  }

  rest(at: number): void {
    if (this.#since !== undefined) this.#worked += at - this.#since;
    this.#since = undefined;
  }

  /** Milliseconds; nothing before enough was done to tell. */
  left(done: number, total: number, at: number): number | undefined {
    const worked = this.#worked + (this.#since === undefined ? 0 : at - this.#since);
    if (done < 3 || worked <= 0) return undefined;
    return (worked / done) * (total - done);
  }
}

/** Lets work through, or makes it wait. */
export class Gate {
  #waiting: (() => void)[] = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
  }

  open(): void {
    this.#closed = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  async pass(): Promise<void> {
    while (this.#closed) await new Promise<void>((go) => this.#waiting.push(go));
  }
}
