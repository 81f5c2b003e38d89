import type { Deployment } from "../api/types";
import type { GuideStep } from "../components/guide/guide";

function runs({ state }: Deployment): boolean {
  return state.kind === "live" || state.kind === "paused";
}

/** The steps towards a first alert that are done, and still are: whoever was taken off the list again is to be enrolled anew. */
export function doneSteps(pilot: Deployment | undefined): GuideStep[] {
  if (pilot === undefined) return ["admin"];
  return ["admin", "pilot", ...(pilot.sought > 0 ? (["enrol"] as const) : []), ...(runs(pilot) ? (["live"] as const) : [])];
}

/** The pilot that is furthest towards a first alert, if there is one. */
export function furthest(pilots: Deployment[]): Deployment | undefined {
  const live = pilots.filter(runs);
  // An operation is begun by other people, in other steps.
  return live.find(({ sought }) => sought > 0) ?? live[0] ?? pilots.find(({ state, operation }) => state.kind === "draft" && operation === undefined);
}
