import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, ask } from "../../api/client";
import { problemText } from "../../api/problem";
import type { RosterRow } from "../../api/types";
import { Notice } from "../../components/banner/banner";
import { Button } from "../../components/button/button";
import { Dialog } from "../../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../../components/error-summary/error-summary";
import { FileField, SelectField, TextField } from "../../components/field/field";
import { pageOf, Pager } from "../../components/pager/pager";
import { ProgressPanel } from "../../components/progress/progress";
import { download } from "../../lib/download";
import { strings } from "../../strings/en";
import { Vision } from "../../vision/client";
import type { EngineState, FoundFace } from "../../vision/protocol";
import { openArchive, type Photographs } from "./archive";
import { enrolAll, lookThrough, wipe, Work, type Look, type Person, type Progress, type Seen, type Send } from "./intake";
import { counted, everybody, filtered, reportRows, type Filter } from "./people";
import { RowCard } from "./row-card";
import { opened, seen } from "./seen";
import { changed, COLUMNS, forSpreadsheet, LARGEST_CSV, readTable, toCsv, type Table } from "./table";
import { useOperation, type Loaded } from "./use-operation";

const PAGE = 25;
/** How often a list of thousands is drawn anew while photographs are looked at. */
const DRAW_EVERY_MS = 400;
const MINUTE_MS = 60_000;

export function Import({ id }: { id: string }) {
  const { loaded, problem } = useOperation(id);
  const words = strings.roster;
  return (
    <>
      <a class="v-back" href={`#/pilot/${id}`}>
        {words.back}
      </a>
      {problem !== undefined && <ErrorSummary errors={[{ text: problem }]} />}
      <h1 class="govuk-heading-l">{words.title}</h1>
      {loaded === undefined ? <p class="govuk-body">{strings.loading}</p> : <Open {...loaded} />}
    </>
  );
}

/** A list is for an operation that is being prepared. */
function Open(loaded: Loaded) {
  const words = strings.roster;
  const { operation, state } = loaded.pilot;
  const closed = operation === undefined ? words.onlyOperations : { draft: undefined, live: words.closedLive, ended: words.closedEnded }[state.kind];
  return closed === undefined ? (
    <Importer {...loaded} />
  ) : (
    <p class="govuk-body" data-testid="roster-closed">
      {closed}
    </p>
  );
}

type Stage =
  | { kind: "choosing" }
  | { kind: "checking" }
  | { kind: "checked" }
  | { kind: "looking"; work: Work }
  | { kind: "enrolling"; work: Work }
  | { kind: "done" };

type Chosen<T> = { name: string; of: T };
type List = { table: Table; guessed: boolean };

/** What an import holds beside the list: by file, and by the row's number in a spreadsheet. */
class Holdings {
  readonly looks = new Map<string, Seen>();
  readonly overrides = new Map<number, string>();
  readonly outcomes = new Map<number, NonNullable<Person["outcome"]>>();

  keep(file: string, seen: Seen): void {
    wipe(this.looks.get(file));
    this.looks.set(file, seen);
  }

  /** What was refused is tried again as it stands now. */
  forgive(): void {
    for (const [number, { outcome }] of this.outcomes) if (outcome === "refused") this.outcomes.delete(number);
  }

  clear(): void {
    for (const seen of this.looks.values()) wipe(seen);
    this.looks.clear();
    this.overrides.clear();
    this.outcomes.clear();
  }
}

function Importer({ pilot, policy, categories }: Loaded) {
  const words = strings.roster;
  const [list, setList] = useState<Chosen<List>>();
  const [photographs, setPhotographs] = useState<Chosen<Photographs>>();
  const [rows, setRows] = useState<RosterRow[]>([]);
  const [stage, setStage] = useState<Stage>({ kind: "choosing" });
  const [progress, setProgress] = useState<Progress>({ done: 0, total: 0, left: undefined });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [leaveOut, setLeaveOut] = useState(false);
  const [stopping, setStopping] = useState(false);
  const [engine, setEngine] = useState<EngineState>({ kind: "loading", progress: { done: 0, total: 0 } });
  const [drawn, setDrawn] = useState(0);
  const holdings = useRef(new Holdings()).current;
  const vision = useRef<Vision>(undefined);
  const engineState = useRef(engine);
  const whenReady = useRef<(() => void)[]>([]);
  const work = stage.kind === "looking" || stage.kind === "enrolling" ? stage.work : undefined;
  const running = useRef(work);
  running.current = work;
  const heading = useRef<HTMLHeadingElement>(null);
  const floor = policy.quality_floor;

  useEffect(() => {
    const made = new Vision((message) => {
      if (message.kind !== "engine") return;
      engineState.current = message.state;
      setEngine(message.state);
      // Whoever waits goes on either way: a failure is seen there.
      if (message.state.kind === "ready" || message.state.kind === "failed") for (const go of whenReady.current.splice(0)) go();
    });
    made.setList(pilot.id);
    vision.current = made;
    return () => {
      running.current?.end();
      made.close();
      holdings.clear();
    };
  }, []);

  const open = stage.kind !== "choosing" && stage.kind !== "done";
  useEffect(() => {
    if (!open) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [open]);

  const draw = () => setDrawn((before) => before + 1);
  const working = work !== undefined;
  useEffect(() => {
    if (!working) return undefined;
    const timer = setInterval(draw, DRAW_EVERY_MS);
    return () => clearInterval(timer);
  }, [working]);

  const all = useMemo(() => {
    const numbered = rows.map((row, at) => {
      const number = list?.of.table.records[at]?.number ?? at + 2;
      return { number, person: { row, override: holdings.overrides.get(number) ?? "", outcome: holdings.outcomes.get(number) } };
    });
    return everybody(numbered, holdings.looks, floor);
  }, [rows, list, floor, drawn]);
  const counts = counted(all);

  const chooseList = async (file: File) => {
    setErrors([]);
    if (file.size > LARGEST_CSV) {
      setErrors([{ field: "roster-csv", text: words.csvLarge }]);
      return;
    }
    const read = readTable(await file.arrayBuffer());
    if (read.kind === "table") setList({ name: file.name, of: { table: read.table, guessed: read.guessed } });
    else setErrors([{ field: "roster-csv", text: read.kind === "empty" ? words.csvEmpty : words.csvBroken(read.row) }]);
  };
  const chooseZip = async (file: File) => {
    setErrors([]);
    const opened = await openArchive(file);
    if (opened === undefined) setErrors([{ field: "roster-zip", text: words.zipBroken }]);
    else setPhotographs({ name: file.name, of: opened });
  };

  /** The server says of each row what is wrong with it. Nothing is stored. */
  const check = async (table: Table): Promise<void> => {
    if (photographs === undefined) return;
    const body = { csv: toCsv(table), photos: photographs.of.names };
    const result = await ask(api.POST("/v1/deployments/{id}/roster/check", { params: { path: { id: pilot.id } }, body }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setErrors([]);
    setRows(result.value.rows);
    setStage({ kind: "checked" });
  };
  const firstCheck = async () => {
    const found: FieldError[] = [];
    if (list === undefined) found.push({ field: "roster-csv", text: words.csvMissing });
    if (photographs === undefined) found.push({ field: "roster-zip", text: words.zipMissing });
    setErrors(found);
    if (list === undefined || found.length > 0) return;
    setStage({ kind: "checking" });
    await check(list.of.table);
    setStage((before) => (before.kind === "checking" ? { kind: "choosing" } : before));
    heading.current?.focus();
  };
  const change = async (at: number, values: Record<string, string>, alike: ReadonlySet<string>) => {
    if (list === undefined) return;
    holdings.forgive();
    const table = changed(list.of.table, at, values, alike);
    setList({ ...list, of: { ...list.of, table } });
    await check(table);
  };
  const afresh = () => {
    holdings.clear();
    setRows([]);
    setList(undefined);
    setPhotographs(undefined);
    setErrors([]);
    setLeaveOut(false);
    setStage({ kind: "choosing" });
  };

  const engineReady = async (): Promise<boolean> => {
    if (engineState.current.kind === "loading" || engineState.current.kind === "warming_up") await new Promise<void>((go) => whenReady.current.push(go));
    return engineState.current.kind === "ready";
  };
  const encode = async (photo: Blob, face?: FoundFace["box"]): Promise<Seen | undefined> => {
    const result = (await engineReady()) ? await vision.current?.encode(photo, face) : undefined;
    // An engine that failed, or a server that was away, says nothing of the photograph.
    if (result?.kind === "no_seed") setErrors([{ text: strings.transform.noSeed }]);
    return result === undefined || result.kind === "no_seed" || engineState.current.kind === "failed" ? undefined : seen(result);
  };
  const look: Look = async (photo) => {
    if (photo.kind === "gone") {
      setErrors([{ text: words.zipGone }]);
      return undefined;
    }
    const ready = await opened(photo);
    return ready instanceof Blob ? encode(ready) : ready;
  };
  const photoBlob = async (file: string): Promise<Blob | undefined> => {
    const read = await photographs?.of.read(file);
    return read?.kind === "photo" ? read.blob : undefined;
  };
  const findFaces = async (file: string): Promise<FoundFace[]> => {
    const photo = await photoBlob(file);
    return photo !== undefined && (await engineReady()) ? ((await vision.current?.faces(photo)) ?? []) : [];
  };
  const pick = async (file: string, face: FoundFace["box"]) => {
    const photo = await photoBlob(file);
    const one = photo === undefined ? undefined : await encode(photo, face);
    if (one !== undefined) holdings.keep(file, one);
    draw();
  };

  const unseen = useMemo(() => [...new Set(all.filter(({ standing }) => standing === "unseen").flatMap(({ person }) => person.row.photos))].filter((file) => !holdings.looks.has(file)), [all]);
  const lookAtAll = async () => {
    if (photographs === undefined) return;
    setErrors([]);
    const now = new Work(setProgress);
    setStage({ kind: "looking", work: now });
    await lookThrough(unseen, photographs.of, look, (file, one) => holdings.keep(file, one), now);
    if (engineState.current.kind === "failed") setErrors([{ text: strings.enrol.engineFailed[engineState.current.reason] }]);
    setStopping(false);
    draw();
    setStage({ kind: "checked" });
    heading.current?.focus();
  };

  const enrol = async () => {
    const found: FieldError[] = [];
    if (counts.faulty + counts.poor > 0 && !leaveOut) found.push({ field: "roster-leave-out", text: words.leaveOutMissing });
    setErrors(found);
    if (found.length > 0) return;
    const now = new Work(setProgress);
    setStage({ kind: "enrolling", work: now });
    const ready = all.filter(({ standing }) => standing === "ready");
    const numbers = new Map(ready.map(({ person, number }) => [person, number]));
    const send: Send = async (entries) => {
      const result = await ask(api.POST("/v1/deployments/{id}/entries/batch", { params: { path: { id: pilot.id } }, body: { entries } }));
      return result.ok ? { ok: true, value: result.value.results } : result;
    };
    const answered = (person: Person, answer: NonNullable<Person["outcome"]>) => {
      const number = numbers.get(person);
      if (number !== undefined) holdings.outcomes.set(number, answer);
      if (answer.outcome !== "refused") for (const file of person.row.photos) holdings.keep(file, { kind: "sent" });
    };
    const problem = await enrolAll(
      ready.map(({ person }) => person),
      holdings.looks,
      send,
      answered,
      now,
    );
    setStopping(false);
    draw();
    if (problem !== undefined) setErrors([{ text: words.interrupted(problemText(problem)) }]);
    setStage({ kind: problem === undefined && !now.ended ? "done" : "checked" });
    heading.current?.focus();
  };
  const report = () => download(forSpreadsheet(Object.values(words.reportColumns), reportRows(all, holdings.looks)), words.reportFile);

  const detail = [
    words.progress(progress.done, progress.total),
    work?.paused === true ? words.paused : progress.left === undefined ? words.leftUnknown : words.left(Math.round(progress.left / MINUTE_MS)),
  ].join(", ");
  const loading = engine.kind === "loading" && engine.progress.total > 0 ? words.engineWaits(Math.floor((100 * engine.progress.done) / engine.progress.total)) : engine.kind === "warming_up" ? words.engineWarms : undefined;

  return (
    <>
      <ErrorSummary errors={errors} />
      {(stage.kind === "choosing" || stage.kind === "checking") && (
        <Choosing
          list={list}
          photographs={photographs}
          errors={errors}
          checking={stage.kind === "checking"}
          onList={(file) => void chooseList(file)}
          onZip={(file) => void chooseZip(file)}
          onCheck={firstCheck}
        />
      )}
      {stage.kind !== "choosing" && stage.kind !== "checking" && list !== undefined && photographs !== undefined && (
        <>
          <h2 class="govuk-heading-m" ref={heading} tabIndex={-1} data-testid="roster-stage" data-stage={stage.kind}>
            {stage.kind === "done" ? words.finished : counts.listed > 0 ? words.partly(counts.listed) : words.checked}
          </h2>
          <p class="govuk-hint">
            {words.chosenCsv(list.name, list.of.table.records.length)}. {words.chosenZip(photographs.name, photographs.of.count)}.
          </p>
          {list.of.guessed && <Notice>{words.csvGuessed}</Notice>}
          {work !== undefined && (
            <ProgressPanel title={stage.kind === "looking" ? words.looking : words.enrolling} done={progress.done} total={progress.total} detail={detail} testId="roster-progress">
              <p class="govuk-body">
                {words.stayHere} {stage.kind === "looking" && loading}
              </p>
              <div class="govuk-button-group">
                <Button
                  kind="secondary"
                  onPress={() => {
                    if (work.paused) work.resume();
                    else work.pause();
                    draw();
                  }}
                  testId="roster-pause"
                >
                  {work.paused ? words.resume : words.pause}
                </Button>
                <Button kind="secondary" onPress={() => setStopping(true)} testId="roster-stop">
                  {words.stop}
                </Button>
              </div>
            </ProgressPanel>
          )}
          {stage.kind === "done" && (
            <Notice testId="roster-done">
              <p>
                <strong>{words.done(counts.listed)}</strong> {counts.already_listed > 0 && words.doneBefore(counts.already_listed)} {counts.refused > 0 && words.doneRefused(counts.refused)}{" "}
                {counts.faulty + counts.poor > 0 && words.doneLeft(counts.faulty + counts.poor)}
              </p>
              <p>
                <a class="govuk-link" href={`#/pilot/${pilot.id}/clearances`} data-testid="roster-to-clearances">
                  {words.toClearances}
                </a>
              </p>
            </Notice>
          )}
          <dl class="v-counters" data-testid="roster-counts">
            {(["all", "faulty", "poor", "warned", "needs", "unseen", "ready", "listed", "already_listed", "refused"] as const)
              .filter((key) => key === "all" || counts[key] > 0)
              .map((key) => (
                <div key={key}>
                  <dt>{words.counts[key]}</dt>
                  <dd data-testid={`roster-count-${key}`}>{counts[key].toLocaleString("en-GB")}</dd>
                </div>
              ))}
          </dl>
          <p class="govuk-visually-hidden" role="status">
            {words.faultsLeft(counts.faulty)}
          </p>
          <Unused photographs={photographs.of} rows={rows} />
          {(stage.kind === "checked" || (stage.kind === "done" && counts.ready + unseen.length > 0)) && (
            <section class="v-roster__next" aria-label={strings.guide.now}>
              {unseen.length > 0 ? (
                <>
                  <p class="govuk-body">{words.lookLead(unseen.length)}</p>
                  <Button onPress={lookAtAll} testId="roster-look">
                    {words.look}
                  </Button>
                </>
              ) : counts.ready === 0 ? (
                <p class="govuk-body" data-testid="roster-nobody">
                  {words.nobodyReady}
                </p>
              ) : (
                <>
                  <p class="govuk-body">{words.enrolLead}</p>
                  {counts.faulty + counts.poor > 0 && (
                    <LeaveOut rows={counts.faulty + counts.poor} checked={leaveOut} onChange={setLeaveOut} error={errorFor(errors, "roster-leave-out")} />
                  )}
                  <Button onPress={enrol} testId="roster-enrol">
                    {words.enrol(counts.ready)}
                  </Button>
                </>
              )}
            </section>
          )}
          <div class="govuk-button-group">
            <Button kind="secondary" onPress={report} testId="roster-report">
              {words.report}
            </Button>
            {!working && (
              <Button kind="secondary" onPress={afresh} testId="roster-afresh">
                {words.startAfresh}
              </Button>
            )}
          </div>
          <Rows key={stage.kind === "done" ? "done" : "open"} first={stage.kind === "done" ? "all" : counts.faulty > 0 ? "faulty" : "all"} all={all}>
            {(shown) => (
              <RowCard
                key={shown.number}
                shown={shown}
                table={list.of.table}
                looks={holdings.looks}
                floor={floor}
                categories={categories}
                busy={working}
                onChange={(values, alike) => change(shown.at, values, alike)}
                onOverride={(reason) => {
                  holdings.forgive();
                  holdings.overrides.set(shown.number, reason);
                  draw();
                }}
                findFaces={findFaces}
                onPick={pick}
              />
            )}
          </Rows>
        </>
      )}
      {stopping && work !== undefined && (
        <Dialog
          title={words.stopTitle}
          text={stage.kind === "looking" ? words.stopLooking : words.stopEnrolling}
          confirm={words.stop}
          cancel={words.resume}
          onConfirm={() => {
            work.end();
            setStopping(false);
          }}
          onCancel={() => setStopping(false)}
        />
      )}
    </>
  );
}

type ChoosingProps = {
  list: Chosen<List> | undefined;
  photographs: Chosen<Photographs> | undefined;
  errors: FieldError[];
  checking: boolean;
  onList: (file: File) => void;
  onZip: (file: File) => void;
  onCheck: () => Promise<void>;
};

function Choosing({ list, photographs, errors, checking, onList, onZip, onCheck }: ChoosingProps) {
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

function Unused({ photographs, rows }: { photographs: Photographs; rows: RosterRow[] }) {
  const unused = useMemo(() => photographs.unused(rows.flatMap(({ photos }) => photos)), [photographs, rows]);
  return unused === 0 ? null : <p class="govuk-body">{strings.roster.unused(unused)}</p>;
}

function LeaveOut({ rows, checked, onChange, error }: { rows: number; checked: boolean; onChange: (checked: boolean) => void; error: string | undefined }) {
  return (
    <div class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`}>
      {error !== undefined && <p class="govuk-error-message">{error}</p>}
      <div class="govuk-checkboxes">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            type="checkbox"
            id="roster-leave-out"
            checked={checked}
            onChange={(event) => onChange(event.currentTarget.checked)}
            data-testid="roster-leave-out"
          />
          <label class="govuk-label govuk-checkboxes__label" for="roster-leave-out">
            {strings.roster.leaveOut(rows)}
          </label>
        </div>
      </div>
    </div>
  );
}

type RowsProps = { first: Filter; all: ReturnType<typeof everybody>; children: (shown: ReturnType<typeof everybody>[number]) => ComponentChildren };

/** The rows, filtered, a page at a time: a list of ten thousand is drawn as quickly as one of ten. */
function Rows({ first, all, children }: RowsProps) {
  const words = strings.roster;
  const [filter, setFilter] = useState<Filter>(first);
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(0);
  const found = filtered(all, filter, search);
  const { from, to } = pageOf(page, PAGE, found.length);
  const shown = found.slice(from, to);
  return (
    <section class="v-section v-roster" aria-label={words.counts.all}>
      <div class="v-filters">
        <SelectField
          id="roster-filter"
          label={words.filter}
          value={filter}
          onInput={(value) => {
            setFilter(value as Filter);
            setPage(0);
          }}
          options={Object.entries(words.filters).map(([value, text]) => ({ value, text }))}
        />
        <TextField
          id="roster-search"
          label={words.search}
          value={search}
          onInput={(value) => {
            setSearch(value);
            setPage(0);
          }}
          maxLength={80}
        />
      </div>
      {shown.length === 0 && <p class="govuk-body">{words.none}</p>}
      {shown.map(children)}
      <Pager page={page} size={PAGE} count={found.length} onPage={setPage} testId="roster-pager" />
    </section>
  );
}
