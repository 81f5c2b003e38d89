/**
 * Counts of faces and visits on their way to the server. Each report has a number of its own and stays as it is until it is
 * answered: what the server counted though its answer was lost is sent again as the same report, and counts once. What is counted
 * meanwhile is the next report's.
 */
import type { Tallies } from "../api/types";

type KioskCounts = NonNullable<Tallies["kiosk"]>;
/** `answered`: the server took it, or never will. */
export type Delivery = "answered" | "unanswered";

/** Faces of one report; the server takes no more than twice as many. */
const FULL = 5_000;

const nothing = () => ({ faces_seen: 0, not_assessable: 0, kiosk: { visits: 0, unclear: 0, unproven: 0, staffed: 0 } });

export class Tally {
  readonly #newId: () => string;
  #counting = nothing();
  /** Oldest first. Counts belong to the deployment in which they arose. */
  readonly #reports: { deployment: string; body: Tallies }[] = [];
  #sending = false;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  face(assessable: boolean): void {
    this.#counting.faces_seen += 1;
    if (!assessable) this.#counting.not_assessable += 1;
  }

  kiosk(what: keyof KioskCounts): void {
    this.#counting.kiosk[what] += 1;
  }

  /** What was counted so far is that deployment's, and what follows is not. */
  close(deployment: string | null): void {
    const { kiosk, ...faces } = this.#counting;
    const any = Object.values({ ...faces, ...kiosk }).some((count) => count > 0);
    if (any && deployment !== null) this.#reports.push({ deployment, body: { id: this.#newId(), ...this.#counting } });
    this.#counting = nothing();
  }

  /** Sends what is there, one report after the other, up to one that is not answered. */
  async deliver(deployment: string | null, send: (deployment: string, body: Tallies) => Promise<Delivery>): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      if (this.#reports.length === 0 || this.#counting.faces_seen >= FULL) this.close(deployment);
      for (let [first] = this.#reports; first !== undefined; [first] = this.#reports) {
        if ((await send(first.deployment, first.body)) === "unanswered") return;
        this.#reports.shift();
      }
    } finally {
      this.#sending = false;
    }
  }
}
