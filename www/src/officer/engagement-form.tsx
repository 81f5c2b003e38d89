import type { ComponentChildren } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasSlug, problemText } from "../api/problem";
import type { Alert, CheckKind, LawfulBasis, Observation } from "../api/types";
import { Button } from "../components/button/button";
import { Choices } from "../components/choices/choices";
import { ErrorSummary, errorFor, unanswered, type FieldError } from "../components/error-summary/error-summary";
import { timeErrors } from "../components/field/day-errors";
import { TextArea, TextField, TimeField } from "../components/field/field";
import { textErrors } from "../components/field/text-errors";
import { Numbered } from "../lib/delivery";
import { clockTime } from "../lib/time";
import { strings } from "../strings";
import { bare, clockOf, draftOf, isCheck, missing, MINUTES, MOST_OTHERS, outcomesFor, questions, recorded, type CheckDraft, type Draft, type HalfWritten, type Question } from "./engagement";
import { KeptHere } from "./offline";
import type { Writing } from "./outbox";
import { mayTell, type Matched } from "./steps";
import { DraftsContext } from "./use-drafts";
import { OutboxContext } from "./use-outbox";

const words = strings.intervention;

const YES_NO = [
  { value: "yes", text: words.yes },
  { value: "no", text: words.no },
];

/** What is chosen from, in the order of its words. */
const options = <Value extends string>(texts: Record<Value, string>) => (Object.keys(texts) as Value[]).map((value) => ({ value, text: texts[value] }));

type Props = {
  alert: Matched;
  /** Whether people may be spoken to; if not, only that nobody was can be recorded. */
  mayEngage: boolean;
  /** Names and notes can't be recorded any more. */
  afterEnd?: boolean;
  /** Whether an answer was given here just now, so that a second touch is a slip. */
  resting?: boolean;
  me: { id: string; name: string };
  /** It was begun or touched, or put away. */
  onWriting: (match: string, writing: boolean) => void;
  onAlerts: (alerts: Alert[]) => void;
  onStale: () => void;
};

/** What came of a match, what is recorded of it, and what may be put right. */
export function Engagement({ alert, mayEngage, afterEnd = false, resting = false, me, onWriting, onAlerts, onStale }: Props) {
  const { engagement } = alert.state;
  const outbox = useContext(OutboxContext);
  const drafts = useContext(DraftsContext);
  // What is on its way is not written a second time.
  const waits = outbox.kept.some((kept) => kept.alert === alert.id && kept.writing.kind === "engagement");
  const mayWrite = mayTell(alert, me.id) && !waits;
  const [form, setForm] = useState<"engagement" | "check">();
  /** The form was begun before the end. */
  const [carried, setCarried] = useState(false);
  const halfWritten = drafts.of(alert.id);
  useEffect(() => {
    // A page before was left while this was being written, or the end came.
    if (waits || halfWritten === undefined) return;
    setForm((now) => now ?? (isCheck(halfWritten) ? "check" : "engagement"));
    setCarried(afterEnd);
  }, [drafts]);
  useEffect(() => {
    if (form === undefined) return undefined;
    onWriting(alert.id, true);
    return () => onWriting(alert.id, false);
  }, [form]);

  const numbered = useMemo(() => new Numbered(), [form]);
  const putAway = () => {
    drafts.drop(alert.id);
    setForm(undefined);
    setCarried(false);
  };
  const onDraft = (draft: HalfWritten | undefined) => (draft === undefined ? drafts.sent(alert.id) : drafts.keep(alert, draft));
  /** `what`: by which the same again is known. */
  const save = async (writing: Writing, what: unknown): Promise<string | undefined> => {
    const written = await outbox.write(alert, writing, numbered.of([alert.id, what]));
    if (written.kind !== "refused") {
      putAway();
      if (written.kind === "taken") onAlerts([written.alert]);
      return undefined;
    }
    if (hasSlug(written.problem, "already-engaged") || hasSlug(written.problem, "version-changed")) onStale();
    return words.notSaved(problemText(written.problem));
  };

  const spoken = engagement != null && (engagement.outcome.kind === "engaged_true" || engagement.outcome.kind === "engaged_false");
  return (
    <div class="v-engagement" onFocusIn={() => form !== undefined && onWriting(alert.id, true)}>
      {engagement != null && (
        <p class="v-alert__outcome" data-testid="alert-engagement" data-outcome={engagement.outcome.kind}>
          {words.toldBy(told(engagement.outcome), [engagement.by.name, ...engagement.officers].join(", "), clockTime(engagement.at))}
        </p>
      )}
      {engagement != null && form === undefined && complained(engagement.outcome) && (
        <p class="v-alert__next" data-testid="complaint-next">
          {words.complained}{" "}
          <a class="v-alert__link" href={`/control.html#/complaints/${alert.deployment}/${alert.id}`} target="_blank" rel="noopener">
            {words.recordComplaint}
          </a>
        </p>
      )}
      {alert.identity_checks.map(({ kind, lawful_basis, at, by }) => (
        <p key={kind + at} class="v-alert__outcome" data-testid="identity-check">
          {words.checked(words.checkKinds[kind], clockTime(at), by.name, words.checkBases[lawful_basis])}
        </p>
      ))}
      {engagement != null && engagement.outcome.kind === "engaged_false" && engagement.by.id === me.id && form === undefined && (
        <Observe alert={alert} counted={engagement.observed} onStale={onStale} />
      )}
      <KeptHere alert={alert.id} />
      {form === "engagement" && (
        <EngagementForm
          alert={alert}
          mayEngage={mayEngage}
          afterEnd={afterEnd}
          me={me.name}
          kept={halfWritten === undefined || isCheck(halfWritten) ? undefined : afterEnd ? bare(halfWritten) : halfWritten}
          told={(carried || drafts.isCut(alert.id)) && <CarriedOver cut={drafts.isCut(alert.id)} />}
          overtaken={mayWrite || waits ? undefined : overtakenBy(alert)}
          onDraft={onDraft}
          onCancel={putAway}
          onSave={(body) => save({ kind: "engagement", version: alert.version, body }, body)}
        />
      )}
      {form === "check" && (
        <CheckForm
          kept={halfWritten !== undefined && isCheck(halfWritten) ? halfWritten : undefined}
          told={carried && <CarriedOver cut={false} />}
          onDraft={onDraft}
          onCancel={putAway}
          onSave={(body) => save({ kind: "check", body }, [body.kind, body.lawful_basis])}
        />
      )}
      {form === undefined && (
        <div class="v-engagement__buttons">
          {mayWrite && (
            <Button kind={engagement == null && mayEngage ? "primary" : "secondary"} inactive={resting} onPress={() => setForm("engagement")} testId="engagement-open">
              {engagement == null ? words.record : words.correct}
            </Button>
          )}
          {alert.state.withdrawn == null && (spoken || (engagement == null && mayEngage)) && (
            <Button kind="secondary" inactive={resting} onPress={() => setForm("check")} testId="check-open">
              {words.check}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** The end came while this was being written. */
function CarriedOver({ cut }: { cut: boolean }) {
  return (
    <p class="v-engagement__told" role="status" data-testid="carried-over" data-cut={cut}>
      <strong>{strings.onDuty.ended}</strong> {cut ? strings.onDuty.textsCut : strings.onDuty.answersStand}
    </p>
  );
}

/** Why what is being written can't be recorded any more: somebody else was quicker. */
function overtakenBy({ state: { engagement, sight } }: Matched): string | undefined {
  if (engagement != null) return strings.onDuty.toldAlready(engagement.by.name, clockTime(engagement.at));
  return sight?.verdict === "not_confirmed" ? strings.onDuty.ruledOutOnSight(sight.by.name, clockTime(sight.at)) : undefined;
}

type Outcome = NonNullable<Matched["state"]["engagement"]>["outcome"];

function complained(outcome: Outcome): boolean {
  return (outcome.kind === "engaged_true" || outcome.kind === "engaged_false") && outcome.contact.complaint;
}

function told(outcome: Outcome): string {
  switch (outcome.kind) {
    case "lost":
      return words.told.lost;
    case "not_engaged":
      return words.told.not_engaged(words.reasons[outcome.reason]);
    case "engaged_true":
    case "engaged_false": {
      const { started_at, minutes, disposal } = outcome.contact;
      return words.toldDisposal(words.told[outcome.kind](clockOf(new Date(started_at)), minutes), words.disposals[disposal]);
    }
  }
}

/** A form that was asked for stands at the top of the screen, and the keyboard goes on in it. */
function useBroughtUp() {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: "start" });
  }, []);
  return form;
}

type FormProps = {
  alert: Matched;
  mayEngage: boolean;
  afterEnd: boolean;
  me: string;
  /** What was written of it before. */
  kept: Draft | undefined;
  /** What became of it meanwhile. */
  told: ComponentChildren;
  /** Why it can't be recorded any more; what was written stays to be read. */
  overtaken: string | undefined;
  /** With nothing, it is on its way. */
  onDraft: (draft: Draft | undefined) => void;
  onCancel: () => void;
  onSave: (body: NonNullable<ReturnType<typeof recorded>>) => Promise<string | undefined>;
};

const OTHERS = { most: 400, lines: false };
const NOTE = { most: 2_000, lines: true };

/** Every question is one touch, and only those that follow from the first answer are asked. */
function EngagementForm({ alert, mayEngage, afterEnd, me, kept, told: before, overtaken, onDraft, onCancel, onSave }: FormProps) {
  const { engagement, sight, at } = alert.state;
  // Whoever was confirmed on sight was spoken to soon after.
  const [draft, setDraft] = useState<Draft>(() => kept ?? (engagement != null ? draftOf(engagement) : { began: clockOf(new Date(sight?.at ?? at)), others: "", note: "" }));
  const first = useRef(draft);
  useEffect(() => {
    if (draft !== first.current) onDraft(draft);
  }, [draft]);
  const [told, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);
  const top = useBroughtUp();
  const asks = questions(draft);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const field = (question: Question) => `engagement-${question}`;
  const lacking = [
    ...missing(draft).flatMap((question) => (question === "began" && draft.began.trim() !== "" ? timeErrors(field("began"), words.began, draft.began) : [{ field: field(question), text: words.missing[question] }])),
    ...(afterEnd ? [] : textErrors(["engagement-others", words.others, draft.others, OTHERS], ["engagement-note", words.note, draft.note, NOTE])),
  ];
  const errors = overtaken === undefined ? unanswered(told, lacking) : [];

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || overtaken !== undefined) return;
    setErrors(lacking);
    const body = recorded(draft, new Date());
    if (lacking.length > 0 || body === undefined) return;
    setBusy(true);
    // Its card may move before the answer comes, and is not to open the form again for what is on its way.
    onDraft(undefined);
    const problem = await onSave(body);
    setBusy(false);
    if (problem === undefined) return;
    onDraft(draft);
    setErrors([{ text: problem }]);
  };

  const yesNo = (question: "explanation" | "leaflet" | "force" | "complaint") => (
    <Choices
      id={field(question)}
      legend={words[question]}
      options={YES_NO}
      value={draft[question] === undefined ? undefined : draft[question] === true ? "yes" : "no"}
      onChoose={(value) => change({ [question]: value === "yes" })}
      error={errorFor(errors, field(question))}
    />
  );

  return (
    <form ref={top} tabIndex={-1} class="v-engagement__form" onSubmit={submit} noValidate aria-label={words.formTitle} data-testid="engagement-form">
      {before}
      {overtaken !== undefined && (
        <p class="v-engagement__told" role="alert" data-testid="overtaken">
          {overtaken}
        </p>
      )}
      <ErrorSummary errors={errors} />
      <Choices
        id={field("outcome")}
        legend={words.outcome}
        options={outcomesFor(mayEngage).map((value) => ({ value, text: words.outcomes[value] }))}
        value={draft.outcome}
        onChoose={(outcome) => change({ outcome })}
        error={errorFor(errors, field("outcome"))}
      />
      {asks.includes("reason") && (
        <Choices id={field("reason")} legend={words.reason} options={options(words.reasons)} value={draft.reason} onChoose={(reason) => change({ reason })} error={errorFor(errors, field("reason"))} />
      )}
      {asks.includes("began") && (
        <>
          <div class="v-engagement__time">
            <TimeField id={field("began")} label={words.began} value={draft.began} onInput={(began) => change({ began })} error={errorFor(errors, field("began"))} />
            <Choices
              id={field("minutes")}
              legend={words.minutes}
              options={MINUTES.map((value) => ({ value, text: words.minutesOption(value) }))}
              value={draft.minutes}
              onChoose={(minutes) => change({ minutes })}
              error={errorFor(errors, field("minutes"))}
            />
          </div>
          <div class="v-engagement__pairs">
            {yesNo("explanation")}
            {yesNo("leaflet")}
            {yesNo("force")}
            {yesNo("complaint")}
          </div>
          <Choices
            id={field("disposal")}
            legend={words.disposal}
            options={options(words.disposals)}
            value={draft.disposal}
            onChoose={(disposal) => change({ disposal })}
            error={errorFor(errors, field("disposal"))}
          />
        </>
      )}
      {draft.outcome !== undefined && !afterEnd && (
        <details class="govuk-details v-engagement__more" open={first.current.others !== "" || first.current.note !== ""}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{words.more}</span>
          </summary>
          <TextField id="engagement-others" label={words.others} hint={words.othersHint(me, MOST_OTHERS)} value={draft.others} onInput={(others) => change({ others })} limit={OTHERS} error={errorFor(errors, "engagement-others")} />
          <TextArea id="engagement-note" label={words.note} hint={words.noteHint} value={draft.note} onInput={(note) => change({ note })} limit={NOTE} error={errorFor(errors, "engagement-note")} />
        </details>
      )}
      <div class="v-engagement__buttons">
        {overtaken === undefined && (
          <Button submit busy={busy} testId="engagement-save">
            {words.save}
          </Button>
        )}
        <Button kind="secondary" onPress={onCancel} testId="engagement-cancel">
          {words.putAside}
        </Button>
      </div>
    </form>
  );
}

type CheckProps = {
  kept: CheckDraft | undefined;
  told: ComponentChildren;
  onDraft: (draft: CheckDraft | undefined) => void;
  onCancel: () => void;
  onSave: (body: { kind: CheckKind; lawful_basis: LawfulBasis; at: string }) => Promise<string | undefined>;
};

/** A check of identity stands by itself: what allowed it is asked each time. */
function CheckForm({ kept, told: before, onDraft, onCancel, onSave }: CheckProps) {
  const [draft, setDraft] = useState<CheckDraft>(kept ?? { form: "check" });
  const first = useRef(draft);
  useEffect(() => {
    if (draft !== first.current) onDraft(draft);
  }, [draft]);
  const { kind, basis } = draft;
  const top = useBroughtUp();
  const [told, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);
  const lacking: FieldError[] = [];
  if (kind === undefined) lacking.push({ field: "check-kind", text: words.checkMissing.kind });
  if (basis === undefined) lacking.push({ field: "check-basis", text: words.checkMissing.basis });
  const errors = unanswered(told, lacking);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setErrors(lacking);
    if (kind === undefined || basis === undefined) return;
    setBusy(true);
    onDraft(undefined);
    const problem = await onSave({ kind, lawful_basis: basis, at: new Date().toISOString() });
    setBusy(false);
    if (problem === undefined) return;
    onDraft(draft);
    setErrors([{ text: problem }]);
  };
  return (
    <form ref={top} tabIndex={-1} class="v-engagement__form" onSubmit={submit} noValidate aria-label={words.check} data-testid="check-form">
      {before}
      <ErrorSummary errors={errors} />
      <p>{words.checkLead}</p>
      <Choices id="check-kind" legend={words.checkKind} options={options(words.checkKinds)} value={kind} onChoose={(value) => setDraft((before) => ({ ...before, kind: value }))} error={errorFor(errors, "check-kind")} />
      <Choices id="check-basis" legend={words.checkBasis} options={options(words.checkBases)} value={basis} onChoose={(value) => setDraft((before) => ({ ...before, basis: value }))} error={errorFor(errors, "check-basis")} />
      <div class="v-engagement__buttons">
        <Button submit busy={busy} testId="check-save">
          {words.checkSave}
        </Button>
        <Button kind="secondary" onPress={onCancel} testId="check-cancel">
          {words.putAside}
        </Button>
      </div>
    </form>
  );
}

/** Of somebody who was stopped by mistake: counted once, by whoever spoke to them. */
function Observe({ alert, counted, onStale }: { alert: Matched; counted: boolean; onStale: () => void }) {
  const [sex, setSex] = useState<Observation["sex"]>();
  const [age, setAge] = useState<Observation["age_band"]>();
  const [ethnicity, setEthnicity] = useState<Observation["ethnicity"]>();
  const [told, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);
  if (counted) return <p class="v-engagement__counted">{words.observed}</p>;
  const lacking: FieldError[] = [];
  if (sex === undefined) lacking.push({ field: "observe-sex", text: words.observeMissing.sex });
  if (age === undefined) lacking.push({ field: "observe-age", text: words.observeMissing.age });
  if (ethnicity === undefined) lacking.push({ field: "observe-ethnicity", text: words.observeMissing.ethnicity });
  const errors = unanswered(told, lacking);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setErrors(lacking);
    if (sex === undefined || age === undefined || ethnicity === undefined) return;
    setBusy(true);
    const result = await ask(api.POST("/v1/alerts/{id}/observation", { params: { path: { id: alert.id } }, body: { sex, age_band: age, ethnicity } }));
    setBusy(false);
    if (result.ok) onStale();
    else setErrors([{ text: words.notSaved(problemText(result.problem)) }]);
  };
  return (
    <form class="v-engagement__form" onSubmit={submit} noValidate data-testid="observe-form">
      <ErrorSummary errors={errors} />
      <p class="v-engagement__title">{words.observe}</p>
      <p>{words.observeLead}</p>
      <Choices id="observe-sex" legend={words.sex} options={options(words.sexes)} value={sex} onChoose={setSex} error={errorFor(errors, "observe-sex")} />
      <Choices id="observe-age" legend={words.age} options={options(words.ageBands)} value={age} onChoose={setAge} error={errorFor(errors, "observe-age")} />
      <Choices id="observe-ethnicity" legend={words.ethnicity} options={options(words.ethnicities)} value={ethnicity} onChoose={setEthnicity} error={errorFor(errors, "observe-ethnicity")} />
      <Button submit busy={busy} testId="observe-save">
        {words.observeSave}
      </Button>
    </form>
  );
}
