import { useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment, DeploymentState } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { momentFaults } from "../components/field/day-errors";
import { SelectField, TextField } from "../components/field/field";
import { NAME, textErrors } from "../components/field/text-errors";
import { MomentField } from "../components/field/moment";
import { instantOf } from "../lib/moment";
import { localInput } from "../lib/time";
import { strings } from "../strings";
import { TARGETS, USUAL_TARGET } from "./targets";

const HOUR_MS = 3_600_000;
const USUAL_HOURS = 2;
const MOST_HOURS = 24;

export function StateTag({ state }: { state: DeploymentState }) {
  const [text, colour] = { draft: [strings.pilots.draft, "grey"], live: [strings.pilots.live, "green"], paused: [strings.pause.tag, "yellow"], ended: [strings.pilots.ended, "blue"] }[state.kind] as [string, string];
  return <strong class={`govuk-tag govuk-tag--${colour}`}>{text}</strong>;
}

/** What kind of deployment it is, and how far an operation's plan has come. */
export function KindTags({ pilot }: { pilot: Deployment }) {
  const stage = pilot.operation?.stage.kind;
  return (
    <>
      <strong class={`govuk-tag govuk-tag--${pilot.operation === undefined ? "yellow" : "purple"}`} data-testid="pilot-kind">
        {pilot.operation === undefined ? strings.kinds.exercise : strings.kinds.operation}
      </strong>{" "}
      {stage !== undefined && pilot.state.kind === "draft" && <strong class="govuk-tag govuk-tag--grey">{strings.operation.stages[stage]}</strong>}{" "}
    </>
  );
}

/** An exercise with volunteers, from its name to its end time. */
export function NewPilot({ onCreated }: { onCreated: (pilot: Deployment) => void }) {
  const [name, setName] = useState("");
  const [place, setPlace] = useState("");
  const [ends, setEnds] = useState(() => localInput(new Date(Date.now() + USUAL_HOURS * HOUR_MS)));
  const [target, setTarget] = useState(String(USUAL_TARGET));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const found: FieldError[] = [];
    const end = instantOf(ends);
    if (name.trim() === "") found.push({ field: "pilot-name", text: strings.pilots.nameMissing });
    if (place.trim() === "") found.push({ field: "pilot-place", text: strings.pilots.placeMissing });
    found.push(...textErrors(["pilot-name", strings.pilots.name, name, NAME], ["pilot-place", strings.pilots.place, place, NAME]));
    if (Number.isNaN(end)) found.push(...momentFaults("pilot-ends", strings.pilots.ends, ends, strings.pilots.endsMissing));
    else if (end <= Date.now()) found.push({ field: "pilot-ends", text: strings.pilots.endsPast });
    else if (end > Date.now() + MOST_HOURS * HOUR_MS) found.push({ field: "pilot-ends", text: strings.pilots.endsFar });
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    const result = await ask(api.POST("/v1/deployments", { body: { name: name.trim(), place: place.trim(), ends_at: new Date(end).toISOString(), target_fpir_one_in: Number(target) } }));
    setBusy(false);
    if (result.ok) onCreated(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  };

  return (
    <form onSubmit={submit} noValidate class="v-form v-section" data-testid="new-pilot" id="start-pilot">
      <ErrorSummary errors={errors} />
      <h2 class="govuk-heading-m">{strings.pilots.startTitle}</h2>
      <p class="govuk-body">{strings.pilots.lead}</p>
      <TextField id="pilot-name" label={strings.pilots.name} hint={strings.pilots.nameHint} value={name} onInput={setName} limit={NAME} error={errorFor(errors, "pilot-name")} />
      <TextField id="pilot-place" label={strings.pilots.place} hint={strings.pilots.placeHint} value={place} onInput={setPlace} limit={NAME} error={errorFor(errors, "pilot-place")} />
      <MomentField id="pilot-ends" label={strings.pilots.ends} hint={strings.pilots.endsHint} value={ends} onInput={setEnds} errors={errors} />
      <SelectField
        id="pilot-target"
        label={strings.pilots.target}
        hint={strings.pilots.targetHint}
        value={target}
        onInput={setTarget}
        options={TARGETS.map((oneIn) => ({ value: String(oneIn), text: strings.pilots.targetOption(oneIn, oneIn === USUAL_TARGET) }))}
      />
      <Button submit busy={busy} testId="pilot-submit">
        {strings.pilots.submit}
      </Button>
    </form>
  );
}
