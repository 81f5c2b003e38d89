import { useEffect, useRef, useState } from "preact/hooks";
import type { PolicyCategory } from "../../api/types";
import { Button } from "../../components/button/button";
import { Card } from "../../components/card/card";
import { FacePicker } from "../../components/face-picker/face-picker";
import { TextArea } from "../../components/field/field";
import { TEXT, textErrors } from "../../components/field/text-errors";
import { Said } from "../../components/said/said";
import { dayOf } from "../../lib/day";
import { fromServer } from "../../lib/foreign";
import { nameOf } from "../../lib/namesake";
import { shortfallText } from "../../lib/shortfall";
import { strings } from "../../strings";
import type { FoundFace } from "../../vision/protocol";
import { lacking, type Looks, type Standing } from "./intake";
import { asTyped } from "./particulars";
import { ResponseTag } from "./particulars-summary";
import { RosterField } from "./particulars-fields";
import { faultsOf, faultText, isListed, kindNames, type Shown } from "./people";
import { alikeElsewhere, cell, COLUMNS, type Column, type Table } from "./table";

const COLOURS: Record<Standing, string> = { faulty: "red", unseen: "grey", poor: "yellow", ready: "turquoise", listed: "green", already_listed: "blue", refused: "red" };

type Props = {
  shown: Shown;
  table: Table;
  looks: Looks;
  /** The policy's lowest quality, 0..=1. */
  floor: number;
  categories: readonly PolicyCategory[];
  /** While photographs or people are under way nothing is changed. */
  busy: boolean;
  onChange: (values: Record<string, string>, alike: ReadonlySet<string>) => Promise<void>;
  onOverride: (reason: string) => void;
  findFaces: (file: string) => Promise<FoundFace[]>;
  onPick: (file: string, face: FoundFace["box"]) => Promise<void>;
};

/** One person's own: never put into other rows along with this one. */
const OWN: readonly Column[] = ["name", "nominal_id", "born_on", "possible_minor", "photos"];

type Open = { kind: "nothing" } | { kind: "change" } | { kind: "reason" } | { kind: "face"; file: string };

/** One row of the list: how it stands, what is wrong with it, and how it is put right. */
export function RowCard(props: Props) {
  const { shown, looks, floor, busy, onOverride, findFaces, onPick } = props;
  const { person, number, standing } = shown;
  const { row, override, outcome } = person;
  const words = strings.roster;
  const [open, setOpen] = useState<Open>({ kind: "nothing" });
  const name = row.name === "" ? words.unnamed : row.name;
  const faults = faultsOf(person, looks);
  const several = row.photos.filter((file) => looks.get(file)?.kind === "several");
  const lack = lacking(row, looks, floor);
  const tags = useRef<HTMLParagraphElement>(null);
  const close = () => {
    setOpen({ kind: "nothing" });
    // To how the row stands now; to the filter where that no longer shows it.
    requestAnimationFrame(() => (tags.current ?? document.getElementById("roster-filter"))?.focus());
  };
  return (
    <Card
      testId="roster-row"
      title={name}
      actions={
        busy || isListed(shown) || open.kind !== "nothing" ? undefined : (
          <>
            {several.map((file) => (
              <Button key={file} label={words.pickFaceOf(name, file)} onPress={() => setOpen({ kind: "face", file })} testId="roster-pick">
                {words.pickFace}
              </Button>
            ))}
            {(lack !== undefined || outcome?.quality === true) && (
              <Button kind={standing === "poor" ? "primary" : "secondary"} label={words.giveReasonFor(name)} onPress={() => setOpen({ kind: "reason" })} testId="roster-reason">
                {words.giveReason}
              </Button>
            )}
            <Button kind="secondary" label={words.changeNamed(name, number)} onPress={() => setOpen({ kind: "change" })} testId="roster-change">
              {words.change}
            </Button>
          </>
        )
      }
    >
      <p class="v-tags" ref={tags} tabIndex={-1}>
        <strong class={`govuk-tag govuk-tag--${COLOURS[standing]}`} data-testid="roster-standing" data-standing={standing}>
          {words.standings[standing]}
        </strong>
        {row.particulars != null && <ResponseTag response={row.particulars.response} />}
      </p>
      <p class="govuk-hint">
        {[words.row(number), row.nominal_id, row.particulars?.category ?? "", row.photos.join(", ")].filter((part) => part !== "").join(" · ")}
      </p>
      {faults.length > 0 && (
        <ul class="govuk-list v-roster__faults" data-testid="roster-faults">
          {faults.map((fault) => (
            <li key={fault} class="govuk-error-message">
              <Said text={fault} />
            </li>
          ))}
        </ul>
      )}
      {row.warnings.map(({ kind, message }) => (
        <p class="govuk-body" key={kind} data-testid="roster-warning">
          <Said text={fromServer(message)} />
        </p>
      ))}
      {row.needs.length > 0 && <p class="govuk-body">{words.needs(kindNames(row.needs))}</p>}
      {standing === "poor" && lack !== undefined && (
        <p class="govuk-body" data-testid="roster-lacks">
          {shortfallText(lack, floor)}
        </p>
      )}
      {override.trim() !== "" && <p class="govuk-body">{words.reasonGiven(override.trim())}</p>}
      {outcome !== undefined && outcome.resembles.length > 0 && (
        <p class="govuk-body" data-testid="roster-resembles">
          {words.resembles(outcome.resembles.map(nameOf).join(", "))}
        </p>
      )}
      {outcome?.unlike_own === true && <p class="govuk-body">{words.unlikeOwn}</p>}
      {open.kind === "change" && <RowEditor {...props} onClose={close} />}
      {open.kind === "reason" && (
        <ReasonForm
          id={`reason-${number}`}
          override={override}
          onSave={(reason) => {
            onOverride(reason);
            close();
          }}
          onCancel={close}
        />
      )}
      {open.kind === "face" && (
        <>
          <FacePicker find={() => findFaces(open.file)} onPick={(face) => void onPick(open.file, face).then(close)} />
          <Button kind="secondary" onPress={close}>
            {strings.cancel}
          </Button>
        </>
      )}
    </Card>
  );
}

function ReasonForm({ id, override, onSave, onCancel }: { id: string; override: string; onSave: (reason: string) => void; onCancel: () => void }) {
  const [reason, setReason] = useState(override);
  const [error, setError] = useState<string>();
  const words = strings.particulars;
  return (
    <form
      class="v-form v-roster__reason"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const [found] = textErrors([id, words.override, reason, TEXT]);
        setError(found?.text);
        if (found === undefined) onSave(reason);
      }}
    >
      <TextArea id={id} label={words.override} hint={words.overrideHint} rows={2} value={reason} onInput={setReason} limit={TEXT} error={error} />
      <div class="govuk-button-group">
        <Button submit testId="roster-save-reason">
          {strings.roster.saveReason}
        </Button>
        <Button kind="secondary" onPress={onCancel}>
          {strings.cancel}
        </Button>
      </div>
    </form>
  );
}

/** The row's cells as fields, those with faults first. A value that other rows have too can be put right in all of them. */
function RowEditor({ shown, table, categories, onChange, onClose }: Props & { onClose: () => void }) {
  const words = strings.roster;
  const { at, number, person } = shown;
  const [values, setValues] = useState<Record<string, string>>({});
  const [alike, setAlike] = useState<ReadonlySet<string>>(new Set());
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), []);
  const faultOf = (column: Column) =>
    person.row.faults
      .filter((fault) => fault.column === column)
      .map(faultText)
      .join(" ") || undefined;
  const faultErrors = (id: string, column: Column) => {
    const text = faultOf(column);
    return text === undefined ? [] : [{ field: id, text }];
  };
  const faulty = COLUMNS.filter((column) => faultOf(column) !== undefined);
  const others = COLUMNS.filter((column) => !faulty.includes(column));
  const field = (column: Column) => {
    const old = cell(table, at, column);
    const changedHere = values[column] !== undefined && values[column] !== old;
    const elsewhere = changedHere ? alikeElsewhere(table, at, column) : 0;
    const id = `row-${number}-${column}`;
    return (
      <div key={column}>
        <RosterField
          id={id}
          column={column}
          value={values[column] ?? asTyped(column, old)}
          onInput={(value) => setValues((before) => ({ ...before, [column]: value }))}
          errors={faultErrors(id, column)}
          categories={categories}
        />
        {elsewhere > 0 && !OWN.includes(column) && (
          <div class="govuk-checkboxes govuk-checkboxes--small v-roster__alike">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                type="checkbox"
                id={`${id}-alike`}
                checked={alike.has(column)}
                onChange={(event) => {
                  const next = new Set(alike);
                  if (event.currentTarget.checked) next.add(column);
                  else next.delete(column);
                  setAlike(next);
                }}
                data-testid={`${id}-alike`}
              />
              <label class="govuk-label govuk-checkboxes__label" for={`${id}-alike`}>
                {words.alike(elsewhere, old)}
              </label>
            </div>
          </div>
        )}
      </div>
    );
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    await onChange(Object.fromEntries(Object.entries(values).map(([column, value]) => [column, dayOf(value) ?? value])), alike);
    setSaving(false);
    onClose();
  };
  return (
    <form ref={form} class="v-form v-roster__editor" noValidate onSubmit={save} aria-label={words.changeTitle(number)} data-testid="roster-editor">
      {faulty.map(field)}
      <details class="govuk-details" open={faulty.length === 0}>
        <summary class="govuk-details__summary v-summary">
          <span class="govuk-details__summary-text">{faulty.length === 0 ? words.allColumns : words.otherColumns}</span>
        </summary>
        {others.map(field)}
      </details>
      <div class="govuk-button-group">
        <Button submit busy={saving} testId="roster-save">
          {words.save}
        </Button>
        <Button kind="secondary" onPress={onClose}>
          {strings.cancel}
        </Button>
      </div>
    </form>
  );
}
