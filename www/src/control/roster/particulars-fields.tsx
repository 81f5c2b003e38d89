import type { PolicyCategory } from "../../api/types";
import { errorFor, type FieldError } from "../../components/error-summary/error-summary";
import { DayField } from "../../components/field/day";
import { SelectField, TextArea, TextField } from "../../components/field/field";
import { strings } from "../../strings";
import { CHOSEN, DATES, limitOf, LONG, PARTICULARS, type Particular } from "./particulars";
import type { Column } from "./table";

type FieldProps = { id: string; column: Column; value: string; onInput: (value: string) => void; errors: FieldError[]; categories: readonly PolicyCategory[] };

function options(column: Particular, categories: readonly PolicyCategory[]) {
  const words = strings.particulars;
  const none = { value: "", text: words.choose };
  if (column === "category") return [none, ...categories.map(({ name }) => ({ value: name, text: name }))];
  if (column === "response") return [none, ...Object.entries(words.responses).map(([value, text]) => ({ value, text }))];
  return [none, { value: "no", text: words.no }, { value: "yes", text: words.yes }];
}

/** One column of a list, as a field. */
export function RosterField({ id, column, value, onInput, errors, categories }: FieldProps) {
  const words = strings.particulars;
  const hints: Partial<Record<Column, string>> = words.hints;
  const hint = hints[column];
  const common = { id, label: words.columns[column], value, onInput, ...(hint === undefined ? {} : { hint }) };
  const error = errorFor(errors, id);
  const is = (columns: readonly Particular[]) => (columns as readonly Column[]).includes(column);
  if (is(CHOSEN)) {
    const offered = options(column as Particular, categories);
    const known = offered.find((option) => option.value.toLowerCase() === value.trim().toLowerCase());
    return <SelectField {...common} error={error} value={known?.value ?? ""} options={offered} />;
  }
  if (is(DATES)) return <DayField {...common} errors={errors} />;
  if (is(LONG)) return <TextArea {...common} error={error} rows={2} limit={limitOf(column)} />;
  return <TextField {...common} error={error} limit={limitOf(column)} />;
}

type Props = { prefix: string; values: Record<Particular, string>; onInput: (column: Particular, value: string) => void; errors: FieldError[]; categories: readonly PolicyCategory[] };

/** All that says why a person is on a list. */
export function ParticularsFields({ prefix, values, onInput, errors, categories }: Props) {
  return (
    <fieldset class="govuk-fieldset v-particulars" data-testid={`${prefix}-particulars`}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{strings.particulars.title}</legend>
      {PARTICULARS.map((column) => (
        <RosterField
          key={column}
          id={`${prefix}-${column}`}
          column={column}
          value={values[column]}
          onInput={(value) => onInput(column, value)}
          errors={errors}
          categories={categories}
        />
      ))}
    </fieldset>
  );
}
