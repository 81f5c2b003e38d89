import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, ask } from "../../api/client";
import { problemText } from "../../api/problem";
import type { BatchAnswer, RosterRow } from "../../api/types";
import { Notice } from "../../components/banner/banner";
import { Button } from "../../components/button/button";
import { Dialog } from "../../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../../components/error-summary/error-summary";
import { ProgressPanel } from "../../components/progress/progress";
import { download } from "../../lib/download";
import { strings } from "../../strings";
import type { EngineState, FoundFace } from "../../vision/protocol";
import { openArchive, type Photographs } from "./archive";
import { Choosing, type Chosen, type List } from "./choosing";
import { enrolAll, Holdings, lookThrough, Work, type Look, type Person, type Progress, type Seen, type Send } from "./intake";
import { counted, everybody, reportRows } from "./people";
import { RowCard } from "./row-card";
import { Rows } from "./rows";
import { opened, seen } from "./seen";
import { changed, forSpreadsheet, LARGEST_CSV, readTable, toCsv, type Table } from "./table";
import { useEngine } from "./use-engine";
import { useOperation, type Loaded } from "./use-operation";

/** How often the rows are drawn anew while photographs are looked at: thousands less often, because each is judged again. */
const DRAW_EVERY_MS = 400;
const DRAW_EVERY_ROW_MS = 0.2;
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
  const closed = operation === undefined ? words.onlyOperations : { draft: undefined, live: words.closedLive, paused: words.closedLive, ended: words.closedEnded }[state.kind];
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
  const [drawn, setDrawn] = useState(0);
  const holdings = useRef(new Holdings()).current;
  const engine = useEngine(pilot.id);
  const work = stage.kind === "looking" || stage.kind === "enrolling" ? stage.work : undefined;
  const running = useRef(work);
  running.current = work;
  const heading = useRef<HTMLHeadingElement>(null);
  const floor = policy.quality_floor;

  useEffect(
    () => () => {
      running.current?.end();
      holdings.clear();
    },
    [],
  );

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
    const timer = setInterval(draw, Math.max(DRAW_EVERY_MS, DRAW_EVERY_ROW_MS * rows.length));
    return () => clearInterval(timer);
  }, [working, rows.length]);

  const all = useMemo(() => {
    const numbered = rows.map((row, at) => {
      const number = list?.of.table.records[at]?.number ?? at + 2;
      return { number, person: { row, override: holdings.overrides.get(number) ?? "", outcome: holdings.outcomes.get(number) } };
    });
    return everybody(numbered, holdings.looks, floor);
  }, [rows, list, floor, drawn]);
  const counts = useMemo(() => counted(all), [all]);
  const unused = useMemo(() => photographs?.of.unused(rows.flatMap(({ photos }) => photos)) ?? [], [photographs, rows]);

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
    const archive = await openArchive(file);
    if (archive === undefined) setErrors([{ field: "roster-zip", text: words.zipBroken }]);
    else setPhotographs({ name: file.name, of: archive });
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

  const encode = async (photo: Blob, face?: FoundFace["box"]): Promise<Seen | undefined> => {
    const result = await engine.encode(photo, face);
    if (result?.kind === "no_seed") setErrors([{ text: strings.transform.noSeed }]);
    return result === undefined || result.kind === "no_seed" ? undefined : seen(result);
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
    return photo === undefined ? [] : engine.faces(photo);
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
    engine.revive();
    const now = new Work(setProgress);
    setStage({ kind: "looking", work: now });
    // One more than are looked at is unpacked meanwhile.
    const atOnce = 1 + engine.prepare(unseen.length);
    await lookThrough(unseen, photographs.of, look, (file, one) => holdings.keep(file, one), now, atOnce);
    engine.rest();
    const failure = engine.failure();
    if (failure !== undefined) setErrors([{ text: strings.enrol.engineFailed[failure] }]);
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
    const answered = (person: Person, answer: BatchAnswer) => {
      const number = numbers.get(person);
      // Of thousands the entries themselves, as the watchlist has them, would only take up memory.
      if (number !== undefined) holdings.outcomes.set(number, { ...answer, entry: null });
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
  const report = () => download(forSpreadsheet(Object.values(words.reportColumns), reportRows(all, unused, holdings.looks, floor)), words.reportFile);

  const detail = [
    words.progress(progress.done, progress.total),
    work?.paused === true ? words.paused : progress.left === undefined ? words.leftUnknown : words.left(Math.round(progress.left / MINUTE_MS)),
  ].join(", ");
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
                {words.stayHere} {stage.kind === "looking" && engineWords(engine.state)}
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
          <Unused files={unused} />
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
                  {counts.already_listed === counts.all ? words.allListed : words.nobodyReady}
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

/** Why nothing moves yet. */
function engineWords(state: EngineState): string {
  const words = strings.roster;
  if (state.kind === "warming_up") return words.engineWarms;
  if (state.kind !== "loading" || state.progress.total === 0) return "";
  return words.engineWaits(Math.floor((100 * state.progress.done) / state.progress.total));
}

/** So many are named on the page, which may have thousands of them; the report has all. */
const NAMED = 5;

function Unused({ files }: { files: string[] }) {
  const words = strings.roster;
  if (files.length === 0) return null;
  const more = files.length - NAMED;
  return (
    <p class="govuk-body" data-testid="roster-unused">
      {words.unused(files.length, files.slice(0, NAMED).join(", "))}
      {more > 0 && ` ${words.unusedMore(more)}`}
    </p>
  );
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
