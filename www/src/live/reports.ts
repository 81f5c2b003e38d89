/**
 * What this page counts, told to the server every few seconds. Counts wait for a server, for somebody to sign in, and for the page
 * that is loaded next; what is about to go with the tab is sent as it goes.
 */
import { api, ask } from "../api/client";
import { hasStatus, isFinal } from "../api/problem";
import { Ages } from "../lib/ages";
import { store, stored } from "../lib/stored";
import { uuid7 } from "../lib/uuid";
import type { Sent } from "../vision/protocol";
import { Tally, type KioskCount, type Page, type Send } from "./tally";

const EVERY_MS = 5_000;
const STORED = "vedette-counts";
/** Held by each page that counts, for as long as it lives. */
const lock = (page: string) => `vedette-counts-${page}`;

/** Hears how the server answered about a deployment. */
type Hear = (deployment: string, outcome: Sent) => void;

export class Reports {
  readonly #tally = new Tally(uuid7, new Ages(), { read: () => stored(STORED), write: (reports) => store(STORED, reports.length === 0 ? undefined : reports) }, thisPage());
  readonly #hear = new Set<Hear>();

  constructor() {
    setInterval(() => void this.deliver(), EVERY_MS);
    addEventListener("pagehide", () => this.#tally.leave(this.#send(true)));
  }

  faces(deployment: string, seen: number, notAssessable: number): void {
    this.#tally.faces(deployment, seen, notAssessable);
  }

  kiosk(deployment: string, what: KioskCount): void {
    this.#tally.kiosk(deployment, what);
  }

  deliver(): Promise<void> {
    return this.#tally.deliver(this.#send(false));
  }

  /** Returns what ends it. */
  listen(hear: Hear): () => void {
    this.#hear.add(hear);
    return () => this.#hear.delete(hear);
  }

  #send(last: boolean): Send {
    return async (deployment, body) => {
      const result = await ask(api.POST("/v1/deployments/{id}/tallies", { params: { path: { id: deployment } }, body, keepalive: last }));
      const outcome = outcomeOf(result);
      for (const hear of this.#hear) hear(deployment, outcome);
      // Whoever may not tell of it may not be whoever signs in next.
      return result.ok || (isFinal(result.problem) && !hasStatus(result.problem, 403)) ? "answered" : "unanswered";
    };
  }
}

function outcomeOf(result: Awaited<ReturnType<typeof ask>>): Sent {
  if (result.ok) return { kind: "answered", matched: false };
  return result.problem.kind === "unreachable" ? { kind: "unreachable" } : { kind: "refused", status: result.problem.status, slug: result.problem.slug };
}

/** Browsers have locks on secure pages; elsewhere a tab that is duplicated is taken for one that was loaded anew. */
function thisPage(): Page {
  const id = uuid7();
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  void locks?.request(lock(id), () => new Promise(() => undefined));
  return { id, gone: async (other) => void (await locks?.request(lock(other), () => undefined)) };
}

let made: Reports | undefined;

/** This page's. */
export function reports(): Reports {
  made ??= new Reports();
  return made;
}
