import { Button } from "../../components/button/button";
import { errorFor, type FieldError } from "../../components/error-summary/error-summary";
import { FileField } from "../../components/field/field";
import { download } from "../../lib/download";
import { strings } from "../../strings";
import type { Photographs } from "./archive";
import { COLUMNS, forSpreadsheet, type Table } from "./table";

/** A file's name, and what was read of it. */
export type Chosen<T> = { name: string; of: T };
/** `guessed`: not UTF-8, so that accents should be looked at. */
export type List = { table: Table; guessed: boolean };

type Props = {
  list: Chosen<List> | undefined;
  photographs: Chosen<Photographs> | undefined;
  errors: FieldError[];
  checking: boolean;
  onList: (file: File) => void;
  onZip: (file: File) => void;
  onCheck: () => Promise<void>;
};

/** The list, the zip, and what the columns are called. */
export function Choosing({ list, photographs, errors, checking, onList, onZip, onCheck }: Props) {
  const words = strings.roster;
  return (
    <div class="v-form" data-testid="roster-choosing">
      <p class="govuk-body">{words.lead}</p>
      <details class="govuk-details">
        <summary class="govuk-details__summary v-summary">
          <span class="govuk-details__summary-text">{words.columnsTitle}</span>
        </summary>
        <p class="govuk-body">
          {words.columnsLead} {words.columnsDates}
        </p>
        <ul class="govuk-list govuk-list--bullet">
          {COLUMNS.map((column) => (
            <li key={column}>
              <strong>{column}</strong>: {strings.particulars.columns[column]}
            </li>
          ))}
        </ul>
        <Button kind="secondary" onPress={() => download(forSpreadsheet([...COLUMNS], []), words.sampleFile)} testId="roster-sample">
          {words.sample}
        </Button>
      </details>
      <FileField id="roster-csv" label={words.csv} hint={words.csvHint} accept=".csv,text/csv" onFile={onList} error={errorFor(errors, "roster-csv")} />
      {list !== undefined && (
        <p class="govuk-body" data-testid="roster-chosen-csv">
          <strong>{words.chosenCsv(list.name, list.of.table.records.length)}</strong>
        </p>
      )}
      <FileField id="roster-zip" label={words.zip} hint={words.zipHint} accept=".zip,application/zip" onFile={onZip} error={errorFor(errors, "roster-zip")} />
      {photographs !== undefined && (
        <p class="govuk-body" data-testid="roster-chosen-zip">
          <strong>{words.chosenZip(photographs.name, photographs.of.count)}</strong>
        </p>
      )}
      <Button busy={checking} onPress={onCheck} testId="roster-check">
        {checking ? words.checking : words.check}
      </Button>
    </div>
  );
}
