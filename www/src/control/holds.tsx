import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Hold } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { Dialog } from "../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { TextArea, TextField } from "../components/field/field";
import { NAME, TEXT, textErrors } from "../components/field/text-errors";
import { dateAndTime } from "../lib/time";
import { strings } from "../strings";
import { AlertChoice, NOTHING } from "./alert-choice";
import { BackToRecords } from "./records";

type Reply = Promise<{ data?: Hold; error?: unknown; response: Response }>;

/** Pictures of alerts that are kept as evidence, by whose word, and until when (R77). */
export function Holds({ may }: { may: boolean }) {
  const [holds, setHolds] = useState<Hold[]>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [done, setDone] = useState<string>();
  const words = strings.holds;

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/holds"));
    if (result.ok) setHolds(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  }, []);
  useEffect(() => void load(), []);

  const act = async (call: unknown, said: string): Promise<boolean> => {
    const result = await ask<Hold>(call as Reply);
    setErrors(result.ok ? [] : [{ text: problemText(result.problem) }]);
    setDone(result.ok ? said : undefined);
    await load();
    return result.ok;
  };

  return (
    <>
      <BackToRecords />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {done !== undefined && <Notice testId="hold-done">{done}</Notice>}
      <section aria-labelledby="holds-list">
        <h2 class="govuk-heading-m" id="holds-list">
          {words.list}
        </h2>
        {holds === undefined ? errors.length === 0 && <p class="govuk-body">{strings.loading}</p> : holds.length === 0 && <p class="govuk-body">{words.none}</p>}
        {holds?.map((hold) => (
          <HoldCard key={hold.id} hold={hold} holds={may} act={act} />
        ))}
      </section>
      {may && <NewHold act={act} />}
    </>
  );
}

type Act = (call: unknown, said: string) => Promise<boolean>;

function HoldCard({ hold, holds, act }: { hold: Hold; holds: boolean; act: Act }) {
  const [step, setStep] = useState<"nothing" | "renew" | "release" | "look">("nothing");
  const words = strings.holds;
  const { state } = hold;
  const path = { params: { path: { id: hold.id } } };
  const status =
    state.kind === "held" ? words.heldUntil(dateAndTime(state.expires_at)) : state.kind === "released" ? words.releasedAt(dateAndTime(state.at), state.by.name) : words.expiredAt(dateAndTime(state.at));
  return (
    <div class="v-case" data-testid="hold">
      <Card
        title={hold.case_reference ?? (hold.complaint == null ? words.noReference : words.ofComplaint)}
        actions={
          state.kind !== "held" || !holds ? undefined : (
            <>
              <Button kind="secondary" onPress={() => setStep(step === "look" ? "nothing" : "look")} testId="hold-look">
                {step === "look" ? words.hide : words.look}
              </Button>
              <Button kind="secondary" onPress={() => setStep("renew")} testId="hold-renew-open">
                {words.renew}
              </Button>
              <Button kind="secondary" onPress={() => setStep("release")} testId="hold-release-open">
                {words.release}
              </Button>
            </>
          )
        }
      >
        <p>
          <strong class={`govuk-tag govuk-tag--${state.kind === "held" ? "yellow" : "grey"}`} data-testid="hold-state" data-state={state.kind}>
            {words.states[state.kind]}
          </strong>{" "}
          {status}
        </p>
        {hold.reason != null && <p>{hold.reason}</p>}
        <p class="govuk-hint">
          {words.about(hold.deployment_name, hold.by.name, dateAndTime(hold.placed_at))} {hold.complaint != null && words.forComplaint}
        </p>
      </Card>
      {step === "look" && <Pictures hold={hold} />}
      {step === "renew" && (
        <Renewal
          hold={hold}
          onRenew={async (body) => {
            if (await act(api.POST("/v1/holds/{id}/renewal", { ...path, body }), words.renewed)) setStep("nothing");
          }}
        />
      )}
      {step === "release" && (
        <Dialog
          testId="hold-release"
          title={words.releaseTitle}
          text={words.releaseText}
          confirm={words.releaseConfirm}
          onConfirm={async () => {
            await act(api.POST("/v1/holds/{id}/release", path), words.released);
            setStep("nothing");
          }}
          onCancel={() => setStep("nothing")}
        />
      )}
    </div>
  );
}

/** Asked for only when somebody wants to see them. */
function Pictures({ hold }: { hold: Hold }) {
  const words = strings.holds;
  const pictures = [
    { kind: "probe", there: hold.has_probe, text: words.probe, alt: words.probeAlt },
    { kind: "reference", there: hold.has_reference, text: words.reference, alt: words.referenceAlt },
  ].filter(({ there }) => there);
  return (
    <ul class="v-photos v-photos--pair" data-testid="hold-pictures">
      {pictures.length === 0 && <li>{words.noPicture}</li>}
      {pictures.map(({ kind, text, alt }) => (
        <li key={kind}>
          <img src={`/v1/holds/${hold.id}/${kind}`} alt={alt} width={200} height={200} />
          {text}
        </li>
      ))}
    </ul>
  );
}

type Note = { case_reference: string; reason: string };

function faultsOf({ case_reference, reason }: Note, id: string): FieldError[] {
  const words = strings.holds;
  return [
    ...(case_reference.trim() === "" ? [{ field: `${id}-reference`, text: words.caseReferenceMissing }] : []),
    ...(reason.trim() === "" ? [{ field: `${id}-reason`, text: strings.operation.reasonMissing }] : []),
    ...textErrors([`${id}-reference`, words.caseReference, case_reference, NAME], [`${id}-reason`, words.reason, reason, TEXT]),
  ];
}

function NoteFields({ id, note, onNote, errors }: { id: string; note: Note; onNote: (note: Note) => void; errors: FieldError[] }) {
  const words = strings.holds;
  return (
    <>
      <TextField
        id={`${id}-reference`}
        label={words.caseReference}
        hint={words.caseReferenceHint}
        value={note.case_reference}
        onInput={(case_reference) => onNote({ ...note, case_reference })}
        limit={NAME}
        error={errorFor(errors, `${id}-reference`)}
      />
      <TextArea id={`${id}-reason`} label={words.reason} value={note.reason} onInput={(reason) => onNote({ ...note, reason })} limit={TEXT} error={errorFor(errors, `${id}-reason`)} />
    </>
  );
}

function Renewal({ hold, onRenew }: { hold: Hold; onRenew: (note: Note) => Promise<void> }) {
  const [note, setNote] = useState<Note>({ case_reference: hold.case_reference ?? "", reason: "" });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const id = `renew-${hold.id}`;
  const press = async () => {
    const found = faultsOf(note, id);
    setErrors(found);
    if (found.length === 0) await onRenew(note);
  };
  return (
    <div class="v-form" data-testid="hold-renewal">
      <NoteFields id={id} note={note} onNote={setNote} errors={errors} />
      <Button onPress={press} testId="hold-renew">
        {strings.holds.renew}
      </Button>
    </div>
  );
}

function NewHold({ act }: { act: Act }) {
  const [choice, setChoice] = useState(NOTHING);
  const [note, setNote] = useState<Note>({ case_reference: "", reason: "" });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.holds;
  const place = async (event: Event) => {
    event.preventDefault();
    const missing = [
      ...(choice.deployment === "" ? [{ field: "hold-deployment", text: strings.records.deploymentMissing }] : choice.alert === "" ? [{ field: "hold-alert", text: strings.records.alertMissing }] : []),
      ...faultsOf(note, "hold"),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const placed = await act(api.POST("/v1/alerts/{id}/hold", { params: { path: { id: choice.alert } }, body: note }), words.placed);
    if (!placed) return;
    setChoice(NOTHING);
    setNote({ case_reference: "", reason: "" });
  };
  return (
    <form class="v-form v-section" onSubmit={place} noValidate data-testid="hold-form">
      <ErrorSummary errors={errors} />
      <h2 class="govuk-heading-m">{words.newTitle}</h2>
      <p class="govuk-body">{words.newLead}</p>
      <AlertChoice id="hold" choice={choice} onChoice={setChoice} errors={errors} />
      <NoteFields id="hold" note={note} onNote={setNote} errors={errors} />
      <Button submit testId="hold-place">
        {words.place}
      </Button>
    </form>
  );
}
