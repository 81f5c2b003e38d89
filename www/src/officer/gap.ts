/**
 * Times in which this screen's camera should have been matching and could not, because there was no server. What was seen then is
 * gone; that it was missed is told to the officer, and to the server afterwards.
 */
import { bounded } from "../lib/ages";

export type Gap = { id: string; deployment: string; began: number };
export type Missed = Gap & { ended: number };

export type Gaps = {
  open: Gap | undefined;
  /** Oldest first, until the officer has seen them. */
  missed: Missed[];
};

export const none: Gaps = { open: undefined, missed: [] };

/** Shorter than that is a hiccup, during which no face that stays in view is missed. Milliseconds. */
export const SHORTEST_MS = 2_000;

/** `missing`: of which deployment nobody is matched now. */
export function follow(gaps: Gaps, missing: string | undefined, at: number, id: () => string): Gaps {
  const { open, missed } = gaps;
  if (open?.deployment === missing) return gaps;
  const closed = open !== undefined && at - open.began >= SHORTEST_MS ? [...missed, { ...open, ended: at }] : missed;
  return { open: missing === undefined ? undefined : { id: id(), deployment: missing, began: at }, missed: closed };
}

/** What is still asked to be seen: of one that ended nothing is, once another is live; the record has it. */
export function asked(missed: Missed[], live: string[]): Missed[] {
  return live.length === 0 ? missed : missed.filter(({ deployment }) => live.includes(deployment));
}

/** A gap that a page before began, by its own clock: that of the device may have been set since. */
export function resumed(gap: Gap | undefined, at: number): Gap | undefined {
  return gap === undefined ? undefined : { ...gap, began: at - bounded(at - gap.began) };
}

/** Milliseconds in which nobody was matched, so far. */
export function total({ open, missed }: Gaps, at: number): number {
  const past = missed.reduce((sum, { began, ended }) => sum + ended - began, 0);
  return past + (open === undefined ? 0 : Math.max(0, at - open.began));
}
