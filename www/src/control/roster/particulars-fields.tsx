import type { PolicyCategory } from "../../api/types";
import { SelectField, TextArea, TextField } from "../../components/field/field";
import { strings } from "../../strings";
import { CHOSEN, DATES, LONG, PARTICULARS, type Particular } from "./particulars";
import type { Column } from "./table";

/** Characters, as the server takes them. */
const LONGEST = 80;
const LONGEST_TEXT = 4_000;

/** One line, but as long as it needs. */
const TEXTS: readonly Column[] = ["lawful_basis", "legal_status", "photos"];

type FieldProps = { id: string; column: Column; value: string; onInput: (value: string) => void; error?: string | undefined; categories: readonly PolicyCategory[] };

function options(column: Particular, categories: readonly PolicyCategory[]) {
  const words = strings.particulars;
  const none = { value: "", text: words.choose };
  if (column === "category") return [none, ...categories.map(({ name }) => ({ value: name, text: name }))];
  if (column === "response") return [none, ...Object.entries(words.responses).map(([value, text]) => ({ value, text }))];
  return [none, { value: "no", text: words.no }, { value: "yes", text: words.yes }];
}

/** One column of a list, as a field. */
export function RosterField({ id, column, value, onInput, error, categories }: FieldProps) {
  const words = strings.particulars;
  const hints: Partial<Record<Column, string>> = words.hints;
  const hint = hints[column];
  const common = { id, label: words.columns[column], value, onInput, error, ...(hint === undefined ? {} : { hint }) };
  const is = (columns: readonly Particular[]) => (columns as readonly Column[]).includes(column);
  if (is(CHOSEN)) {
    const offered = options(column as Particular, categories);
    const known = offered.find((option) => option.value.toLowerCase() === value.trim().toLowerCase());
    return <SelectField {...common} value={known?.value ?? ""} options={offered} />;
  }
  if (is(DATES)) return <TextField {...common} type="date" narrow />;
  if (is(LONG)) return <TextArea {...common} rows={2} maxLength={LONGEST_TEXT} />;
  return <TextField {...common} maxLength={TEXTS.includes(column) ? LONGEST_TEXT : LONGEST} counted={TEXTS.includes(column)} />;
}

type Props = { prefix: string; values: Record<Particular, string>; onInput: (column: Particular, value: string) => void; errorOf: (column: Particular) => string | undefined; categories: readonly PolicyCategory[] };

/** All that says why a person is on a list. */
export function ParticularsFields({ prefix, values, onInput, errorOf, categories }: Props) {
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
          error={errorOf(column)}
          categories={categories}
        />
      ))}
    </fieldset>
  );
}
