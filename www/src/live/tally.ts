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

/** Counts belong to the deployment in which they arose. `at`: when the last of them did. `page`: which adds to it, until it was sent. */
type Report = { deployment: string; at: number; sent: boolean; page: string; counts: Omit<Required<Tallies>, "age_ms"> };

/** Where reports outlast the page. */
export type Shelf = { read(): Report[] | undefined; write(reports: Report[]): void };

/** This page, and what resolves once another one is gone. */
export type Page = { id: string; gone: (other: string) => Promise<void> };

/** Faces of one report; the server takes no more than twice as many. */
const FULL = 5_000;

export class Tally {
  readonly #newId: () => string;
  readonly #ages: Ages;
  readonly #shelf: Shelf;
  readonly #page: string;
  /** Oldest first. */
  readonly #reports: Report[];
  /** Those that another page may still add to. */
  readonly #others = new Set<Report>();
  #sending = false;

  constructor(newId: () => string, ages: Ages, shelf: Shelf, page: Page) {
    this.#newId = newId;
    this.#ages = ages;
    this.#shelf = shelf;
    this.#page = page.id;
    this.#reports = shelf.read() ?? [];
    for (const report of this.#reports.filter(({ sent }) => !sent)) {
      // A tab that was duplicated has a copy of what the tab before goes on with, and tells of it once that is gone.
      this.#others.add(report);
      void page.gone(report.page).then(() => this.#others.delete(report));
    }
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
    if (last === undefined || last.sent || last.page !== this.#page || last.deployment !== deployment || last.counts.faces_seen >= FULL) {
      last = { deployment, at: 0, sent: false, page: this.#page, counts: { id: this.#newId(), faces_seen: 0, not_assessable: 0, kiosk: { visits: 0, unclear: 0, unproven: 0, staffed: 0 } } };
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
      const next = () => this.#reports.find((report) => !waiting.has(report.deployment) && !this.#others.has(report));
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
    for (const report of this.#reports) if (!this.#others.has(report)) void this.#send(report, send);
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
