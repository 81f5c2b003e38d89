import { halves, joined, tidied } from "../../lib/moment";
import { strings } from "../../strings";
import { Fieldset } from "./fieldset";

type Props = { id: string; label: string; hint?: string; error?: string | undefined; value: string; onInput: (value: string) => void };

/** A day and a time. The time is typed, as a browser's own field shows it on a 12-hour clock in some countries. */
export function MomentField({ id, label, hint, error, value, onInput }: Props) {
  const words = strings.moment;
  const { day, time } = halves(value);
  const look = `govuk-input v-input${error === undefined ? "" : " govuk-input--error"}`;
  const invalid = error === undefined ? undefined : "true";
  return (
    <Fieldset id={id} legend={label} error={error} {...(hint === undefined ? {} : { hint })}>
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
    </Fieldset>
  );
}
