import type { Deployment } from "../api/types";
import { SketchFigure } from "../components/sketch/drawing";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings";

/** What whoever works an operation is told of it: where, until when, what for, and who decides. */
export function Briefing({ deployment }: { deployment: Deployment }) {
  const plan = deployment.operation?.plan;
  if (plan === undefined) return null;
  const words = strings.plan;
  const rows = [
    [words.place, deployment.place],
    [words.starts, dayAndTime(plan.starts_at)],
    [words.ends, dayAndTime(deployment.ends_at)],
    [words.purpose, plan.purpose],
    [words.cameras, plan.cameras.join("\n")],
    [words.people, plan.single_person === undefined ? words.twoPeople : words.singleBecause(plan.single_person)],
  ] as const;
  return (
    <details class="govuk-details v-briefing" data-testid="briefing">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{strings.sketch.briefing}</span>
      </summary>
      {plan.sketch !== undefined && <SketchFigure sketch={plan.sketch} words={strings.sketch.figure} />}
      <dl class="govuk-summary-list">
        {rows.map(([name, text]) => (
          <div class="govuk-summary-list__row" key={name}>
            <dt class="govuk-summary-list__key">{name}</dt>
            <dd class="govuk-summary-list__value v-plan__text">{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
