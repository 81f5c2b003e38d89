import { useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment, DeploymentState, Duty } from "../api/types";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { SelectField, TextField } from "../components/field/field";
import { Guide } from "../components/guide/guide";
import { dayAndTime, localInput } from "../lib/time";
import { strings } from "../strings";
import { nextStep } from "./next-step";
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

export function Pilots({ pilots, duties, onCreated }: { pilots: Deployment[]; duties: Duty[]; onCreated: (pilot: Deployment) => void }) {
  const rehearses = duties.includes("rehearse");
  const { step, pilot } = nextStep(pilots);
  const links = pilot === undefined ? { pilot: "#start-pilot" } : { enrol: `#/pilot/${pilot.id}`, live: `#/pilot/${pilot.id}` };
  return (
    <>
      {rehearses && duties.includes("decide") && <Guide current={step} links={links} />}
      <h1 class="govuk-heading-l">{strings.pilots.title}</h1>
      {!rehearses && duties.includes("decide") && <p class="govuk-body">{strings.control.officerOnly}</p>}
      {duties.includes("plan") && (
        <a class="govuk-button v-button" href="#/plan" data-testid="plan-operation">
          {strings.plan.start}
        </a>
      )}
      {pilots.length === 0 && !rehearses && <p class="govuk-body">{strings.pilots.none}</p>}
      {pilots.length > 0 && (
        <section aria-labelledby="pilots-list" class="v-section">
          <h2 class="govuk-heading-m" id="pilots-list">
            {strings.pilots.list}
          </h2>
          {pilots.map((each) => (
            <Card
              key={each.id}
              testId="pilot-row"
              title={<a href={`#/pilot/${each.id}`}>{each.name}</a>}
              actions={
                each.state.kind === "ended" ? undefined : (
                  <a class="govuk-button govuk-button--secondary v-button" href={`#/pilot/${each.id}`} aria-label={strings.pilots.open(each.name)}>
                    {strings.pilots.openShort}
                  </a>
                )
              }
            >
              <p>
                <KindTags pilot={each} />
                <StateTag state={each.state} /> {each.place}
              </p>
              <p class="govuk-hint">
                {strings.pilots.endsAt(dayAndTime(each.state.kind === "ended" ? each.state.ended_at : each.ends_at), each.state.kind === "ended")}
                {each.state.kind !== "ended" && `, ${strings.pilots.entries(each.entries)}`}
              </p>
            </Card>
          ))}
        </section>
      )}
      {rehearses && <NewPilot onCreated={onCreated} />}
    </>
  );
}

function NewPilot({ onCreated }: { onCreated: (pilot: Deployment) => void }) {
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
    const end = new Date(ends);
    if (name.trim() === "") found.push({ field: "pilot-name", text: strings.pilots.nameMissing });
    if (place.trim() === "") found.push({ field: "pilot-place", text: strings.pilots.placeMissing });
    if (ends === "" || Number.isNaN(end.getTime())) found.push({ field: "pilot-ends", text: strings.pilots.endsMissing });
    else if (end.getTime() <= Date.now()) found.push({ field: "pilot-ends", text: strings.pilots.endsPast });
    else if (end.getTime() > Date.now() + MOST_HOURS * HOUR_MS) found.push({ field: "pilot-ends", text: strings.pilots.endsFar });
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    const result = await ask(api.POST("/v1/deployments", { body: { name: name.trim(), place: place.trim(), ends_at: end.toISOString(), target_fpir_one_in: Number(target) } }));
    setBusy(false);
    if (result.ok) onCreated(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  };

  return (
    <form onSubmit={submit} noValidate class="v-form v-section" data-testid="new-pilot" id="start-pilot">
      <ErrorSummary errors={errors} />
      <h2 class="govuk-heading-m">{strings.pilots.startTitle}</h2>
      <p class="govuk-body">{strings.pilots.lead}</p>
      <TextField id="pilot-name" label={strings.pilots.name} hint={strings.pilots.nameHint} value={name} onInput={setName} maxLength={80} error={errorFor(errors, "pilot-name")} />
      <TextField id="pilot-place" label={strings.pilots.place} hint={strings.pilots.placeHint} value={place} onInput={setPlace} maxLength={80} error={errorFor(errors, "pilot-place")} />
      <TextField
        id="pilot-ends"
        label={strings.pilots.ends}
        hint={strings.pilots.endsHint}
        type="datetime-local"
        narrow
        value={ends}
        onInput={setEnds}
        min={localInput(new Date())}
        max={localInput(new Date(Date.now() + MOST_HOURS * HOUR_MS))}
        error={errorFor(errors, "pilot-ends")}
      />
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
