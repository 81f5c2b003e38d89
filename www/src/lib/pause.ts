import type { DeploymentState } from "../api/types";
import { strings } from "../strings";
import { dayAndTime } from "./time";

export type Paused = Extract<DeploymentState, { kind: "paused" }>;

/** Since when nobody is matched, and why. */
export function pauseText({ pause: { cause, paused_at } }: Paused): string {
  const words = strings.pause;
  const at = dayAndTime(paused_at);
  return cause.kind === "person" ? words.byPerson(at, cause.reason ?? words.noReason) : words.byServer(at, cause.false_alerts, cause.faces_seen);
}
