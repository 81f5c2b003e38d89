import type { Deployment } from "../api/types";
import type { Live } from "../components/layout/layout";

/** What a header says of these deployments: compared is only where a camera looks. */
export function liveOf(deployments: readonly Deployment[]): Live {
  const live = deployments.filter(({ state }) => state.kind === "live");
  if (live.length === 0) return false;
  return live.every(({ waiting }) => waiting.unwatched_since != null) ? "unwatched" : true;
}
