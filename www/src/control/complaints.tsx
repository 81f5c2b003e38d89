import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Complaint, ComplaintOutcome, Deployment, Duty } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { momentFaults } from "../components/field/day-errors";
import { SelectField, TextArea, TextField } from "../components/field/field";
import { NAME, TEXT, textErrors } from "../components/field/text-errors";
import { MomentField } from "../components/field/moment";
import { instantOf } from "../lib/moment";
import { dateAndTime, localInput } from "../lib/time";
import { strings } from "../strings";
import { AlertChoice, NOTHING, type Choice } from "./alert-choice";
import { BackToRecords } from "./records";

const OUTCOMES = Object.keys(strings.complaints.outcomes) as ComplaintOutcome[];

/** What people complained about, and what came of it (R98). */
export function Complaints({ duties, about }: { duties: Duty[]; about: Choice | undefined }) {
  const [complaints, setComplaints] = useState<Complaint[]>();
  const [unrecorded, setUnrecorded] = useState<Deployment[]>([]);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [done, setDone] = useState<string>();
  const words = strings.complaints;

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/complaints"));
    if (result.ok) setComplaints(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  }, []);
  const loadUnrecorded = useCallback(async () => {
    const result = await ask(api.GET("/v1/deployments"));
    if (result.ok) setUnrecorded(result.value.filter(({ complaints_unrecorded }) => complaints_unrecorded > 0));
  }, []);
  useEffect(() => void loadUnrecorded(), []);
  const [reads, records] = [duties.includes("report"), duties.includes("record_complaints")];
  useEffect(() => {
    if (reads) void load();
  }, [reads]);

  const changed = async (said: string) => {
    setErrors([]);
    setDone(said);
    await loadUnrecorded();
    if (reads) await load();
  };

  return (
    <>
      <BackToRecords />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {done !== undefined && <Notice testId="complaint-done">{done}</Notice>}
      {unrecorded.length > 0 && (
        <section class="govuk-inset-text" aria-labelledby="complaints-unrecorded" data-testid="complaints-unrecorded">
          <h2 class="govuk-heading-s" id="complaints-unrecorded">
            {words.unrecordedTitle}
          </h2>
          <ul class="govuk-list govuk-list--spaced">
            {unrecorded.map(({ id, name, duties: here, complaints_unrecorded }) => (
              <li key={id}>{here.includes("record_complaints") ? <a href={`#/complaints/${id}`}>{words.unrecordedOf(name, complaints_unrecorded)}</a> : words.unrecordedOf(name, complaints_unrecorded)}</li>
            ))}
          </ul>
        </section>
      )}
      {reads && (
        <section aria-labelledby="complaints-list">
          <h2 class="govuk-heading-m" id="complaints-list">
            {words.list}
          </h2>
          {complaints === undefined ? errors.length === 0 && <p class="govuk-body">{strings.loading}</p> : complaints.length === 0 && <p class="govuk-body">{words.none}</p>}
          {complaints?.map((complaint) => (
            <ComplaintCard key={complaint.id} complaint={complaint} settles={duties.includes("settle_complaints") && !complaint.own} onClosed={() => changed(words.closed)} />
          ))}
        </section>
      )}
      {records && <NewComplaint about={about} onRecorded={(frozen) => changed(frozen ? words.recordedFrozen : words.recorded)} />}
    </>
  );
}

function ComplaintCard({ complaint, settles, onClosed }: { complaint: Complaint; settles: boolean; onClosed: () => Promise<void> }) {
  const [closing, setClosing] = useState(false);
  const words = strings.complaints;
  const { state } = complaint;
  return (
    <div class="v-case" data-testid="complaint">
      <Card
        title={words.heading(complaint.deployment_name, dateAndTime(complaint.received_at))}
        actions={
          state.kind === "open" && settles && !closing ? (
            <Button kind="secondary" onPress={() => setClosing(true)} testId="complaint-close-open">
              {words.close}
            </Button>
          ) : undefined
        }
      >
        <p>
          <strong class={`govuk-tag govuk-tag--${state.kind === "open" ? "yellow" : "grey"}`} data-testid="complaint-state" data-state={state.kind}>
            {words.states[state.kind]}
          </strong>{" "}
          {state.kind === "closed" && words.closedAs(words.outcomes[state.outcome], state.by.name, dateAndTime(state.at))}
        </p>
        {complaint.text != null && <p class="v-plan__text">{complaint.text}</p>}
        {state.kind === "closed" && state.note != null && <p class="v-plan__text">{state.note}</p>}
        <p class="govuk-hint">
          {complaint.received_by != null && words.receivedBy(complaint.received_by)} {words.recordedBy(complaint.recorded_by.name)}{" "}
          {complaint.alert != null && (complaint.hold != null ? words.frozen : words.aboutAlert)}
        </p>
        {state.kind === "open" && complaint.own && <p class="govuk-hint">{words.own}</p>}
      </Card>
      {closing && <Closing id={complaint.id} onClosed={onClosed} />}
    </div>
  );
}

function Closing({ id, onClosed }: { id: string; onClosed: () => Promise<void> }) {
  const [outcome, setOutcome] = useState<ComplaintOutcome | "">("");
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.complaints;
  const close = async () => {
    const missing = [
      ...(outcome === "" ? [{ field: `outcome-${id}`, text: words.outcomeMissing }] : []),
      ...(note.trim() === "" ? [{ field: `outcome-note-${id}`, text: words.noteMissing }] : []),
      ...textErrors([`outcome-note-${id}`, words.note, note, TEXT]),
    ];
    setErrors(missing);
    if (outcome === "" || missing.length > 0) return;
    const result = await ask(api.POST("/v1/complaints/{id}/outcome", { params: { path: { id } }, body: { outcome, note: note.trim() } }));
    if (result.ok) await onClosed();
    else setErrors([{ field: `outcome-${id}`, text: problemText(result.problem) }]);
  };
  return (
    <div class="v-form" data-testid="complaint-closing">
      <SelectField
        id={`outcome-${id}`}
        label={words.outcome}
        value={outcome}
        onInput={(value) => setOutcome(value as ComplaintOutcome | "")}
        options={[{ value: "", text: strings.records.choose }, ...OUTCOMES.map((each) => ({ value: each, text: words.outcomes[each] }))]}
        error={errorFor(errors, `outcome-${id}`)}
      />
      <TextArea id={`outcome-note-${id}`} label={words.note} value={note} onInput={setNote} limit={TEXT} error={errorFor(errors, `outcome-note-${id}`)} />
      <Button onPress={close} testId="complaint-close">
        {words.close}
      </Button>
    </div>
  );
}

function NewComplaint({ about, onRecorded }: { about: Choice | undefined; onRecorded: (frozen: boolean) => Promise<void> }) {
  const [choice, setChoice] = useState(about ?? NOTHING);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (about === undefined) return;
    setChoice(about);
    form.current?.scrollIntoView({ block: "start" });
  }, [about?.deployment, about?.alert]);
  const [receivedAt, setReceivedAt] = useState(() => localInput(new Date()));
  const [receivedBy, setReceivedBy] = useState("");
  const [text, setText] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.complaints;
  const record = async (event: Event) => {
    event.preventDefault();
    const at = instantOf(receivedAt);
    const missing = [
      ...(choice.deployment === "" ? [{ field: "complaint-deployment", text: strings.records.deploymentMissing }] : []),
      ...(Number.isNaN(at) ? momentFaults("complaint-received-at", words.receivedAt, receivedAt, words.receivedAtWrong) : at > Date.now() ? [{ field: "complaint-received-at", text: words.receivedAtWrong }] : []),
      ...(receivedBy.trim() === "" ? [{ field: "complaint-received-by", text: words.receivedByMissing }] : []),
      ...(text.trim() === "" ? [{ field: "complaint-text", text: words.textMissing }] : []),
      ...textErrors(["complaint-received-by", words.receivedByWhom, receivedBy, NAME], ["complaint-text", words.text, text, TEXT]),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const body = { alert: choice.alert === "" ? null : choice.alert, received_at: new Date(at).toISOString(), received_by: receivedBy.trim(), text: text.trim() };
    const result = await ask(api.POST("/v1/deployments/{id}/complaints", { params: { path: { id: choice.deployment } }, body }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setChoice(NOTHING);
    setReceivedBy("");
    setText("");
    await onRecorded(result.value.hold != null);
  };
  return (
    <form ref={form} class="v-form v-section" onSubmit={record} noValidate data-testid="complaint-form">
      <ErrorSummary errors={errors} />
      <h2 class="govuk-heading-m">{words.newTitle}</h2>
      <p class="govuk-body">{words.newLead}</p>
      <AlertChoice id="complaint" choice={choice} onChoice={setChoice} none={words.noAlert} errors={errors} />
      <MomentField id="complaint-received-at" label={words.receivedAt} value={receivedAt} onInput={setReceivedAt} errors={errors} />
      <TextField id="complaint-received-by" label={words.receivedByWhom} value={receivedBy} onInput={setReceivedBy} limit={NAME} error={errorFor(errors, "complaint-received-by")} />
      <TextArea id="complaint-text" label={words.text} hint={words.textHint} rows={4} value={text} onInput={setText} limit={TEXT} error={errorFor(errors, "complaint-text")} />
      <Button submit testId="complaint-record">
        {words.record}
      </Button>
    </form>
  );
}
