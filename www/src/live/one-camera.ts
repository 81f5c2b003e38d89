/**
 * One officer's page of a browser has its camera: two would look at the same people, and count each of them twice. A lock of the browser's says
 * which one, and goes with its page; whoever wants the camera in another takes it over.
 */
const LOCK = "vedette-camera";
/** A page that is loaded anew lets go a moment after the next one has begun. */
const LETS_GO_WITHIN_MS = 1_000;
/** Looks at which nobody had it, before it is taken by itself: a page that is being loaded anew wants it back, however slow its device. */
const FREE_LOOKS = 6;
export const LOOK_EVERY_MS = 1_000;

/** `elsewhere`: another page has it. `taken`: and had to take it over from this one. */
export type Holding = "unknown" | "free" | "held" | "elsewhere" | "taken";

/** The browser's; in tests others. */
export type Locks = {
  request(name: string, options: LockOptions, granted: (lock: unknown) => Promise<void> | undefined): Promise<unknown>;
  query(): Promise<LockManagerSnapshot>;
};

/** Whether another page has it. */
export function isElsewhere(holding: Holding): boolean {
  return holding === "elsewhere" || holding === "taken";
}

/** Whether any officer's page of this browser has it. */
export async function cameraRuns(locks: Locks | undefined): Promise<boolean> {
  const held = await locks?.query().catch(() => undefined);
  return held?.held?.some(({ name }) => name === LOCK) ?? false;
}

/** What asked for the lock: `end` gives up waiting for it, and lets it go once it is there. */
type Ask = { end: () => void };

export class OneCamera {
  readonly #locks: Locks | undefined;
  readonly #tell: (holding: Holding) => void;
  #holding: Holding = "unknown";
  #wanted = false;
  /** The last one, and none once it was ended: what becomes of any before it says nothing about this page. */
  #last: Ask | undefined;
  #freeLooks = 0;

  /** Where a browser has no locks there is no secure page either, and no camera. */
  constructor(locks: Locks | undefined, tell: (holding: Holding) => void) {
    this.#locks = locks;
    this.#tell = tell;
  }

  want(wanted: boolean): void {
    if (this.#wanted === wanted) return;
    this.#wanted = wanted;
    if (!wanted) {
      this.#end();
      if (this.#holding === "held") this.#set("free");
      if (this.#holding === "taken") this.#set("elsewhere");
    } else if (this.#locks === undefined) this.#set("held");
    else {
      const waits = new AbortController();
      setTimeout(() => waits.abort(), LETS_GO_WITHIN_MS);
      void this.#ask({ signal: waits.signal }, () => waits.abort());
    }
  }

  /** The page that has it hears of it. */
  takeOver(): void {
    if (this.#wanted && this.#holding !== "held") void this.#ask({ steal: true });
  }

  /** To be called again and again: nobody is told when another page takes it or lets it go. */
  async look(): Promise<void> {
    const runs = await cameraRuns(this.#locks);
    if (this.#holding === "held") return;
    this.#freeLooks = runs ? 0 : this.#freeLooks + 1;
    if (runs) {
      if (!isElsewhere(this.#holding)) this.#set("elsewhere");
    } else if (!this.#wanted) this.#set("free");
    else if (isElsewhere(this.#holding) && this.#freeLooks >= FREE_LOOKS) void this.#ask({ ifAvailable: true });
  }

  /** In the place of the one before. Resolves once it is let go or taken, or was not to be had. */
  async #ask(options: LockOptions, giveUp: () => void = () => undefined): Promise<void> {
    this.#end();
    const ask: Ask = { end: giveUp };
    this.#last = ask;
    try {
      await this.#locks?.request(LOCK, options, (lock) => {
        if (lock === null || this.#last !== ask) return undefined;
        this.#set("held");
        return new Promise((done) => (ask.end = done));
      });
    } catch {
      // It did not come in time, or another page took it.
      if (this.#last !== ask) return;
      this.#last = undefined;
      this.#set(this.#holding === "held" ? "taken" : "elsewhere");
    }
  }

  #end(): void {
    this.#last?.end();
    this.#last = undefined;
  }

  #set(holding: Holding): void {
    if (this.#holding === holding) return;
    this.#holding = holding;
    this.#tell(holding);
  }
}
