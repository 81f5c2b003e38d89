import type { LaneShut } from "../api/types";
import type { NoCamera } from "../live/camera";
import type { Ask, Fault, Hint, Standing } from "../vision/wasm/vedette.js";
import type { Sent } from "../vision/protocol";
import { whyOf, type Why } from "./guidance";

/** Attempts that come to nothing before the person is sent to the staffed lane (R123). */
export const MOST_ATTEMPTS = 3;
/** From the moment a face was taken for a head to the end screen, whatever the server answers and however soon: a wait that a match made longer would tell of it (R120). */
export const FINISH_MS = 3_000;
/** The end screen stands so long. */
export const THANKS_MS = 6_000;
/** One attempt, all in all. */
export const ATTEMPT_MS = 30_000;
/** Whoever walked away is not waited for. */
export const NOBODY_MS = 10_000;
/** A screen that asks something goes back to the start when nobody answers. */
export const UNANSWERED_MS = 20_000;
/** The way to the staffed lane is shown so long. */
export const STAFFED_MS = 12_000;

/** How an attempt ended, as it is counted. `left`: the person went away, or chose the staffed lane. */
export type Outcome = "answered" | "unclear" | "unproven" | "left";

export type Closed = LaneShut | "server" | `camera_${NoCamera}` | "engine" | "signed_out" | "unpaired";

type Held = Extract<Closed, "paused" | "false_alerts" | "nobody_responsible">;

/** What the screen says of it. The public reads it: what happened in a deployment that was to run is for the control room to say. */
export function saidOf(why: Closed): Exclude<Closed, Held> | "held" {
  return why === "paused" || why === "false_alerts" || why === "nobody_responsible" ? "held" : why;
}

export type Stage =
  | { kind: "welcome" }
  /** `ask` and `hint`: what was asked at the latest look, and what stood in the way. `turned`: whether a turn was asked yet. */
  | { kind: "capturing"; attempt: number; since: number; seen: number; ask: Ask; turned: boolean; hint?: Hint | undefined; answered: boolean; failing: boolean }
  | { kind: "finishing"; attempt: number; since: number; answered: boolean; failing: boolean }
  | { kind: "thanks"; since: number }
  | { kind: "again"; attempt: number; since: number; why?: Why | undefined; ask: Ask }
  | { kind: "staffed"; chosen: boolean; since: number };

export type Event =
  | { kind: "start"; now: number }
  | { kind: "look"; standing: Standing; hint?: Hint | undefined; now: number }
  | { kind: "sent"; outcome: Sent }
  | { kind: "staffed_lane"; now: number }
  | { kind: "home" }
  | { kind: "time"; now: number };

/** What a step says to count; each attempt is counted once. */
export type Counted = { outcome: Outcome; staffed: boolean };
export type Stepped = { stage: Stage; counted?: Counted };

export const WELCOME: Stage = { kind: "welcome" };

function failed(attempt: number, outcome: "unclear" | "unproven", now: number, why?: Why, ask: Ask = "ahead"): Stepped {
  const staffed = attempt >= MOST_ATTEMPTS;
  return { stage: staffed ? { kind: "staffed", chosen: false, since: now } : { kind: "again", attempt, since: now, why, ask }, counted: { outcome, staffed } };
}

/** Who is looked at fails on the way through the turns, or is another one after them. */
function unproven(stage: Extract<Stage, { kind: "capturing" | "finishing" }>, fault: Fault, hint: Hint | undefined, now: number): Stepped {
  const { ask, turned } = stage.kind === "capturing" ? stage : { ask: "ahead" as const, turned: true };
  return failed(stage.attempt, "unproven", now, whyOf(fault, hint, ask, turned), ask);
}

/** The whole course of a visit. What the server found has no part in it: only that it answered. */
export function step(stage: Stage, event: Event): Stepped {
  switch (event.kind) {
    case "start":
      if (stage.kind !== "welcome" && stage.kind !== "again") return { stage };
      return { stage: { kind: "capturing", attempt: stage.kind === "again" ? stage.attempt + 1 : 1, since: event.now, seen: event.now, ask: "ahead", turned: false, answered: false, failing: false } };
    case "staffed_lane":
      if (stage.kind === "capturing" || stage.kind === "finishing") return { stage: { kind: "staffed", chosen: true, since: event.now }, counted: { outcome: "left", staffed: false } };
      return { stage: { kind: "staffed", chosen: true, since: event.now } };
    case "home":
      if (stage.kind === "capturing" || stage.kind === "finishing") return { stage: WELCOME, counted: { outcome: "left", staffed: false } };
      return { stage: WELCOME };
    case "sent":
      if (stage.kind !== "capturing" && stage.kind !== "finishing") return { stage };
      return { stage: event.outcome.kind === "answered" ? { ...stage, answered: true } : { ...stage, failing: true } };
    case "look":
      if (stage.kind === "finishing" && event.standing.kind === "failed") return stage.answered ? { stage } : unproven(stage, event.standing.fault, event.hint, event.now);
      if (stage.kind !== "capturing") return { stage };
      if (event.standing.kind === "failed") return unproven(stage, event.standing.fault, event.hint, event.now);
      if (event.standing.kind === "passed") return { stage: { kind: "finishing", attempt: stage.attempt, since: event.now, answered: stage.answered, failing: stage.failing } };
      return { stage: { ...stage, ask: event.standing.ask, turned: stage.turned || event.standing.ask !== "ahead", hint: event.hint, seen: event.hint === "nobody" ? stage.seen : event.now } };
    case "time":
      return later(stage, event.now);
  }
}

function later(stage: Stage, now: number): Stepped {
  switch (stage.kind) {
    case "welcome":
      return { stage };
    case "capturing":
      if (now - stage.seen >= NOBODY_MS) return { stage: WELCOME, counted: { outcome: "left", staffed: false } };
      return now - stage.since >= ATTEMPT_MS ? failed(stage.attempt, "unclear", now, whyOf(undefined, stage.hint, stage.ask, stage.turned), stage.ask) : { stage };
    case "finishing":
      if (now - stage.since < FINISH_MS) return { stage };
      if (stage.answered) return { stage: { kind: "thanks", since: now }, counted: { outcome: "answered", staffed: false } };
      // A server that doesn't answer won't for the next attempt either.
      if (stage.failing) return { stage: { kind: "staffed", chosen: false, since: now }, counted: { outcome: "unclear", staffed: true } };
      return failed(stage.attempt, "unclear", now);
    case "thanks":
      return { stage: now - stage.since >= THANKS_MS ? WELCOME : stage };
    case "again":
      return { stage: now - stage.since >= UNANSWERED_MS ? WELCOME : stage };
    case "staffed":
      return { stage: now - stage.since >= STAFFED_MS ? WELCOME : stage };
  }
}
