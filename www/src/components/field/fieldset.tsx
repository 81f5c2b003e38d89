import type { ComponentChildren } from "preact";
import { Said } from "../said/said";
import { describedBy } from "./field";

type Props = {
  id: string;
  legend: string;
  hint?: string;
  error?: string | undefined;
  /** The summary of errors leads to the question as a whole, and not to the first of its inputs, which has the id then. */
  whole?: boolean;
  children: ComponentChildren;
};

/** One question that several inputs answer. */
export function Fieldset({ id, legend, hint, error, whole = false, children }: Props) {
  return (
    <div class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`} data-testid={whole ? id : undefined}>
      <fieldset class="govuk-fieldset" id={whole ? id : undefined} tabIndex={whole ? -1 : undefined} aria-describedby={describedBy({ id, hint, error })}>
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
        {children}
      </fieldset>
    </div>
  );
}
