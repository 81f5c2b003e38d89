import type { ComponentChildren } from "preact";
import { Fieldset } from "./fieldset";

type Option = { value: string; text: string; hint?: string };

type Props = { id: string; legend: string; hint?: string; error?: string | undefined; options: Option[] };

function Frame({ kind, children, ...question }: Omit<Props, "options"> & { kind: "radios" | "checkboxes"; children: ComponentChildren }) {
  return (
    <Fieldset {...question} whole>
      <div class={`govuk-${kind}`}>{children}</div>
    </Fieldset>
  );
}

/** One of a few; nothing is chosen beforehand unless `value` says so. */
export function RadioField(props: Props & { value: string | undefined; onInput: (value: string) => void }) {
  const { id, options, value, onInput } = props;
  return (
    <Frame {...props} kind="radios">
      {options.map((option) => (
        <div class="govuk-radios__item" key={option.value}>
          <input
            class="govuk-radios__input"
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            value={option.value}
            checked={option.value === value}
            aria-describedby={option.hint === undefined ? undefined : `${id}-${option.value}-hint`}
            onChange={() => onInput(option.value)}
            data-testid={`${id}-${option.value}`}
          />
          <label class="govuk-label govuk-radios__label" for={`${id}-${option.value}`}>
            {option.text}
          </label>
          {option.hint !== undefined && (
            <div class="govuk-hint govuk-radios__hint" id={`${id}-${option.value}-hint`}>
              {option.hint}
            </div>
          )}
        </div>
      ))}
    </Frame>
  );
}

/** Any of several. */
export function CheckboxField(props: Props & { values: readonly string[]; onInput: (values: string[]) => void }) {
  const { id, options, values, onInput } = props;
  return (
    <Frame {...props} kind="checkboxes">
      {options.map((option, at) => (
        <div class="govuk-checkboxes__item" key={option.value}>
          <input
            class="govuk-checkboxes__input"
            type="checkbox"
            id={`${id}-${at}`}
            name={id}
            value={option.value}
            checked={values.includes(option.value)}
            aria-describedby={option.hint === undefined ? undefined : `${id}-${at}-hint`}
            onChange={(event) => onInput(event.currentTarget.checked ? [...values, option.value] : values.filter((value) => value !== option.value))}
          />
          <label class="govuk-label govuk-checkboxes__label" for={`${id}-${at}`}>
            {option.text}
          </label>
          {option.hint !== undefined && (
            <div class="govuk-hint govuk-checkboxes__hint" id={`${id}-${at}-hint`}>
              {option.hint}
            </div>
          )}
        </div>
      ))}
    </Frame>
  );
}
