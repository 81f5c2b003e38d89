import type { Operation } from "../../api/types";
import { strings } from "../../strings";

/** How many people needed a decision, and what came of it. The numbers stay when the people are deleted. */
export function ClearanceCounts({ counts }: { counts: Operation["clearances"] }) {
  const words = strings.clearances;
  const shown = counts.filter(({ needed }) => needed > 0);
  if (shown.length === 0) return null;
  return (
    <>
      <h3 class="govuk-heading-s">{words.countsTitle}</h3>
      <dl class="govuk-summary-list" data-testid="clearance-counts">
        {shown.map(({ kind, needed, open, cleared, refused }) => (
          <div class="govuk-summary-list__row" key={kind} data-testid={`clearance-count-${kind}`}>
            <dt class="govuk-summary-list__key">{words.kinds[kind]}</dt>
            <dd class="govuk-summary-list__value">{words.counts(needed, open, cleared, refused)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
