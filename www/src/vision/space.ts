/**
 * Whose templates are made: of one deployment's space, which the seed of its transform leads into. The seed is asked for
 * here, handed to the engine, which keeps it in its own memory, and overwritten here. It is let go as soon as nobody wants
 * templates, the server refuses this device or person, or the server hasn't been heard of for a while.
 */
import { refusal, type Sent } from "./protocol";

export type Use = { deployment: string; of: "probes" | "references" };

/** The part of the engine that holds a seed. */
export type Holder = { set_transform(seed: Uint8Array): void; forget_transform(): void };

/** A seed that wasn't given is asked for again after this. */
export const AGAIN_MS = 1_000;
/** A seed is a key: a device that the server hasn't answered for so long may be lost. */
export const HELD_MS = 15 * 60_000;
const REPLY_WITHIN_MS = 5_000;

const OVER = new Set(["deployment-not-live", "deployment-ended"]);

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export class Space {
  readonly #tell: (outcome: Sent) => void;
  #use: Use | undefined;
  #engine: Holder | undefined;
  #inside = false;
  /** Counts changes of what is wanted, so that a late answer to an earlier question is not taken. */
  #turn = 0;
  #waiting: ((inside: boolean) => void)[] = [];
  #lease: ReturnType<typeof setTimeout> | undefined;

  /** `tell` hears how asking for a seed goes. */
  constructor(tell: (outcome: Sent) => void) {
    this.#tell = tell;
  }

  /** Templates are wanted for this; with nothing, for nobody. */
  want(use: Use | undefined): void {
    if (use?.deployment === this.#use?.deployment && use?.of === this.#use?.of) return;
    this.#use = use;
    this.#leave();
    void this.#enter();
  }

  /** The engine that makes them, which holds no seed yet; nothing when it failed. */
  employ(engine: Holder | undefined): void {
    this.#leave();
    this.#engine = engine;
    void this.#enter();
  }

  /** Whether a template that is made now fits whom it is made for. */
  get inside(): boolean {
    return this.#use === undefined || this.#inside;
  }

  /** Waits so long for the space to be entered. */
  entered(withinMs: number): Promise<boolean> {
    if (this.inside) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(() => resolve(this.inside), withinMs);
    });
  }

  /** The server answered something else of this worker's, or didn't. */
  heard(outcome: Sent): void {
    if (!this.#inside || outcome.kind === "unreachable") return;
    const over = outcome.kind === "refused" && (outcome.status === 401 || outcome.status === 403 || OVER.has(outcome.slug));
    if (over) this.#lose();
    else this.#renew();
  }

  #renew(): void {
    clearTimeout(this.#lease);
    this.#lease = setTimeout(() => this.#lose(), HELD_MS);
  }

  /** What is wanted is still wanted, so the server is asked again whether it may be. */
  #lose(): void {
    this.#leave();
    void this.#enter(AGAIN_MS);
  }

  #leave(): void {
    this.#turn += 1;
    this.#inside = false;
    clearTimeout(this.#lease);
    try {
      this.#engine?.forget_transform();
    } catch {
      // An engine that failed may fail here too; it is not used again.
    }
  }

  async #enter(after = 0): Promise<void> {
    const turn = this.#turn;
    if (after > 0) await pause(after);
    while (turn === this.#turn && this.#use !== undefined && this.#engine !== undefined) {
      if (await this.#ask(turn, this.#use, this.#engine)) return;
      await pause(AGAIN_MS);
    }
  }

  async #ask(turn: number, use: Use, engine: Holder): Promise<boolean> {
    const reply = await fetch(`/v1/deployments/${use.deployment}/transform/${use.of}`, { signal: AbortSignal.timeout(REPLY_WITHIN_MS), cache: "no-store" }).catch(() => undefined);
    const body = reply?.ok === true ? await reply.arrayBuffer().catch(() => undefined) : undefined;
    const seed = body === undefined ? undefined : new Uint8Array(body);
    try {
      if (turn !== this.#turn) return true;
      if (reply === undefined || (reply.ok && seed === undefined)) this.#tell({ kind: "unreachable" });
      else if (seed === undefined) this.#tell(refusal(reply.status, await reply.json().catch(() => undefined)));
      else {
        // A deployment from before transforms has no seed: its templates are as the engine makes them.
        if (seed.length > 0) engine.set_transform(seed);
        this.#inside = true;
        this.#renew();
        this.#tell({ kind: "answered", matched: false });
        for (const go of this.#waiting.splice(0)) go(true);
      }
      return this.#inside;
    } finally {
      seed?.fill(0);
    }
  }
}
