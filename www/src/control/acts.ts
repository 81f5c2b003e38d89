import type { Act, Deployment } from "../api/types";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings";

/** Who did it, when, and why. */
export function actText({ what, at, by, reason }: Act): string {
  const words = strings.course;
  const time = dayAndTime(at);
  const text = by == null ? words.byItself[what](time) : words.by[what](by.name ?? strings.journal.removed, time);
  return reason == null ? text : words.because(text, reason);
}

/** How it ended, and by whom where whoever looks may know. */
export function endedText({ state, course }: Deployment): string {
  if (state.kind !== "ended") return "";
  const words = strings.pilot_page;
  const at = dayAndTime(state.ended_at);
  if (state.reason === "time") return words.endedByTime(at);
  const act = course.find(({ what, by, at: then }) => what === "ended" && by != null && then === state.ended_at);
  return act === undefined ? words.endedByPerson(at) : `${actText(act)}.`;
}

/** Whether somebody ended it before it was ever live, as far as whoever looks may know. */
export function isCancelled({ state, course }: Pick<Deployment, "state" | "course">): boolean {
  const acts = course.map(({ what }) => what);
  return state.kind === "ended" && state.reason === "by_person" && acts.includes("ended") && !acts.includes("started");
}
