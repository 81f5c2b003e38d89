import type { Deployment } from "../api/types";
import { FalseAlertRates } from "../control/false-alert-rates";
import { known } from "../lib/foreign";
import { sentence } from "../lib/text";
import { strings } from "../strings";
import { Facts } from "./public";

/** The published row, with what its numbers mean. `cells`: its columns and their values, as the server says them. */
export function RowPaper({ pilot, cells }: { pilot: Deployment; cells: [string, string][] }) {
  const words = strings.papers.row;
  const { faces_seen, not_assessable, candidates, lapsed, withdrawn } = pilot.counters;
  return (
    <article class="v-sheet v-leaflet" data-testid="paper-sheet">
      <h1>{words.title}</h1>
      <p>{words.lead(pilot.name)}</p>
      <Facts all={cells.map(([name, text]) => ({ name: sentence(known(name) ?? name), text: text === "" ? words.notRecorded : (known(text) ?? text) }))} />
      <h2>{words.meaning}</h2>
      <p>{words.facesSeen}</p>
      <Facts
        all={[
          { name: words.followed, text: faces_seen.toLocaleString("en-GB") },
          { name: words.notAssessable, text: not_assessable.toLocaleString("en-GB") },
          { name: words.compared, text: candidates.toLocaleString("en-GB") },
          { name: strings.since.lapsed, text: lapsed.toLocaleString("en-GB") },
          { name: strings.withdrawn.counter, text: withdrawn.toLocaleString("en-GB") },
        ]}
      />
      {pilot.false_alerts !== undefined && <FalseAlertRates rates={pilot.false_alerts} />}
      <p>{words.interval}</p>
    </article>
  );
}
