import type { Deployment } from "../api/types";
import { clockTime, dayAndTime } from "../lib/time";
import { strings } from "../strings";

const DAY_MS = 86_400_000;

/** When no camera looks at a live deployment: what that means, since when, and what to do. */
export function Unwatched({ pilot, devices }: { pilot: Deployment; /** Whether the page has what each device said. */ devices: boolean }) {
  const words = strings.unwatched;
  const since = pilot.waiting.unwatched_since;
  return (
    // Only a change is read out, so it is there before there is anything to say.
    <div role="alert">
      {pilot.state.kind === "live" && since != null && (
        <div class="v-notice v-notice--error" data-testid="unwatched">
          <h2 class="govuk-heading-m">{words.title}</h2>
          <p class="govuk-body">
            {words.since(Date.now() - Date.parse(since) < DAY_MS ? clockTime(since) : dayAndTime(since))} {words.todo} {devices && words.devices}
          </p>
        </div>
      )}
    </div>
  );
}
