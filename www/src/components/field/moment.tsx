import { halves, joined } from "../../lib/moment";
import { strings } from "../../strings";
import { Said } from "../said/said";
import { ClockInput } from "./clock-input";

type Props = { id: string; label: string; hint?: string; error?: string | undefined; value: string; onInput: (value: string) => void };

/** A day and a time. */
export function MomentField({ id, label, hint, error, value, onInput }: Props) {
  const words = strings.moment;
  const { day, time } = halves(value);
  const described = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter((part) => part !== "").join(" ");
  const look = `govuk-input v-input${error === undefined ? "" : " govuk-input--error"}`;
  const invalid = error === undefined ? undefined : "true";
  return (
    <div class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`}>
      <fieldset class="govuk-fieldset" aria-describedby={described === "" ? undefined : described}>
        <legend class="govuk-fieldset__legend govuk-!-font-weight-bold">{label}</legend>
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
        <div class="v-moment">
          <div>
            <label class="govuk-label" for={id}>
              {words.day}
            </label>
            <input id={id} name={id} type="date" class={look} value={day} onInput={(event) => onInput(joined({ day: event.currentTarget.value, time }))} aria-invalid={invalid} data-testid={id} />
          </div>
          <div>
            <label class="govuk-label" for={`${id}-time`}>
              {words.time}
            </label>
            <ClockInput id={`${id}-time`} value={time} onInput={(next) => onInput(joined({ day, time: next }))} wrong={error !== undefined} />
          </div>
        </div>
      </fieldset>
    </div>
  );
}
