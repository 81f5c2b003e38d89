/**
 * Puts a list of people on a watchlist, in two parts: each photograph is looked at before anybody is enrolled, then
 * people go to the server in batches. Both can be paused, and go on where they stopped: a person who is on the list
 * already is left as she is.
 */
import type { Result } from "../../api/client";
import type { Problem } from "../../api/problem";
import type { BatchAnswer, BatchEntry, RosterRow } from "../../api/types";
import { base64 } from "../../lib/base64";
import { shortfall, type Judged, type Shortfall } from "../../lib/shortfall";
import type { Photo, Photographs } from "./archive";
import { Gate, Pace } from "./pace";

/** A template and its picture, kept in memory until they are sent. */
export type Shot = Judged & { template: string; model: string; pipeline: number; transform: string | null; picture: Uint8Array };

export type Seen =
  | { kind: "usable"; shot: Shot }
  /** Somebody has to say which face is meant. */
  | { kind: "several"; faces: number }
  | { kind: "unusable"; text: string }
  /** On its way to the server, or there: nothing of it is kept here. */
  | { kind: "sent" };

export type Looks = ReadonlyMap<string, Seen>;

/** So many people in one request, which is one transaction: an interruption costs no more than these. */
export const BATCH = 25;

export type Standing =
  | "faulty"
  /** Its photographs have not all been looked at. */
  | "unseen"
  /** A picture falls short, and nobody has said why it is used all the same. */
  | "poor"
  | "ready"
  | "listed"
  | "already_listed"
  | "refused";

export type Person = { row: RosterRow; /** Why pictures that fall short are used. */ override: string; outcome: BatchAnswer | undefined };

export function lacking({ photos }: RosterRow, looks: Looks, floor: number): Shortfall | undefined {
  const shots = photos.flatMap((file) => {
    const seen = looks.get(file);
    return seen?.kind === "usable" ? [seen.shot] : [];
  });
  return shortfall(shots, floor);
}

export function standing({ row, override, outcome }: Person, looks: Looks, floor: number): Standing {
  if (outcome !== undefined) return outcome.outcome;
  if (row.already_listed) return "already_listed";
  if (row.faults.length > 0 || row.particulars == null) return "faulty";
  const seen = row.photos.map((file) => looks.get(file));
  if (seen.some((one) => one?.kind === "unusable" || one?.kind === "several")) return "faulty";
  if (seen.some((one) => one?.kind !== "usable")) return "unseen";
  return lacking(row, looks, floor) !== undefined && override.trim() === "" ? "poor" : "ready";
}

export type Progress = { done: number; total: number; left: number | undefined };

/** Work that somebody may pause, and end. */
export class Work {
  readonly gate = new Gate();
  readonly #pace = new Pace();
  readonly #clock: () => number;
  readonly #tell: (progress: Progress) => void;
  #ended = false;
  #done = 0;
  #total = 0;

  constructor(tell: (progress: Progress) => void, clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#tell = tell;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get paused(): boolean {
    return this.gate.closed;
  }

  begin(total: number): void {
    this.#total = total;
    this.#pace.run(this.#clock());
    this.#say();
  }

  pause(): void {
    this.#pace.rest(this.#clock());
    this.gate.close();
  }

  resume(): void {
    this.#pace.run(this.#clock());
    this.gate.open();
  }

  end(): void {
    this.#ended = true;
    this.gate.open();
  }

  /** More is done; false where no more should be. */
  async step(more: number): Promise<boolean> {
    this.#done += more;
    this.#say();
    await this.gate.pass();
    return !this.#ended;
  }

  #say(): void {
    this.#tell({ done: this.#done, total: this.#total, left: this.#pace.left(this.#done, this.#total, this.#clock()) });
  }
}

/** Nothing where the engine failed, the server was away or the zip is gone, which says nothing of the photograph. */
export type Look = (photo: Photo) => Promise<Seen | undefined>;

/** Looks at so many photographs at a time. Each is in memory only while it is looked at. */
export async function lookThrough(files: readonly string[], photographs: Photographs, look: Look, keep: (file: string, seen: Seen) => void, work: Work, atOnce = 1): Promise<void> {
  work.begin(files.length);
  const rest = files.values();
  let stopped = false;
  const oneByOne = async () => {
    for (let go = await work.step(0); go && !stopped; go = await work.step(1)) {
      const { done, value: file } = rest.next();
      if (done === true) return;
      const seen = await look(await photographs.read(file));
      if (seen === undefined) {
        stopped = true;
        return;
      }
      keep(file, seen);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneByOne));
}

function portrait(file: string, looks: Looks) {
  const seen = looks.get(file);
  if (seen?.kind !== "usable") return undefined;
  const { template, model, pipeline, transform, quality, compression, picture } = seen.shot;
  return { template, model, pipeline, transform, quality, jpeg_quality: compression?.quality ?? null, photo: base64(picture) };
}

export function batchEntry({ row, override }: Person, looks: Looks): BatchEntry | undefined {
  const portraits = row.photos.map((file) => portrait(file, looks));
  if (row.particulars == null || portraits.length === 0) return undefined;
  const whole = portraits.filter((one) => one !== undefined);
  if (whole.length < portraits.length) return undefined;
  return { name: row.name, particulars: row.particulars, portraits: whole, ...(override.trim() === "" ? {} : { override_reason: override.trim() }) };
}

export type Send = (entries: BatchEntry[]) => Promise<Result<BatchAnswer[]>>;

/** Sends people in batches. Stops at the first batch that is not answered, and says why. */
export async function enrolAll(people: readonly Person[], looks: Looks, send: Send, answered: (person: Person, answer: BatchAnswer) => void, work: Work): Promise<Problem | undefined> {
  work.begin(people.length);
  let go = await work.step(0);
  for (let at = 0; at < people.length && go; at += BATCH) {
    const batch = people.slice(at, at + BATCH).flatMap((person) => {
      const entry = batchEntry(person, looks);
      return entry === undefined ? [] : [{ person, entry }];
    });
    const result = await send(batch.map(({ entry }) => entry));
    if (!result.ok) return result.problem;
    batch.forEach(({ person }, index) => {
      const answer = result.value[index];
      if (answer !== undefined) answered(person, answer);
    });
    go = await work.step(Math.min(BATCH, people.length - at));
  }
  return undefined;
}

/** Overwrites what a look left in memory. */
export function wipe(seen: Seen | undefined): void {
  if (seen?.kind === "usable") {
    seen.shot.picture.fill(0);
    seen.shot.template = "";
  }
}

/** What an import holds beside the list: by file, and by the row's number in a spreadsheet. */
export class Holdings {
  readonly looks = new Map<string, Seen>();
  readonly overrides = new Map<number, string>();
  readonly outcomes = new Map<number, BatchAnswer>();

  keep(file: string, seen: Seen): void {
    wipe(this.looks.get(file));
    this.looks.set(file, seen);
  }

  /** What was refused is tried again as it stands now. */
  forgive(): void {
    for (const [number, { outcome }] of this.outcomes) if (outcome === "refused") this.outcomes.delete(number);
  }

  clear(): void {
    for (const seen of this.looks.values()) wipe(seen);
    this.looks.clear();
    this.overrides.clear();
    this.outcomes.clear();
  }
}
