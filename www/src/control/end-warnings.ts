import type { Deployment } from "../api/types";
import { strings } from "../strings";

/** What the end of a deployment leaves undone, and what of it can still be done then. */
export function endWarnings({ waiting }: Pick<Deployment, "waiting">): string[] {
  const words = strings.owed;
  const said: string[] = [];
  if (waiting.unwritten > 0) said.push(words.endUnwritten(waiting.unwritten));
  if (waiting.alerts > 0) said.push(words.endUndecided(waiting.alerts));
  if (waiting.sights > 0) said.push(words.endUnconfirmed(waiting.sights));
  return said;
}
