import { useState } from "preact/hooks";
import type { Deployment } from "../api/types";
import { TextField } from "../components/field/field";
import { Part } from "../components/part/part";
import { strings } from "../strings";
import { expectedFalseAlerts, wholePeople } from "./footfall";

/** What the target comes to for the people who are expected to pass, before anyone goes live. */
export function FalseAlerts({ pilot, folded }: { pilot: Deployment; folded: boolean }) {
  // What was signed for, where anything was.
  const [people, setPeople] = useState(String(pilot.operation?.plan.footfall ?? 1_000));
  const text = strings.false_alerts;
  const count = wholePeople(people);
  const point = pilot.operating_point;
  return (
    <Part id="false-alerts" title={text.title} folded={folded}>
      <p class="govuk-body" data-testid="target">
        {text.target(pilot.target_fpir_one_in)}
      </p>
      <TextField id="footfall" label={text.footfall} hint={text.footfallHint} narrow value={people} onInput={setPeople} error={count === undefined ? text.footfallWrong : undefined} />
      {count !== undefined && (
        <p class="govuk-body" role="status" data-testid="expected-false-alerts">
          <strong>{text.expected(expectedFalseAlerts(count, pilot.target_fpir_one_in))}</strong>
        </p>
      )}
      {point !== undefined && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{text.basis}</span>
          </summary>
          <div class="govuk-details__text" data-testid="operating-point" data-scale={point.scale}>
            <p data-testid="people-and-photos">{text.length(pilot.entries, pilot.photos)}</p>
            <p>{point.scale === "normalised" ? text.normalised : text.cosine}</p>
            <p>{text.leastFavourable(point.population)}</p>
            <p>{point.decades_beyond_data > 0 ? text.beyond(point.decades_beyond_data) : text.within}</p>
            <p>{text.threshold(point.threshold)}</p>
          </div>
        </details>
      )}
    </Part>
  );
}
