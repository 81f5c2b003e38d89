/**
 * Forms about matches that are half filled in, one for each alert: they outlast a reload, and the end of their deployment for as
 * long as answers are taken after it. Whoever saves one, puts it aside or signs out, and what leaves no match, destroy it.
 */
import { bare, hasTexts, type HalfWritten } from "./engagement";
import type { Safe } from "./safe";

/** `id` is the alert's. `cut`: names or a note stood in it, and went with the end of the deployment. */
export type Drafted = { id: string; deployment: string; at: number; draft: HalfWritten; cut?: true };

/** Deployments of which something can be written down, as far as is known: those whose time runs, and all as the server said last. */
export type Writable = { live: string[]; all: string[] };

export class Drafts {
  readonly #safe: Safe<Drafted>;
  readonly #now: () => number;
  /** As the safe holds them once all is written. All are this person's. */
  readonly #drafts = new Map<string, Drafted>();
  /** Those on their way from which the end had taken names or a note: a refusal brings them back as such. */
  readonly #sentCut = new Set<string>();
  #user: string | undefined;
  /** The deployments whose time runs, once that is known. */
  #live: string[] | undefined;
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

  of(alert: string): HalfWritten | undefined {
    return this.#drafts.get(alert)?.draft;
  }

  /** Whether names or a note that were typed are gone. */
  isCut(alert: string): boolean {
    return this.#drafts.get(alert)?.cut === true || this.#sentCut.has(alert);
  }

  /** `renewedAt`: when the server was heard of last. A form may answer after its writer has left: nothing of it is kept. */
  keep(user: string, renewedAt: number, alert: string, deployment: string, draft: HalfWritten): void {
    if (this.#user !== user) return;
    // An answer to what was sent before the end may come after it.
    const over = this.#live?.includes(deployment) === false && hasTexts(draft);
    const cut = over || this.isCut(alert) ? { cut: true as const } : {};
    this.#put(user, renewedAt, { id: alert, deployment, at: this.#now(), draft: over ? bare(draft) : draft, ...cut });
  }

  /** It is on its way: destroyed, unless it is kept again because it was refused. */
  sent(alert: string): void {
    const cut = this.isCut(alert);
    this.drop(alert);
    if (cut) this.#sentCut.add(alert);
  }

  drop(alert: string): void {
    this.#sentCut.delete(alert);
    if (this.#drafts.delete(alert)) this.#next(() => this.#safe.remove(alert));
  }

  /**
   * Keeps what can still be written down: of one deployment what is of these matches, and of the others whatever there is. Of what
   * has ended the answers stay, without names and notes. `renewedAt`: when the server was heard of last. Tells whether anything
   * went.
   */
  only(renewedAt: number, { live, all }: Writable, known?: { deployment: string; matches: string[] }): boolean {
    this.#live = live;
    let went = false;
    for (const drafted of [...this.#drafts.values()]) {
      const { id, deployment, draft } = drafted;
      const stands = all.includes(deployment) && (deployment !== known?.deployment || known.matches.includes(id));
      if (!stands) {
        this.drop(id);
        went = true;
      } else if (!live.includes(deployment) && hasTexts(draft) && this.#user !== undefined) {
        this.#put(this.#user, renewedAt, { ...drafted, draft: bare(draft), cut: true });
        went = true;
      }
    }
    return went;
  }

  /** The server was heard of since. */
  renew(renewedAt: number): void {
    if (this.#drafts.size > 0) this.#next(() => this.#safe.renew(renewedAt));
  }

  forget(): void {
    this.#clear();
    this.#user = undefined;
    this.#next(() => this.#safe.forget());
  }

  /** Resolves once all is written. */
  get written(): Promise<void> {
    return this.#writing;
  }

  #put(user: string, renewedAt: number, drafted: Drafted): void {
    const { id } = drafted;
    this.#drafts.set(id, drafted);
    // The latest is written; what it overtook need not be.
    this.#next(async () => (this.#drafts.get(id) === drafted ? this.#safe.keep(user, renewedAt, drafted) : undefined));
  }

  /** Nobody reads what somebody else wrote: another tab may have changed who is signed in. */
  #belongTo(user: string): void {
    if (this.#user !== user) this.#clear();
    this.#user = user;
  }

  #clear(): void {
    this.#drafts.clear();
    this.#sentCut.clear();
  }

  /** One after the other, so that what was dropped does not come back. */
  #next(work: () => Promise<void>): void {
    // A browser that keeps nothing asks again after a reload.
    this.#writing = this.#writing.then(work).catch(() => undefined);
  }
}
