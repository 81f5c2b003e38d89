import type { ComponentChildren } from "preact";
import { Said } from "../said/said";

type Option<Value> = { value: Value; text: string };

type Shell = { id: string; legend: ComponentChildren; hint?: string; error?: string | undefined; children: ComponentChildren };

function Group({ id, legend, hint, error, children }: Shell) {
  const ids = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter((part) => part !== "");
  return (
    <fieldset class={`v-choices${error === undefined ? "" : " v-choices--error"}`} aria-describedby={ids.length === 0 ? undefined : ids.join(" ")}>
      <legend class="v-choices__legend">{legend}</legend>
      {hint !== undefined && (
        <div id={`${id}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} class="govuk-error-message">
          <Said text={error} />
        </p>
      )}
      <div class="v-choices__all">{children}</div>
    </fieldset>
  );
}

type ChoiceProps<Value> = Omit<Shell, "children"> & { options: Option<Value>[]; value: Value | undefined; onChoose: (value: Value) => void };

/** One of several, each big enough for a gloved finger. None is chosen beforehand unless the value says so. */
export function Choices<Value extends string | number>({ options, value, onChoose, ...shell }: ChoiceProps<Value>) {
  return (
    <Group {...shell}>
      {options.map((option, index) => (
        <label key={option.value} class="v-choice">
          <input
            type="radio"
            name={shell.id}
            // What an error links to is the first answer.
            id={index === 0 ? shell.id : `${shell.id}-${option.value}`}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
            data-testid={`${shell.id}-${option.value}`}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </Group>
  );
}

/** Any number of several. */
export function Chips<Value extends string>({ options, values, onChange, ...shell }: Omit<Shell, "children"> & { options: Option<Value>[]; values: Value[]; onChange: (values: Value[]) => void }) {
  return (
    <Group {...shell}>
      {options.map((option) => (
        <label key={option.value} class="v-choice">
          <input
            type="checkbox"
            name={shell.id}
            checked={values.includes(option.value)}
            onChange={({ currentTarget: { checked } }) => onChange(checked ? [...values, option.value] : values.filter((value) => value !== option.value))}
            data-testid={`${shell.id}-${option.value}`}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </Group>
  );
}
