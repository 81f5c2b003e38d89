import type { AnnualReport, RetentionRule } from "../api/types";
import { RetentionTable } from "../control/retention";
import { percent, whole } from "../lib/numbers";
import { strings } from "../strings";
import { papers } from "../strings/papers";
import { dayOf } from "./when";

/** A year's deployments in figures that hold no person. */
export function AnnualPaper({ report, retention }: { report: AnnualReport; retention: RetentionRule[] }) {
  return (
    <article class="v-sheet v-leaflet" data-testid="paper-sheet">
      <h1>{strings.annual.paperTitle(report.year)}</h1>
      <AnnualTables report={report} />
      <h2>{strings.retention.title}</h2>
      <RetentionTable rows={retention} />
    </article>
  );
}

/** As on paper, so on the screen. */
export function AnnualTables({ report }: { report: AnnualReport }) {
  const words = strings.annual;
  const { total } = report;
  const rate = ({ value, low, high }: typeof total.per_face) => (value == null ? "\u2013" : strings.pilot_page.rate(percent(value), percent(low), percent(high)));
  const rows: [string, string][] = [
    [words.deployments, whole(report.deployments.length)],
    [words.exercises, whole(report.exercises)],
    [words.hours, whole(Math.round(total.minutes_live / 60))],
    [words.faces, whole(total.faces_seen)],
    [words.notAssessable, whole(total.not_assessable)],
    [words.alerts, whole(total.alerts)],
    [words.right, whole(total.verdicts.true)],
    [words.wrong, whole(total.verdicts.false)],
    [words.undecided, whole(total.verdicts.inconclusive)],
    [words.perFace, rate(total.per_face)],
    [words.perAlert, rate(total.per_alert)],
    [words.complaints, whole(total.complaints)],
    [words.upheld, whole(total.complaints_upheld)],
    [words.minors, total.under_18_entries == null ? words.notRecorded : whole(total.under_18_entries)],
    [words.outages, words.outagesText(total.outages, total.outage_minutes)],
  ];
  return (
    <>
      <table data-testid="annual-table">
        <caption class="govuk-visually-hidden">{words.paperTitle(report.year)}</caption>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="v-sheet__number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2 class="govuk-heading-m">{words.arrests}</h2>
      {total.arrests == null ? (
        <p class="govuk-body">{words.notRecorded}</p>
      ) : total.arrests.length === 0 ? (
        <p class="govuk-body">{words.noArrests}</p>
      ) : (
        <table>
          <caption class="govuk-visually-hidden">{words.arrests}</caption>
          <tbody>
            {total.arrests.map(({ category, count }) => (
              <tr key={category}>
                <th scope="row">{category}</th>
                <td class="v-sheet__number">{whole(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.deployments.length > 0 && <Each report={report} />}
      <p class="govuk-body">{words.note}</p>
    </>
  );
}

function Each({ report }: { report: AnnualReport }) {
  const words = strings.annual;
  const heads = words.eachHead;
  return (
    <>
      <h2 class="govuk-heading-m">{words.each}</h2>
      <table class="v-table" data-testid="annual-each">
        <caption class="govuk-visually-hidden">{words.each}</caption>
        <thead>
          <tr>
            <th scope="col">{heads.operation}</th>
            {[heads.faces, heads.alerts, heads.wrong, heads.complaints, heads.outage].map((head) => (
              <th scope="col" class="v-sheet__number" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.deployments.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                {each.name}, {each.place}, {dayOf(each.date, papers.en)}
              </th>
              {(
                [
                  [heads.faces, each.faces_seen],
                  [heads.alerts, each.alerts],
                  [heads.wrong, each.verdicts.false],
                  [heads.complaints, each.complaints],
                  [heads.outage, each.outage_minutes],
                ] as const
              ).map(([head, count]) => (
                <td class="v-sheet__number" data-label={head} key={head}>
                  {whole(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
