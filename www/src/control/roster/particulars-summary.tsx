import type { Particulars, Response } from "../../api/types";
import { day } from "../../lib/time";
import { strings } from "../../strings";
import { PARTICULARS, yearsBetween, type Particular } from "./particulars";

const COLOURS: Record<Response, string> = { red: "red", amber: "orange", green: "green" };

/** What officers do at a match: words, and a colour that only repeats them. */
export function ResponseTag({ response }: { response: Response }) {
  return (
    <strong class={`govuk-tag govuk-tag--${COLOURS[response]}`} data-testid="response" data-response={response}>
      {strings.particulars.responses[response]}
    </strong>
  );
}

export function imageAge({ image_taken_on }: Pick<Particulars, "image_taken_on">, now = new Date()): string {
  const words = strings.particulars;
  return words.taken(day(image_taken_on), words.age(yearsBetween(image_taken_on, now)));
}

function shown(particulars: Particulars, column: Particular): string {
  const words = strings.particulars;
  const value = particulars[column];
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (value == null) return "";
  if (column === "response") return words.responses[particulars.response];
  return column === "image_taken_on" || column === "born_on" ? day(value) : value;
}

export function ParticularsSummary({ particulars }: { particulars: Particulars }) {
  const words = strings.particulars;
  return (
    <details class="govuk-details v-particulars__all">
      <summary class="govuk-details__summary v-summary">
        <span class="govuk-details__summary-text">{words.details}</span>
      </summary>
      <dl class="govuk-summary-list">
        {PARTICULARS.map((column) => ({ column, text: shown(particulars, column) }))
          .filter(({ text }) => text !== "")
          .map(({ column, text }) => (
            <div class="govuk-summary-list__row" key={column}>
              <dt class="govuk-summary-list__key">{words.columns[column]}</dt>
              <dd class="govuk-summary-list__value v-plan__text">{text}</dd>
            </div>
          ))}
      </dl>
    </details>
  );
}
