/** Vision workers that look at photographs side by side. The first loads at once; others are hired for long work. */
import type { Vision } from "./client";
import type { EngineFailure, EngineState, FoundFace, FromWorker, PhotoResult } from "./protocol";

/** What of a worker's page end is used here. */
export type Hand = Pick<Vision, "encode" | "faces" | "load" | "close">;

type Member = { hand: Hand; state: EngineState; busy: boolean };

const LOADING: EngineState = { kind: "loading", progress: { done: 0, total: 0 } };
/** Each holds an engine of its own, some hundred megabytes. */
const MOST = 3;
/** For fewer photographs another engine takes longer to load than it saves. */
const WORTH = 50;

/** How many workers so many photographs deserve: a core stays free for the page, the browser and whoever works beside it. */
export function wanted(photographs: number, cores: number): number {
  return Math.max(1, Math.min(MOST, cores - 1, Math.ceil(photographs / WORTH)));
}

export class Crew {
  readonly #employ: (listen: (message: FromWorker) => void) => Hand;
  readonly #tell: (state: EngineState) => void;
  readonly #lead: Member;
  readonly #others: Member[] = [];
  #waiting: (() => void)[] = [];
  #closed = false;

  /** `tell` hears of the first worker: without it there is none. */
  constructor(employ: (listen: (message: FromWorker) => void) => Hand, tell: (state: EngineState) => void) {
    this.#employ = employ;
    this.#tell = tell;
    this.#lead = this.#join();
  }

  /** There are so many from now on, as soon as they have loaded. */
  hire(count: number): void {
    while (!this.#closed && 1 + this.#others.length < count) this.#others.push(this.#join());
  }

  /** Work is done for now: those beside the first let go of their memory. */
  release(): void {
    for (const { hand } of this.#others.splice(0)) hand.close();
  }

  /** Why the first failed, if it did. */
  failure(): EngineFailure | undefined {
    const { state } = this.#lead;
    return state.kind === "failed" ? state.reason : undefined;
  }

  /** After a failure, tries again. */
  revive(): void {
    if (this.failure() === undefined) return;
    this.#lead.state = LOADING;
    this.#lead.hand.load();
  }

  /** Waits for a worker that is free; nothing where the first failed, which says nothing of the photograph. */
  async encode(photo: Blob, face?: FoundFace["box"]): Promise<PhotoResult | undefined> {
    for (let member = await this.#taken(); member !== undefined; member = await this.#taken()) {
      const result = await this.#working(member, ({ hand }) => hand.encode(photo, face));
      if (member.state.kind !== "failed") return result;
      if (member === this.#lead) return undefined;
      // What one of the others couldn't finish another does.
      this.#dismiss(member);
    }
    return undefined;
  }

  async faces(photo: Blob): Promise<FoundFace[]> {
    const member = await this.#taken();
    return member === undefined ? [] : this.#working(member, ({ hand }) => hand.faces(photo));
  }

  close(): void {
    this.#closed = true;
    this.release();
    this.#lead.hand.close();
    this.#wake();
  }

  #join(): Member {
    const heard = (message: FromWorker) => {
      if (message.kind !== "engine") return;
      member.state = message.state;
      if (member === this.#lead) this.#tell(message.state);
      // One that failed while it loaded is missed by nobody.
      else if (message.state.kind === "failed" && !member.busy) this.#dismiss(member);
      this.#wake();
    };
    const member: Member = { hand: this.#employ(heard), state: LOADING, busy: false };
    return member;
  }

  #dismiss(member: Member): void {
    const at = this.#others.indexOf(member);
    if (at < 0) return;
    this.#others.splice(at, 1);
    member.hand.close();
  }

  /** A worker for whoever asked, and for nobody else until its work is done. */
  async #taken(): Promise<Member | undefined> {
    for (;;) {
      if (this.#closed || this.#lead.state.kind === "failed") return undefined;
      const free = [this.#lead, ...this.#others].find(({ state, busy }) => state.kind === "ready" && !busy);
      if (free !== undefined) {
        free.busy = true;
        return free;
      }
      await new Promise<void>((go) => this.#waiting.push(go));
    }
  }

  async #working<T>(member: Member, work: (member: Member) => Promise<T>): Promise<T> {
    try {
      return await work(member);
    } finally {
      member.busy = false;
      this.#wake();
    }
  }

  #wake(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}
