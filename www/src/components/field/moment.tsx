import { halves, joined, tidied } from "../../lib/moment";
import { strings } from "../../strings";
import { Said } from "../said/said";

type Props = { id: string; label: string; hint?: string; error?: string | undefined; value: string; onInput: (value: string) => void };

/** A day and a time. The time is typed, as a browser's own field shows it on a 12-hour clock in some countries. */
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
            <input
              id={`${id}-time`}
              name={`${id}-time`}
              type="text"
              inputMode="numeric"
              autocomplete="off"
              maxLength={5}
              class={`${look} govuk-input--width-5`}
              value={time}
              onInput={(event) => onInput(joined({ day, time: event.currentTarget.value }))}
              onBlur={() => {
                const tidy = tidied(time);
                // Whoever only passes through has typed nothing.
                if (tidy !== time) onInput(joined({ day, time: tidy }));
              }}
              aria-invalid={invalid}
              data-testid={`${id}-time`}
            />
          </div>
        </div>
      </fieldset>
    </div>
  );
}
