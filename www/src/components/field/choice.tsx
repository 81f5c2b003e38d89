import type { ComponentChildren } from "preact";
import { Said } from "../said/said";

type Option = { value: string; text: string; hint?: string };

type Props = { id: string; legend: string; hint?: string; error?: string | undefined; options: Option[] };

function Frame({ id, legend, hint, error, kind, children }: Props & { kind: "radios" | "checkboxes"; children: ComponentChildren }) {
  const described = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter((part) => part !== "").join(" ");
  return (
    <div class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`} data-testid={id}>
      {/* The summary of errors leads here. */}
      <fieldset class="govuk-fieldset" id={id} tabIndex={-1} aria-describedby={described === "" ? undefined : described}>
        <legend class="govuk-fieldset__legend govuk-!-font-weight-bold">{legend}</legend>
        {hint !== undefined && (
          <div class="govuk-hint" id={`${id}-hint`}>
            {hint}
          </div>
        )}
        {error !== undefined && (
          <p class="govuk-error-message" id={`${id}-error`}>
            <Said text={error} />
          </p>
        )}
        <div class={`govuk-${kind}`}>{children}</div>
      </fieldset>
    </div>
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
