import { halves, joined } from "../../lib/moment";
import { strings } from "../../strings";
import { ClockInput } from "./clock-input";
import { Fieldset } from "./fieldset";

type Props = { id: string; label: string; hint?: string; error?: string | undefined; value: string; onInput: (value: string) => void };

/** A day and a time. */
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
          <ClockInput id={`${id}-time`} value={time} onInput={(next) => onInput(joined({ day, time: next }))} wrong={error !== undefined} />
        </div>
      </div>
    </Fieldset>
  );
}
