import type { DocumentKind, PolicyCategory } from "../../api/types";
import { errorFor, type FieldError } from "../../components/error-summary/error-summary";
import { CheckboxField } from "../../components/field/choice";
import { DayField } from "../../components/field/day";
import { SelectField, TextArea, TextField } from "../../components/field/field";
import { NAME, TEXT } from "../../components/field/text-errors";
import { MomentField } from "../../components/field/moment";
import { strings } from "../../strings";
import { KINDS, type Draft, type Paper, type Part, type Typed } from "../proposal";
import { TARGETS, USUAL_TARGET } from "../targets";
import { SketchPart } from "./sketch-part";

type Props = { part: Part; draft: Draft; errors: FieldError[]; /** Of the policy. */ categories: PolicyCategory[]; onEdit: (draft: Draft) => void };

/** What is typed of one part of a plan. */
export function PartFields({ part, draft, errors, categories, onEdit }: Props) {
  const words = strings.plan;
  const field = (name: Typed) => ({ id: `plan-${name}`, value: draft[name], onInput: (value: string) => onEdit({ ...draft, [name]: value }), error: errorFor(errors, `plan-${name}`) });
  const text = (name: Typed, label: string, hint?: string) => <TextArea {...field(name)} label={label} {...(hint === undefined ? {} : { hint })} rows={5} limit={TEXT} />;
  switch (part) {
    case "place":
      return (
        <>
          <TextField {...field("name")} label={words.name} limit={NAME} />
          <TextField {...field("place")} label={words.place} limit={NAME} />
        </>
      );
    case "times":
      return (
        <>
          <MomentField {...field("starts")} label={words.starts} errors={errors} />
          <MomentField {...field("ends")} label={words.ends} hint={words.endsHint} errors={errors} />
          <TextField {...field("footfall")} label={words.footfall} type="number" narrow />
        </>
      );
    case "purpose":
      return (
        <>
          {text("purpose", words.purpose)}
          {text("legal", words.legalBasis)}
          {text("use", words.useCase)}
        </>
      );
    case "cameras":
      return (
        <>
          {text("cameras", words.cameras, words.camerasHint)}
          <SketchPart sketch={draft.sketch} error={errorFor(errors, "plan-sketch")} onChange={(sketch) => onEdit({ ...draft, sketch })} />
        </>
      );
    case "list":
      return (
        <>
          <Categories draft={draft} errors={errors} categories={categories} onEdit={onEdit} />
          <SelectField
            id="plan-target"
            label={words.target}
            value={draft.target}
            onInput={(target) => onEdit({ ...draft, target })}
            options={TARGETS.map((oneIn) => ({ value: String(oneIn), text: strings.pilots.targetOption(oneIn, oneIn === USUAL_TARGET) }))}
          />
        </>
      );
    case "necessity":
      return (
        <>
          {text("necessity", words.necessity)}
          {text("proportionality", words.proportionality)}
          {text("alternatives", words.alternatives)}
          {text("single", words.single, words.singleHint)}
        </>
      );
    case "documents":
      return (
        <>
          <p class="govuk-hint">{words.documentsHint}</p>
          {KINDS.map((kind) => (
            <Document key={kind} kind={kind} draft={draft} errors={errors} onEdit={onEdit} />
          ))}
        </>
      );
    case "notice":
      return (
        <>
          {text("notice", words.noticeText, words.noticeHint)}
          <DayField {...field("published")} label={words.noticeDate} errors={errors} />
        </>
      );
  }
}

function Categories({ draft, errors, categories, onEdit }: Omit<Props, "part">) {
  const words = strings.plan;
  // The plan's own stay to be seen when the policy no longer has them.
  const gone = draft.categories.filter((name) => categories.length > 0 && categories.every((category) => category.name !== name));
  const offered = [
    ...categories.map(({ name, response }) => ({ value: name, text: name, hint: strings.particulars.responses[response] })),
    ...gone.map((name) => ({ value: name, text: words.categoryGone(name) })),
  ];
  return (
    <CheckboxField
      id="plan-categories"
      legend={words.categories}
      hint={words.categoriesHint}
      options={offered}
      values={draft.categories}
      onInput={(chosen) => onEdit({ ...draft, categories: chosen })}
      error={errorFor(errors, "plan-categories")}
    />
  );
}

function Document({ kind, draft, errors, onEdit }: { kind: DocumentKind } & Pick<Props, "draft" | "errors" | "onEdit">) {
  const words = strings.plan;
  const set = (part: keyof Paper) => (value: string) => onEdit({ ...draft, papers: { ...draft.papers, [kind]: { ...draft.papers[kind], [part]: value } } });
  const { reference, version, review_by } = draft.papers[kind];
  const id = `plan-${kind}`;
  return (
    <fieldset class="govuk-fieldset v-plan__document">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{words.kinds[kind]}</legend>
      <TextField id={`${id}-reference`} label={words.reference(words.kinds[kind])} value={reference} onInput={set("reference")} limit={TEXT} error={errorFor(errors, `${id}-reference`)} />
      <TextField id={`${id}-version`} label={words.version(words.kinds[kind])} value={version} onInput={set("version")} limit={NAME} error={errorFor(errors, `${id}-version`)} />
      <DayField id={`${id}-review`} label={words.reviewBy(words.kinds[kind])} value={review_by} onInput={set("review_by")} errors={errors} />
    </fieldset>
  );
}
