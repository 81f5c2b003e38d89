import { halves, joined } from "../../lib/moment";
import { strings } from "../../strings";
import type { FieldError } from "../error-summary/error-summary";
import { ClockInput } from "./clock-input";
import { DayInputs } from "./day";
import { dayMarks, momentErrors, said } from "./day-errors";
import { Fieldset } from "./fieldset";

type Props = { id: string; label: string; hint?: string; errors: FieldError[]; value: string; onInput: (value: string) => void };

/** A day and a time. */
export function MomentField({ id, label, hint, errors, value, onInput }: Props) {
  const { day, time } = halves(value);
  const own = momentErrors(errors, id);
  return (
    <Fieldset id={id} legend={label} error={said(own)} {...(hint === undefined ? {} : { hint })}>
      <div class="v-moment" id={id}>
        <DayInputs id={id} value={day} marks={dayMarks(own, id)} onInput={(next) => onInput(joined({ day: next, time }))} />
        <div>
          <label class="govuk-label" for={`${id}-time`}>
            {strings.field.time}
          </label>
          <ClockInput id={`${id}-time`} value={time} onInput={(next) => onInput(joined({ day, time: next }))} wrong={own.some(({ field }) => field === id || field === `${id}-time`)} />
        </div>
      </div>
    </Fieldset>
  );
}
