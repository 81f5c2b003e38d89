import { useState } from "preact/hooks";
import type { Deployment } from "../../api/types";
import { Button } from "../../components/button/button";
import { SketchThumb } from "../../components/sketch/drawing";
import { day, dayAndTime, weekdayShort } from "../../lib/time";
import { strings } from "../../strings";
import { bar, days, position, windowOf } from "./timeline";
import { stateOf } from "./todo";

/** Deployments over some days: a table whose last column draws what the others say. */
export function Timeline({ deployments }: { deployments: Deployment[] }) {
  const words = strings.home;
  const [page, setPage] = useState(0);
  const now = Date.now();
  const midnights = days(now, page);
  const [first, last] = [midnights[0] ?? now, (midnights.at(-1) ?? now) - 1];
  const rows = [...deployments].sort((a, b) => windowOf(a).from - windowOf(b).from);
  return (
    <>
      <div class="govuk-button-group">
        <Button kind="secondary" onPress={() => setPage(page - 1)} testId="timeline-earlier">
          {words.earlier}
        </Button>
        <Button kind="secondary" onPress={() => setPage(page + 1)} testId="timeline-later">
          {words.later}
        </Button>
      </div>
      <table class="v-table v-timeline" data-testid="timeline">
        <caption class="govuk-body">{words.timelineCaption(day(new Date(first).toISOString()), day(new Date(last).toISOString()))}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.state}</th>
            <th scope="col">{words.columns.window}</th>
            <th scope="col" class="v-timeline__days">
              <span class="govuk-visually-hidden">{words.columns.days}</span>
              <Axis midnights={midnights} />
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((each) => (
            <Row key={each.id} pilot={each} midnights={midnights} now={now} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A deployment of minutes is still seen, also beside the line of now; in hundredths of the width. */
const NARROWEST = 2.4;

/** In hundredths of the width, so that words keep their size on every screen. */
const at = (x: number) => `${x.toFixed(2)}%`;

function Axis({ midnights }: { midnights: number[] }) {
  const width = 100 / (midnights.length - 1);
  return (
    <svg class="v-timeline__axis" width="100%" height="44" aria-hidden="true">
      {midnights.slice(0, -1).map((midnight) => {
        const { weekday, number } = weekdayShort(midnight);
        const x = position(midnight, midnights) + width / 2;
        return (
          <g key={midnight}>
            <text x={at(x)} y="16" text-anchor="middle" class="v-timeline__weekday">
              {weekday}
            </text>
            <text x={at(x)} y="36" text-anchor="middle">
              {number}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Row({ pilot, midnights, now }: { pilot: Deployment; midnights: number[]; now: number }) {
  const words = strings.home;
  const span = windowOf(pilot);
  const state = stateOf(pilot);
  const drawn = bar(span, midnights);
  const instant = (time: number) => dayAndTime(new Date(time).toISOString());
  const [first, last] = [midnights[0] ?? 0, midnights.at(-1) ?? 0];
  return (
    <tr data-testid="timeline-row">
      <th scope="row">
        <a class="govuk-link" href={`#/pilot/${pilot.id}`}>
          {pilot.name}
        </a>{" "}
        <span class="v-id">{strings.kinds.id(pilot.id)}</span>
        {pilot.operation?.plan.sketch !== undefined && <SketchThumb sketch={pilot.operation.plan.sketch} />}
      </th>
      <td data-label={words.columns.state}>{words.states[state]}</td>
      <td data-label={words.columns.window}>{words.window(instant(span.from), instant(span.to))}</td>
      <td class="v-timeline__days" aria-hidden="true">
        <svg width="100%" height="32" data-testid="timeline-bar" data-shown={drawn !== undefined}>
          {midnights.map((midnight) => (
            <line key={midnight} x1={at(position(midnight, midnights))} x2={at(position(midnight, midnights))} y1="0" y2="32" class="v-timeline__grid" />
          ))}
          {drawn !== undefined && <rect x={at(drawn.x)} width={at(Math.max(drawn.width, NARROWEST))} y="6" height="20" class={`v-timeline__bar v-timeline__bar--${state}`} />}
          {now >= first && now < last && <line x1={at(position(now, midnights))} x2={at(position(now, midnights))} y1="0" y2="32" class="v-timeline__now" />}
          {drawn === undefined && (
            <text x={span.to < first ? "0" : "100%"} y="21" text-anchor={span.to < first ? "start" : "end"} class="v-timeline__outside">
              {words.outside}
            </text>
          )}
        </svg>
      </td>
    </tr>
  );
}
