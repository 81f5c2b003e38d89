import type { Deployment } from "../../api/types";

/** Days before and after the present one that are shown at once. */
const BEFORE = 2;
export const DAYS = 10;

const DAY_MS = 86_400_000;

export type Span = { from: number; to: number };

/** When a deployment is or was to run. */
export function windowOf({ state, operation, created_at, ends_at }: Deployment): Span {
  const planned = operation === undefined ? created_at : operation.plan.starts_at;
  const from = state.kind === "live" || state.kind === "paused" ? state.started_at : planned;
  const to = state.kind === "ended" ? state.ended_at : ends_at;
  // One that was ended before it began has no length.
  return { from: Math.min(Date.parse(from), Date.parse(to)), to: Date.parse(to) };
}

/** Midnights, local time, of the days that are shown and of the one after; moved by so many pages of days. */
export function days(now: number, page: number): number[] {
  const today = new Date(now);
  // Days are counted by the calendar: one is 23 or 25 hours long when the clocks change.
  return Array.from({ length: DAYS + 1 }, (_, at) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - BEFORE + page * DAYS + at).getTime());
}

/** Where a moment stands between the first and the last midnight, 0 to 100. */
export function position(at: number, midnights: readonly number[]): number {
  const [first, last] = [midnights[0] ?? 0, midnights.at(-1) ?? DAY_MS];
  return (100 * (Math.min(Math.max(at, first), last) - first)) / (last - first);
}

/** A bar in hundredths of the drawing's width; nothing where the deployment lies outside it. */
export function bar({ from, to }: Span, midnights: readonly number[]): { x: number; width: number } | undefined {
  const [first, last] = [midnights[0] ?? 0, midnights.at(-1) ?? DAY_MS];
  if (to < first || from >= last) return undefined;
  const x = position(from, midnights);
  return { x, width: position(to, midnights) - x };
}
