/**
 * Counts of faces and visits on their way to the server: numbers, which say nothing of anyone. Each report has a number of its own
 * and, once it was sent, stays as it is until it is answered: what the server counted though its answer was lost is sent again as
 * the same report, and counts once. What is counted meanwhile is the next report's.
 */
import type { Tallies } from "../api/types";
import { OLDEST_MS, type Ages } from "../lib/ages";

export type KioskCount = keyof NonNullable<Tallies["kiosk"]>;
/** `answered`: the server took it, or never will. */
export type Delivery = "answered" | "unanswered";
export type Send = (deployment: string, body: Tallies) => Promise<Delivery>;

/** Counts belong to the deployment in which they arose. `at`: when the last of them did. */
type Report = { deployment: string; at: number; sent: boolean; counts: Omit<Required<Tallies>, "age_ms"> };

/** Where reports outlast the page. */
export type Shelf = { read(): Report[] | undefined; write(reports: Report[]): void };

/** Faces of one report; the server takes no more than twice as many. */
const FULL = 5_000;

export class Tally {
  readonly #newId: () => string;
  readonly #ages: Ages;
  readonly #shelf: Shelf;
  /** Oldest first. */
  readonly #reports: Report[];
  #sending = false;

  constructor(newId: () => string, ages: Ages, shelf: Shelf) {
    this.#newId = newId;
    this.#ages = ages;
    this.#shelf = shelf;
    // A page whose tab was duplicated may have the same, and tell of them too: nothing is added to what lay there.
    this.#reports = (shelf.read() ?? []).map((report) => ({ ...report, sent: true }));
  }

  faces(deployment: string, seen: number, notAssessable: number): void {
    this.#count(deployment, (counts) => {
      counts.faces_seen += seen;
      counts.not_assessable += notAssessable;
    });
  }

  kiosk(deployment: string, what: KioskCount): void {
    this.#count(deployment, (counts) => (counts.kiosk[what] += 1));
  }

  #count(deployment: string, add: (counts: Report["counts"]) => void): void {
    let last = this.#reports.at(-1);
    if (last === undefined || last.sent || last.deployment !== deployment || last.counts.faces_seen >= FULL) {
      last = { deployment, at: 0, sent: false, counts: { id: this.#newId(), faces_seen: 0, not_assessable: 0, kiosk: { visits: 0, unclear: 0, unproven: 0, staffed: 0 } } };
      this.#reports.push(last);
    }
    add(last.counts);
    last.at = this.#ages.note(last.counts.id);
    this.#shelf.write(this.#reports);
  }

  /** Sends what is there, one report after the other. Where one isn't answered, the others of its deployment wait too, for a day. */
  async deliver(send: Send): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      const waiting = new Set<string>();
      const next = () => this.#reports.find(({ deployment }) => !waiting.has(deployment));
      for (let report = next(); report !== undefined; report = next()) {
        if ((await this.#send(report, send)) === "answered" || this.#age(report) >= OLDEST_MS) this.#forget(report);
        else waiting.add(report.deployment);
      }
    } finally {
      this.#sending = false;
    }
  }

  /** Sends all at once, for nobody will hear the answers. What is loaded next sends them again. */
  leave(send: Send): void {
    for (const report of this.#reports) void this.#send(report, send);
  }

  #send(report: Report, send: Send): Promise<Delivery> {
    report.sent = true;
    this.#shelf.write(this.#reports);
    return send(report.deployment, { ...report.counts, age_ms: this.#age(report) });
  }

  #age({ at, counts }: Report): number {
    return this.#ages.of(counts.id, at);
  }

  #forget(report: Report): void {
    this.#reports.splice(this.#reports.indexOf(report), 1);
    this.#shelf.write(this.#reports);
  }
}
