import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment, DocumentKind, PolicyCategory } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { CheckboxField } from "../components/field/choice";
import { SelectField, TextArea, TextField } from "../components/field/field";
import { strings } from "../strings";
import { draftOf, KINDS, proposal, type Paper, type Typed } from "./proposal";
import { TARGETS, USUAL_TARGET } from "./targets";

const LONGEST_TEXT = 4_000;

/** A new plan, or a change of `pilot`'s. What was typed stays when the server refuses it. */
export function PlanForm({ pilot, onSaved, onCancel }: { pilot?: Deployment; onSaved: (pilot: Deployment) => void; onCancel?: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(pilot));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);
  const [categories, setCategories] = useState<PolicyCategory[]>([]);
  const words = strings.plan;

  useEffect(() => {
    void ask(api.GET("/v1/policy")).then((result) => {
      if (result.ok) setCategories(result.value.categories);
      else setErrors([{ text: problemText(result.problem) }]);
    });
  }, []);
  /** The plan's own stay to be seen when the policy no longer has them. */
  const gone = draft.categories.filter((name) => categories.length > 0 && categories.every((category) => category.name !== name));
  const offered = [
    ...categories.map(({ name, response }) => ({ value: name, text: name, hint: strings.particulars.responses[response] })),
    ...gone.map((name) => ({ value: name, text: words.categoryGone(name) })),
  ];

  const set = (field: Typed) => (value: string) => setDraft((before) => ({ ...before, [field]: value }));
  const setPaper = (kind: DocumentKind, part: keyof Paper) => (value: string) =>
    setDraft((before) => ({ ...before, papers: { ...before.papers, [kind]: { ...before.papers[kind], [part]: value } } }));
  const field = (name: Typed) => ({ id: `plan-${name}`, value: draft[name], onInput: set(name), error: errorFor(errors, `plan-${name}`) });

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const { errors: found, body } = proposal(draft);
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    const call =
      pilot === undefined ? api.POST("/v1/operations", { body }) : api.PUT("/v1/deployments/{id}/plan", { params: { path: { id: pilot.id } }, body });
    const result = await ask<Deployment>(call as Promise<{ data?: Deployment; error?: unknown; response: Response }>);
    setBusy(false);
    if (result.ok) onSaved(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  };

  return (
    <form onSubmit={submit} noValidate class="v-form" data-testid="plan-form">
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{pilot === undefined ? words.title : words.changeTitle}</h1>
      <p class="govuk-body">{pilot === undefined ? words.lead : words.changeWarning}</p>
      <TextField {...field("name")} label={words.name} maxLength={80} />
      <TextField {...field("place")} label={words.place} maxLength={80} />
      <TextField {...field("starts")} label={words.starts} type="datetime-local" narrow />
      <TextField {...field("ends")} label={words.ends} hint={words.endsHint} type="datetime-local" narrow />
      <SelectField
        id="plan-target"
        label={words.target}
        value={draft.target}
        onInput={set("target")}
        options={TARGETS.map((oneIn) => ({ value: String(oneIn), text: strings.pilots.targetOption(oneIn, oneIn === USUAL_TARGET) }))}
      />
      <TextField {...field("footfall")} label={words.footfall} type="number" narrow />
      <TextArea {...field("purpose")} label={words.purpose} maxLength={LONGEST_TEXT} />
      <TextArea {...field("legal")} label={words.legalBasis} maxLength={LONGEST_TEXT} />
      <TextArea {...field("use")} label={words.useCase} maxLength={LONGEST_TEXT} />
      <TextArea {...field("cameras")} label={words.cameras} hint={words.camerasHint} maxLength={LONGEST_TEXT} />
      <CheckboxField
        id="plan-categories"
        legend={words.categories}
        hint={words.categoriesHint}
        options={offered}
        values={draft.categories}
        onInput={(chosen) => setDraft((before) => ({ ...before, categories: chosen }))}
        error={errorFor(errors, "plan-categories")}
      />
      <TextArea {...field("necessity")} label={words.necessity} maxLength={LONGEST_TEXT} />
      <TextArea {...field("proportionality")} label={words.proportionality} maxLength={LONGEST_TEXT} />
      <TextArea {...field("alternatives")} label={words.alternatives} maxLength={LONGEST_TEXT} />
      <TextArea {...field("single")} label={words.single} hint={words.singleHint} maxLength={LONGEST_TEXT} />
      <h2 class="govuk-heading-m">{words.documents}</h2>
      <p class="govuk-hint">{words.documentsHint}</p>
      {KINDS.map((kind) => (
        <fieldset key={kind} class="govuk-fieldset v-plan__document">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{words.kinds[kind]}</legend>
          <TextField
            id={`plan-${kind}-reference`}
            label={words.reference(words.kinds[kind])}
            value={draft.papers[kind].reference}
            onInput={setPaper(kind, "reference")}
            maxLength={LONGEST_TEXT}
            error={errorFor(errors, `plan-${kind}-reference`)}
          />
          <TextField id={`plan-${kind}-version`} label={words.version(words.kinds[kind])} value={draft.papers[kind].version} onInput={setPaper(kind, "version")} maxLength={80} />
          <TextField id={`plan-${kind}-review`} label={words.reviewBy(words.kinds[kind])} type="date" narrow value={draft.papers[kind].review_by} onInput={setPaper(kind, "review_by")} />
        </fieldset>
      ))}
      <h2 class="govuk-heading-m">{words.notice}</h2>
      <TextArea {...field("notice")} label={words.noticeText} hint={words.noticeHint} maxLength={LONGEST_TEXT} />
      <TextField {...field("published")} label={words.noticeDate} type="date" narrow />
      <div class="govuk-button-group">
        <Button submit busy={busy} testId="plan-submit">
          {words.submit}
        </Button>
        {onCancel !== undefined && (
          <Button kind="secondary" onPress={onCancel}>
            {strings.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
