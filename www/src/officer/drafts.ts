/**
 * Forms about matches that are half filled in, one for each alert: they outlast a reload, and nothing else. Whoever saves one, puts
 * it aside or signs out, and what leaves nothing to write down of its match, destroy it.
 */
import type { Draft } from "./engagement";
import type { Safe } from "./safe";

/** `id` is the alert's. */
export type Drafted = { id: string; deployment: string; at: number; draft: Draft };

export class Drafts {
  readonly #safe: Safe<Drafted>;
  readonly #now: () => number;
  /** As the safe holds them once all is written. All are this person's. */
  readonly #drafts = new Map<string, Drafted>();
  #user: string | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(safe: Safe<Drafted>, now: () => number) {
    this.#safe = safe;
    this.#now = now;
  }

  /** What this person left half written on a page before. */
  async open(user: string): Promise<void> {
    this.#belongTo(user);
    await this.#writing;
    const before = await this.#safe.open(user);
    // Whoever signed out meanwhile left nothing.
    if (this.#user !== user) return;
    for (const drafted of before) if (!this.#drafts.has(drafted.id)) this.#drafts.set(drafted.id, drafted);
  }

  of(alert: string): Draft | undefined {
    return this.#drafts.get(alert)?.draft;
  }

  /** `renewedAt`: when the server was heard of last. */
  keep(user: string, renewedAt: number, alert: string, deployment: string, draft: Draft): void {
    this.#belongTo(user);
    const drafted = { id: alert, deployment, at: this.#now(), draft };
    this.#drafts.set(alert, drafted);
    // The latest is written; what it overtook need not be.
    this.#next(async () => (this.#drafts.get(alert) === drafted ? this.#safe.keep(user, renewedAt, drafted) : undefined));
  }

  drop(alert: string): void {
    if (this.#drafts.delete(alert)) this.#next(() => this.#safe.remove(alert));
  }

  /** What can still be saved, as far as is known: of one deployment these alerts, and of the others that are live whatever there is. */
  only(live: string[], known?: { deployment: string; alerts: string[] }): void {
    for (const { id, deployment } of [...this.#drafts.values()]) {
      const stands = deployment === known?.deployment ? known.alerts.includes(id) : live.includes(deployment);
      if (!stands) this.drop(id);
    }
  }

  /** The server was heard of since. */
  renew(renewedAt: number): void {
    if (this.#drafts.size > 0) this.#next(() => this.#safe.renew(renewedAt));
  }

  forget(): void {
    this.#user = undefined;
    this.#drafts.clear();
    this.#next(() => this.#safe.forget());
  }

  /** Resolves once all is written. */
  get written(): Promise<void> {
    return this.#writing;
  }

  /** Nobody reads what somebody else wrote: another tab may have changed who is signed in. */
  #belongTo(user: string): void {
    if (this.#user !== user) this.#drafts.clear();
    this.#user = user;
  }

  /** One after the other, so that what was dropped does not come back. */
  #next(work: () => Promise<void>): void {
    // A browser that keeps nothing asks again after a reload.
    this.#writing = this.#writing.then(work).catch(() => undefined);
  }
}
