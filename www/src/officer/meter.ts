import type { Face, Reason } from "../vision/wasm/vedette.js";

/** What the officer could do about the faces that pass: nothing where they can be assessed, or nobody is there. */
export type Advice = "nobody" | "good" | "outside" | Reason;

export type Reading = {
  advice: Advice;
  /** Pixels across the largest face that was in view just now, where there was one. */
  largest: number | undefined;
  /** Pixels that a face must be wide, by the zone. */
  needed: number;
};

/** What the reading is of. */
const WINDOW_MS = 5_000;
/** People come closer by themselves: not before so long is anybody asked to do something about a face. */
const PATIENCE_MS = 1_500;
/** A face found within this time is in view. */
const IN_VIEW_MS = 500;

type Passing = { first: number; last: number; goodAt: number | undefined; fault: "outside" | Reason; width: number };

/** Whether passing faces can be assessed, and what is wrong with most of those that can't; over the last seconds. */
export class Meter {
  #passing = new Map<string, Passing>();
  #needed = 0;

  /** `smallest`: the zone's, as a share of the frame's longer side. */
  see(faces: Face[], frame: { width: number; height: number }, smallest: number, at: number): void {
    this.#needed = smallest * Math.max(frame.width, frame.height);
    for (const { track, state, reason, box } of faces) {
      const known = this.#passing.get(track);
      const good = state === "assessing" || state === "sent";
      // The zone leaves small faces out before the gate could say that they are.
      const fault = state !== "outside" ? reason : box.width < this.#needed ? "too_small" : "outside";
      this.#passing.set(track, {
        first: known?.first ?? at,
        last: at,
        goodAt: good ? at : known?.goodAt,
        fault: fault ?? known?.fault ?? "uncertain",
        width: box.width,
      });
    }
  }

  read(now: number): Reading {
    for (const [track, { last }] of this.#passing) if (last < now - WINDOW_MS) this.#passing.delete(track);
    const passing = [...this.#passing.values()];
    const inView = passing.filter(({ last }) => last >= now - IN_VIEW_MS);
    const largest = inView.length === 0 ? undefined : Math.round(Math.max(...inView.map(({ width }) => width)));
    return { advice: this.#advice(passing, now), largest, needed: Math.ceil(this.#needed) };
  }

  clear(): void {
    this.#passing.clear();
  }

  #advice(passing: Passing[], now: number): Advice {
    const good = passing.filter(({ goodAt }) => goodAt !== undefined && goodAt >= now - WINDOW_MS).length;
    const gone = (last: number) => last < now - IN_VIEW_MS;
    const faulty = passing.filter(({ goodAt, first, last }) => goodAt === undefined && (gone(last) || now - first >= PATIENCE_MS));
    if (good > 0 && good >= faulty.length) return "good";
    const counts = new Map<Advice, number>();
    for (const { fault } of faulty) counts.set(fault, (counts.get(fault) ?? 0) + 1);
    // Who keeps out of the zone is no fault of the picture's, as long as there is any other.
    if (counts.size > 1) counts.delete("outside");
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    return most?.[0] ?? (good > 0 ? "good" : "nobody");
  }
}
