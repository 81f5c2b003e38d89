import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Dashboard } from "../api/types";
import { percent, whole } from "../lib/numbers";
import { shortTime } from "../lib/time";
import { strings } from "../strings";
import { bars, logarithmic, oneIn, roundedUp, spans } from "./chart";

const REFRESH_MS = 5_000;

type Cameras = Dashboard["faces_per_minute"][number]["cameras"];

/** How a live deployment runs, in figures that hold no person (R86). */
export function DashboardPanel({ id, records }: { id: string; /** Whether whoever looks may record complaints about it. */ records: boolean }) {
  const [board, setBoard] = useState<Dashboard>();
  const [problem, setProblem] = useState<string>();
  const words = strings.dashboard;

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/deployments/{id}/dashboard", { params: { path: { id } } }));
    if (result.ok) setBoard(result.value);
    setProblem(result.ok ? undefined : problemText(result.problem));
  }, [id]);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [load]);

  return (
    <section class="v-section" aria-labelledby="dashboard" data-testid="dashboard" data-level={board?.level}>
      <h2 class="govuk-heading-m" id="dashboard">
        {words.title}
      </h2>
      {problem !== undefined && (
        <p class="govuk-inset-text" role="status">
          {board === undefined ? problem : words.stale(shortTime(board.at), problem)}
        </p>
      )}
      {board !== undefined && board.complaints_unrecorded > 0 && (
        <p class="govuk-inset-text" data-testid="dashboard-unrecorded">
          {words.unrecorded(board.complaints_unrecorded)} {records && <a href={`#/complaints/${id}`}>{words.record}</a>}
        </p>
      )}
      {board === undefined ? problem === undefined && <p class="govuk-body">{strings.loading}</p> : <Figures board={board} />}
    </section>
  );
}

function Figures({ board }: { board: Dashboard }) {
  const words = strings.dashboard;
  // The minute that runs is not whole, and would look like a sudden calm.
  const minutes = board.faces_per_minute.slice(0, -1);
  const now = minutes.at(-1);
  const share = board.not_assessable_share.value;
  const figures: [string, string, string][] = [
    [strings.figures.followedInMinute, now?.cameras === "looked" ? whole(now.faces) : "\u2013", "per-minute"],
    [strings.figures.compared, whole(board.faces_seen), "faces"],
    [words.notAssessable, share == null ? "\u2013" : percent(share), "not-assessable"],
    [words.alerts, whole(board.alerts), "alerts"],
    [words.median, board.median_seconds_to_decide == null ? "\u2013" : words.seconds(board.median_seconds_to_decide), "median"],
  ];
  return (
    <>
      <dl class="v-counters">
        {figures.map(([name, value, key]) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd data-testid={`dashboard-${key}`}>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="v-board">
        <FacesPerMinute minutes={minutes} />
        <Decisions board={board} />
        <FalseAlertRate board={board} />
      </div>
    </>
  );
}

const [WIDE, TALL] = [600, 160];
/** Room for the numbers at an axis. */
const [LEFT, BELOW] = [74, 30];

function FacesPerMinute({ minutes }: { minutes: Dashboard["faces_per_minute"] }) {
  const words = strings.dashboard;
  const most = Math.max(0, ...minutes.map(({ faces }) => faces));
  const end = roundedUp(most);
  const [width, height] = [WIDE - LEFT, TALL - BELOW];
  const all = bars(minutes.map(({ faces }) => faces), end, width, height);
  const not = bars(minutes.map(({ not_assessable }) => not_assessable), end, width, height);
  const [first, last] = [minutes[0], minutes.at(-1)];
  const step = width / Math.max(1, minutes.length);
  const without = (cameras: Cameras) => minutes.filter((minute) => minute.cameras === cameras).length;
  const spansOf = (cameras: Cameras) => spans(minutes.map((minute) => minute.cameras === cameras));
  const [unwatched, unknown] = [without("none_looked"), without("not_known")];
  return (
    <figure class="v-chart">
      <figcaption class="v-chart__title">
        {strings.figures.paceTitle(minutes.length)} <span class="v-chart__n">{words.of(whole(minutes.reduce((sum, { faces }) => sum + faces, 0)))}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDE} ${TALL}`} role="img" aria-label={words.paceSummary(last?.faces ?? 0, most) + words.gaps(unwatched) + words.unknownMinutes(unknown)} data-testid="pace-chart">
        <text x={LEFT - 8} y={2} text-anchor="end" dominant-baseline="hanging" class="v-chart__text">
          {whole(end)}
        </text>
        <text x={LEFT - 8} y={height} text-anchor="end" class="v-chart__text">
          0
        </text>
        <g transform={`translate(${LEFT} 0)`}>
          <path d={`M0 1H${width}M0 ${height / 2}H${width}`} class="v-chart__grid" />
          {spansOf("none_looked").map(({ from, to }) => (
            <g key={from} data-testid="pace-gap">
              <rect x={from * step} y="1" width={(to - from) * step} height={height - 1} class="v-chart__gap" />
              <path d={hatching(from * step, to * step, height)} class="v-chart__hatching" />
            </g>
          ))}
          {spansOf("not_known").map(({ from, to }) => (
            <path key={from} d={dots(from * step, to * step, height)} class="v-chart__dots" data-testid="pace-unknown" />
          ))}
          {all.map((bar, at) => (
            <rect key={minutes[at]?.minute} x={bar.x + 1} y={bar.y} width={Math.max(1, bar.width - 2)} height={bar.height} class="v-chart__bar" />
          ))}
          {not.map((bar, at) => (
            <rect key={minutes[at]?.minute} x={bar.x + 1} y={bar.y} width={Math.max(1, bar.width - 2)} height={bar.height} class="v-chart__bar v-chart__bar--light" />
          ))}
          <path d={`M0 ${height}H${width}`} class="v-chart__axis" />
          {first !== undefined && (
            <text x={0} y={TALL - 6} class="v-chart__text">
              {shortTime(first.minute)}
            </text>
          )}
          {last !== undefined && (
            <text x={width} y={TALL - 6} text-anchor="end" class="v-chart__text">
              {shortTime(last.minute)}
            </text>
          )}
        </g>
      </svg>
      <p class="v-chart__key">
        <Key text={words.assessed} />
        <Key swatch="light" text={words.notAssessed} />
        {unwatched > 0 && <Key swatch="gap" text={words.cameras.none_looked} />}
        {unknown > 0 && <Key swatch="unknown" text={words.cameras.not_known} />}
      </p>
      <details class="govuk-details v-chart__table">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{words.paceTable}</span>
        </summary>
        <table class="v-table">
          <thead>
            <tr>
              <th scope="col">{words.paceColumns.minute}</th>
              <th scope="col">{words.paceColumns.faces}</th>
              <th scope="col">{words.paceColumns.notAssessable}</th>
            </tr>
          </thead>
          <tbody>
            {minutes.map(({ minute, faces, not_assessable, cameras }) => (
              <tr key={minute}>
                <th scope="row">{shortTime(minute)}</th>
                <td data-label={words.paceColumns.faces}>{cameras === "looked" ? whole(faces) : words.cameras[cameras]}</td>
                <td data-label={words.paceColumns.notAssessable}>{cameras === "looked" ? whole(not_assessable) : "\u2013"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Key({ swatch, text }: { swatch?: "light" | "gap" | "unknown"; text: string }) {
  return (
    <span class="v-chart__meaning">
      <span class={`v-chart__swatch${swatch === undefined ? "" : ` v-chart__swatch--${swatch}`}`} aria-hidden="true" /> {text}
    </span>
  );
}

/** Slanting lines between two places of a drawing that is so high. */
function hatching(from: number, to: number, height: number): string {
  const APART = 12;
  const lines: string[] = [];
  for (let x = from; x < to; x += APART) {
    const run = Math.min(APART, to - x);
    lines.push(`M${x.toFixed(1)} ${height}L${(x + run).toFixed(1)} ${(height * (1 - run / APART)).toFixed(1)}`);
  }
  return lines.join("");
}

/** Points, in rows that are offset, between two places of a drawing that is so high: lines of no length, with round ends. */
function dots(from: number, to: number, height: number): string {
  const APART = 9;
  const points: string[] = [];
  for (let row = 0, y = APART; y < height; row += 1, y += APART) {
    for (let x = from + (row % 2 === 0 ? 0.3 : 0.8) * APART; x < to; x += APART) points.push(`M${x.toFixed(1)} ${y}h0`);
  }
  return points.join("");
}

function Decisions({ board }: { board: Dashboard }) {
  const words = strings.dashboard;
  const { true: right, false: wrong, inconclusive } = board.verdicts;
  const rows: [string, number, string][] = [
    [words.right, right, "right"],
    [words.wrong, wrong, "wrong"],
    [words.undecided, inconclusive, "undecided"],
    [words.waiting, board.waiting, "waiting"],
    [words.lapsed, board.lapsed, "lapsed"],
    [strings.withdrawn.short, board.withdrawn, "withdrawn"],
  ];
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return (
    <figure class="v-chart">
      <figcaption class="v-chart__title">
        {words.decisionsTitle} <span class="v-chart__n">{words.of(whole(right + wrong + inconclusive))}</span>
      </figcaption>
      <table class="v-chart__mix">
        <tbody>
          {rows.map(([name, count, key]) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td class="v-chart__count" data-testid={`dashboard-${key}`}>
                {whole(count)}
              </td>
              <td aria-hidden="true" class="v-chart__line">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none">
                  <rect x="0" y="0" width={(100 * count) / most} height="10" class="v-chart__bar" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** The ends of the scale: rarer than can be told, and as frequent as never happens. */
const [LEAST, MOST] = [1e-5, 1e-1];
const TICKS = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

/** Room for the words under the scale's ends. */
const EDGE = 60;

/** An end that lies beyond the scale has no mark: the line only runs out of it. */
const onScale = (rate: number) => rate >= LEAST && rate <= MOST;

function rateWords(mistaken: number, { value, low, high }: Dashboard["false_alerts"]["per_face"]): string {
  const words = strings.dashboard;
  if (mistaken === 0) return high > MOST ? words.rateUnknown : words.rateNone(faces(high));
  return words.rateSaid(mistaken, faces(value ?? 0), faces(low), faces(high));
}

/** Among how many faces one is, to two digits. */
function faces(rate: number): string {
  return whole(oneIn(rate) ?? 0);
}

function FalseAlertRate({ board }: { board: Dashboard }) {
  const words = strings.dashboard;
  const { count, per_face } = board.false_alerts;
  const x = (rate: number) => EDGE + logarithmic(rate, LEAST, MOST) * (WIDE - 2 * EDGE);
  const ceiling = x(1 / board.ceiling_one_in);
  const said = rateWords(count, per_face);
  const level = words.levels[board.level](whole(board.ceiling_one_in));
  return (
    <figure class="v-chart v-chart--wide">
      <figcaption class="v-chart__title">
        {words.rateTitle} <span class="v-chart__n">{words.of(whole(board.faces_seen))}</span>
      </figcaption>
      <p class={`v-level v-level--${board.level}`} data-testid="dashboard-level">
        <strong>{level.title}</strong> {level.text}
      </p>
      <svg viewBox={`0 0 ${WIDE} 120`} role="img" aria-label={said} data-testid="rate-chart">
        <rect x={ceiling} y="12" width={WIDE - EDGE - ceiling} height="66" class="v-chart__over" />
        <path d={`M${EDGE} 78H${WIDE - EDGE}`} class="v-chart__axis" />
        {TICKS.map((rate, at) => (
          <g key={rate}>
            <path d={`M${x(rate)} 78v6`} class="v-chart__axis" />
            <text
              // The longest begins at the very edge, as it isn't cut there.
              x={at === 0 ? 2 : x(rate)}
              y="106"
              text-anchor={at === 0 ? "start" : "middle"}
              class={`v-chart__text${at % 2 === 1 ? " v-chart__text--between" : ""}`}
            >
              {words.oneInShort(whole(Math.round(1 / rate)))}
            </text>
          </g>
        ))}
        <path d={`M${ceiling} 6V78`} class="v-chart__ceiling" />
        <path d={`M${x(per_face.low)} 45H${x(per_face.high)}`} class="v-chart__interval" />
        {[per_face.low, per_face.high].filter(onScale).map((end) => (
          <path key={end} d={`M${x(end)} 33v24`} class="v-chart__interval" />
        ))}
        {per_face.value != null && onScale(per_face.value) && <circle cx={x(per_face.value)} cy="45" r="9" class="v-chart__point" />}
      </svg>
      <p class="govuk-body" data-testid="dashboard-rate">
        {said} {words.rateHint(whole(board.ceiling_one_in))}
      </p>
    </figure>
  );
}
