import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { RetentionRule } from "../api/types";
import { ErrorSummary, type FieldError } from "../components/error-summary/error-summary";
import { Said } from "../components/said/said";
import { fromServer } from "../lib/foreign";
import { sentence } from "../lib/text";
import { strings } from "../strings";
import { BackToRecords } from "./records";

/** How long anything is kept: the table that the server deletes by (R76). */
export function Retention() {
  const [rows, setRows] = useState<RetentionRule[]>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.retention;
  useEffect(() => {
    void ask(api.GET("/v1/retention")).then((result) => {
      if (result.ok) setRows(result.value);
      else setErrors([{ text: problemText(result.problem) }]);
    });
  }, []);
  return (
    <>
      <BackToRecords />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {rows === undefined ? (
        errors.length === 0 && <p class="govuk-body">{strings.loading}</p>
      ) : (
        <RetentionTable rows={rows} />
      )}
    </>
  );
}

export function RetentionTable({ rows }: { rows: RetentionRule[] }) {
  const words = strings.retention;
  return (
    <table class="v-table" data-testid="retention">
      <caption class="govuk-visually-hidden">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.holds}</th>
          <th scope="col">{words.trigger}</th>
          <th scope="col">{words.period}</th>
          <th scope="col">{words.action}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.class} data-testid="retention-row">
            <th scope="row">
              <Said text={sentence(fromServer(row.holds))} />
            </th>
            <td data-label={words.trigger}>
              <Said text={sentence(fromServer(row.trigger))} />
            </td>
            <td data-label={words.period}>
              <Said text={sentence(fromServer(row.period))} />
            </td>
            <td data-label={words.action}>
              <Said text={sentence(fromServer(row.action))} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
