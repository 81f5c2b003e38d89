import type { Deployment } from "../api/types";
import type { GuideStep } from "../components/guide/guide";

/** The next thing to do towards a first alert, from what there is. */
export function nextStep(pilots: Deployment[]): { step: GuideStep | "done"; pilot?: Deployment } {
  const live = pilots.find(({ state }) => state.kind === "live" || state.kind === "paused");
  if (live !== undefined) return { step: "done", pilot: live };
  // An operation is begun by other people, in other steps.
  const draft = pilots.find(({ state, operation }) => state.kind === "draft" && operation === undefined);
  if (draft === undefined) return { step: "pilot" };
  return { step: draft.entries > 0 ? "live" : "enrol", pilot: draft };
}
