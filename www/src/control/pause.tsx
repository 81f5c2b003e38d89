import { useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, type FieldError } from "../components/error-summary/error-summary";
import { pauseText } from "../lib/pause";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings";
import { actText } from "./acts";
import { Reason } from "./operation";

type Props = { pilot: Deployment; onChanged: (pilot: Deployment) => void };

/** Nobody is matched, and nothing is deleted meanwhile. Goes on with a reason. */
export function PausedPanel({ pilot, onChanged }: Props) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.pause;
  if (pilot.state.kind !== "paused") return null;
  const { paused_at } = pilot.state.pause;
  const by = pilot.course.find((act) => act.what === "paused" && act.by != null && act.at === paused_at);
  const resume = async (reason: string) => {
    const result = await ask(api.POST("/v1/deployments/{id}/resume", { params: { path: { id: pilot.id } }, body: { reason } }));
    setErrors(result.ok ? [] : [{ text: problemText(result.problem) }]);
    if (result.ok) onChanged(result.value);
  };
  return (
    <section class="v-notice v-notice--error v-paused" data-testid="pilot-paused" data-cause={pilot.state.pause.cause.kind} aria-labelledby="paused">
      <ErrorSummary errors={errors} />
      <h2 class="govuk-heading-m" id="paused">
        {words.title}
      </h2>
      <p>{by === undefined ? pauseText(pilot.state) : actText(by)}</p>
      <p>{words.meanwhile(dayAndTime(pilot.ends_at))}</p>
      {pilot.duties.includes("resume") ? <Reason title={words.resumeTitle} button={words.resume} testId="pilot-resume" onReason={resume} /> : <p>{words.waits}</p>}
    </section>
  );
}

/** Matching is paused on every device, with a reason. */
export function PauseStep({ pilot, onChanged }: Props) {
  const [asked, setAsked] = useState(false);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.pause;
  if (pilot.state.kind !== "live" || !pilot.duties.includes("pause")) return null;
  const pause = async (reason: string) => {
    const result = await ask(api.POST("/v1/deployments/{id}/pause", { params: { path: { id: pilot.id } }, body: { reason } }));
    setErrors(result.ok ? [] : [{ text: problemText(result.problem) }]);
    if (!result.ok) return;
    setAsked(false);
    onChanged(result.value);
  };
  if (!asked) {
    return (
      <Button kind="secondary" onPress={() => setAsked(true)} testId="pilot-pause-open">
        {words.pause}
      </Button>
    );
  }
  return (
    <div class="v-pilot__wide">
      <ErrorSummary errors={errors} />
      <Reason level="h2" title={words.pauseTitle} button={words.pause} testId="pilot-pause" onReason={pause} />
    </div>
  );
}
