import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { AnnualReport } from "../api/types";
import { ErrorSummary, type FieldError } from "../components/error-summary/error-summary";
import { SelectField } from "../components/field/field";
import { AnnualTables } from "../papers/annual";
import { annualAddress } from "../papers/route";
import { strings } from "../strings";
import { BackToRecords } from "./records";

/** Years that may be looked back on. */
const YEARS = 10;

/** What is published about a year (R91). */
export function Annual() {
  const [year, setYear] = useState(new Date().getFullYear());
  const [report, setReport] = useState<AnnualReport>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.annual;
  useEffect(() => {
    let current = true;
    void ask(api.GET("/v1/reports/annual", { params: { query: { year } } })).then((result) => {
      if (!current) return;
      setReport(result.ok ? result.value : undefined);
      setErrors(result.ok ? [] : [{ text: problemText(result.problem) }]);
    });
    return () => {
      current = false;
    };
  }, [year]);
  const now = new Date().getFullYear();
  return (
    <>
      <BackToRecords />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      <div class="v-form">
        <SelectField
          id="annual-year"
          label={words.year}
          value={String(year)}
          onInput={(value) => setYear(Number(value))}
          options={Array.from({ length: YEARS }, (_, ago) => String(now - ago)).map((value) => ({ value, text: value }))}
        />
      </div>
      {report !== undefined && (
        <>
          <div class="v-annual">
            <AnnualTables report={report} />
          </div>
          <p class="govuk-body v-links">
            <a class="govuk-link" href={annualAddress(year)} data-testid="annual-print">
              {words.toPaper}
            </a>
            <a class="govuk-link" href={`/v1/reports/annual.csv?year=${year}`} download={`annual-${year}.csv`} data-testid="annual-csv">
              {words.csv}
            </a>
          </p>
        </>
      )}
    </>
  );
}
