import { useState } from "preact/hooks";
import { api, ask } from "../../api/client";
import { problemText } from "../../api/problem";
import type { RosterStatus } from "../../api/types";
import { Notice } from "../../components/banner/banner";
import { Button } from "../../components/button/button";
import { Dialog } from "../../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../../components/error-summary/error-summary";
import { FileField } from "../../components/field/field";
import { pageOf, Pager } from "../../components/pager/pager";
import { download } from "../../lib/download";
import { nameOf } from "../../lib/namesake";
import { strings } from "../../strings";
import { forSpreadsheet, LARGEST_CSV, only, readTable, toCsv } from "./table";

const PAGE = 50;
/** What the server has to know of who is still wanted. */
const NEEDED = ["nominal_id", "legal_status"];

type Chosen = { name: string; csv: string; rows: number };

/** A list of those who are still wanted is compared with the watchlist; nobody is removed unseen. */
export function StatusCheck({ id }: { id: string }) {
  const words = strings.statusCheck;
  const [chosen, setChosen] = useState<Chosen>();
  const [status, setStatus] = useState<RosterStatus>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [asking, setAsking] = useState(false);
  const [page, setPage] = useState(0);

  const choose = async (file: File) => {
    setErrors([]);
    setStatus(undefined);
    if (file.size > LARGEST_CSV) {
      setErrors([{ field: "status-csv", text: strings.roster.csvLarge }]);
      return;
    }
    const read = readTable(await file.arrayBuffer());
    if (read.kind !== "table") setErrors([{ field: "status-csv", text: read.kind === "empty" ? strings.roster.csvEmpty : strings.roster.csvBroken(read.row) }]);
    else if (!read.table.columns.includes("nominal_id")) setErrors([{ field: "status-csv", text: words.columnMissing }]);
    else setChosen({ name: file.name, csv: toCsv(only(read.table, NEEDED)), rows: read.table.records.length });
  };
  const compare = async (remove: string[]) => {
    if (chosen === undefined) {
      setErrors([{ field: "status-csv", text: strings.roster.csvMissing }]);
      return;
    }
    const body = { csv: chosen.csv, ...(remove.length === 0 ? {} : { remove }) };
    const result = await ask(api.PUT("/v1/deployments/{id}/roster/status", { params: { path: { id } }, body }));
    setAsking(false);
    setErrors(result.ok ? [] : [{ text: problemText(result.problem) }]);
    setPage(0);
    if (result.ok) setStatus(result.value);
  };
  const report = ({ missing, unknown }: RosterStatus) =>
    download(
      forSpreadsheet(Object.values(words.reportColumns), [
        ...missing.map((person) => [person.nominal_id, nameOf(person), words.reportResults.missing]),
        ...unknown.map((nominal) => [nominal, "", words.reportResults.unknown]),
      ]),
      words.reportFile,
    );

  return (
    <>
      <a class="v-back" href={`#/pilot/${id}`}>
        {strings.roster.back}
      </a>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      <div class="v-form">
        <FileField id="status-csv" label={words.csv} accept=".csv,text/csv" onFile={(file) => void choose(file)} error={errorFor(errors, "status-csv")} />
        {chosen !== undefined && (
          <p class="govuk-body">
            <strong>{strings.roster.chosenCsv(chosen.name, chosen.rows)}</strong>
          </p>
        )}
        <Button onPress={() => compare([])} testId="status-compare">
          {words.compare}
        </Button>
      </div>
      {status !== undefined && (
        <section class="v-section" data-testid="status-result" data-checked={status.checked}>
          <Notice>
            <p>
              <strong>{status.checked ? words.allConfirmed(status.confirmed) : words.confirmed(status.confirmed)}</strong> {status.changed > 0 && words.statusChanged(status.changed)}{" "}
              {status.unknown.length > 0 && words.unknown(status.unknown.length)}
            </p>
          </Notice>
          {status.missing.length > 0 && (
            <>
              <h2 class="govuk-heading-m">{words.missing(status.missing.length)}</h2>
              <p class="govuk-body">{words.missingLead}</p>
              <Missing missing={status.missing} page={page} onPage={setPage} />
            </>
          )}
          <div class="govuk-button-group">
            {status.missing.length > 0 && (
              <Button kind="warning" onPress={() => setAsking(true)} testId="status-remove">
                {words.removeAll(status.missing.length)}
              </Button>
            )}
            {status.missing.length + status.unknown.length > 0 && (
              <Button kind="secondary" onPress={() => report(status)} testId="status-report">
                {words.report}
              </Button>
            )}
          </div>
        </section>
      )}
      {asking && status !== undefined && (
        <Dialog
          testId="status-dialog"
          title={words.removeTitle(status.missing.length)}
          text={words.removeText}
          confirm={strings.entries.remove}
          onConfirm={() => compare(status.missing.map((entry) => entry.id))}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Missing({ missing, page, onPage }: { missing: RosterStatus["missing"]; page: number; onPage: (page: number) => void }) {
  const { from, to } = pageOf(page, PAGE, missing.length);
  return (
    <>
      <ul class="govuk-list v-roster__missing" data-testid="status-missing">
        {missing.slice(from, to).map(({ id, nominal_id, ...person }) => (
          <li key={id}>
            <strong>{nameOf(person)}</strong> {nominal_id}
          </li>
        ))}
      </ul>
      <Pager page={page} size={PAGE} count={missing.length} onPage={onPage} testId="status-pager" />
    </>
  );
}
