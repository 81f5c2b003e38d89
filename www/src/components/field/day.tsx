import { DAY_PARTS, dayJoined, dayParts, pastedDay, type DayPart } from "../../lib/day";
import { strings } from "../../strings";
import type { FieldError } from "../error-summary/error-summary";
import { dayMarks, momentErrors, said } from "./day-errors";
import { Fieldset } from "./fieldset";

type InputProps = { id: string; value: string; /** Of these something is wrong. */ marks: readonly DayPart[]; onInput: (value: string) => void };

/** Day, month and year. They are typed, as a browser's own field has them in the order of the browser's country. */
export function DayInputs({ id, value, marks, onInput }: InputProps) {
  const parts = dayParts(value);
  const set = (part: DayPart, text: string) => onInput(dayJoined(pastedDay(text) ?? { ...parts, [part]: text }));
  return (
    <div class="v-day">
      {DAY_PARTS.map((part) => (
        <div key={part}>
          <label class="govuk-label" for={`${id}-${part}`}>
            {strings.field.parts[part]}
          </label>
          <input
            id={`${id}-${part}`}
            name={`${id}-${part}`}
            type="text"
            inputMode="numeric"
            autocomplete="off"
            class={`govuk-input v-input govuk-input--width-${part === "year" ? 4 : 2}${marks.includes(part) ? " govuk-input--error" : ""}`}
            value={parts[part]}
            onInput={(event) => set(part, event.currentTarget.value)}
            aria-invalid={marks.includes(part) ? "true" : undefined}
            data-testid={`${id}-${part}`}
          />
        </div>
      ))}
    </div>
  );
}

type Props = { id: string; label: string; hint?: string; errors: FieldError[]; value: string; onInput: (value: string) => void };

export function DayField({ id, label, hint, errors, value, onInput }: Props) {
  const own = momentErrors(errors, id);
  return (
    <Fieldset id={id} legend={label} error={said(own)} {...(hint === undefined ? {} : { hint })}>
      <div id={id}>
        <DayInputs id={id} value={value} marks={dayMarks(own, id)} onInput={onInput} />
      </div>
    </Fieldset>
  );
}
