import type { KioskCounts as Counts } from "../api/types";
import { Part } from "../components/part/part";
import { whole } from "../lib/numbers";
import { strings } from "../strings";

/** What came of attempts at a deployment's kiosks (R123). Nothing where there were none. */
export function KioskCounts({ counts, folded }: { counts: Counts; folded: boolean }) {
  const words = strings.kiosk.counts;
  if (counts.visits === 0) return null;
  return (
    <Part id="kiosk-counts" title={words.title} folded={folded}>
      <p class="govuk-body">{words.lead}</p>
      <dl class="v-counters" data-testid="kiosk-counts">
        {(["visits", "unclear", "unproven", "staffed"] as const).map((key) => (
          <div key={key}>
            <dt>{words[key]}</dt>
            <dd data-testid={`kiosk-${key}`}>{whole(counts[key])}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
