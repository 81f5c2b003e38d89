import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { Deployment, Duty, Entry, Policy, Session } from "../api/types";
import { Button } from "../components/button/button";
import { Contents, type Section } from "../components/contents/contents";
import { Dialog } from "../components/dialog/dialog";
import { ErrorSummary, type FieldError } from "../components/error-summary/error-summary";
import { Guide } from "../components/guide/guide";
import { Part, useWholeOnPaper } from "../components/part/part";
import { nameOf } from "../lib/namesake";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings";
import { paperAddress } from "../papers/route";
import { endedText, isCancelled } from "./acts";
import { Course } from "./course";
import { DashboardPanel } from "./dashboard";
import { endWarnings } from "./end-warnings";
import { Enrol } from "./enrol";
import { Entries } from "./entries";
import { FalseAlertRates } from "./false-alert-rates";
import { FalseAlerts } from "./false-alerts";
import { FitnessPanel } from "./fitness";
import { KioskCounts } from "./kiosk-counts";
import { Next } from "./next";
import { NoPage } from "./no-page";
import { Observations } from "./observations";
import { OperationPanel } from "./operation";
import { PausedPanel, PauseStep } from "./pause";
import { doneSteps } from "./next-step";
import { KindTags, StateTag } from "./pilots";
import { ListLinks } from "./roster/list-links";
import { planned } from "./roster/use-operation";
import { Unwatched } from "./unwatched";

/** The server ends a pilot by time by itself; this is how soon the page notices. */
const REFRESH_MS = 4_000;

type Asking = { kind: "nothing" } | { kind: "end" } | { kind: "remove"; entry: Entry };

export function Pilot({ id, session, onChanged }: { id: string; session: Session; onChanged: (pilot: Deployment) => void }) {
  const [pilot, setPilot] = useState<Deployment>();
  /** Raised whenever the watchlist may have changed. */
  const [turn, setTurn] = useState(0);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [gone, setGone] = useState(false);
  const [asking, setAsking] = useState<Asking>({ kind: "nothing" });
  const [done, setDone] = useState<string>();
  /** Whose further photo is being added. */
  const [person, setPerson] = useState<Entry>();
  /** Whether the form for one person is open, where it isn't always. */
  const [adding, setAdding] = useState(false);
  const [policy, setPolicy] = useState<Policy>();

  useWholeOnPaper();

  /** Raised whenever somebody, or a photograph, went from the watchlist, here or elsewhere. */
  const [losses, setLosses] = useState(0);
  const known = useRef<Deployment>(undefined);

  const take = useCallback((next: Deployment) => {
    const before = known.current;
    known.current = next;
    if (before !== undefined && (next.entries < before.entries || next.photos < before.photos)) setLosses((count) => count + 1);
    setPilot(next);
    onChanged(next);
  }, []);
  const refresh = useCallback(async () => {
    const result = await ask(api.GET("/v1/deployments/{id}", { params: { path: { id } } }));
    if (result.ok) take(result.value);
    else if (hasStatus(result.problem, 404)) setGone(true);
    else if (result.problem.kind === "problem") setErrors([{ text: problemText(result.problem) }]);
  }, [id]);
  const listChanged = useCallback(async () => {
    setTurn((before) => before + 1);
    await refresh();
  }, [id]);

  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [id]);

  const may = (duty: Duty) => pilot?.duties.includes(duty) ?? false;
  const listed = may("keep_watchlist");
  const operates = pilot?.operation !== undefined;
  // Somebody else may settle what keeps people from being matched.
  const open = pilot?.operation?.open_clearances;
  useEffect(() => setTurn((before) => before + 1), [open]);
  useEffect(() => {
    if (!listed || !operates) return;
    void ask(api.GET("/v1/policy")).then((result) => {
      if (result.ok) setPolicy(result.value);
      else setErrors([{ text: problemText(result.problem) }]);
    });
  }, [listed, operates]);

  const change = async (verb: "start" | "end"): Promise<boolean> => {
    const path = verb === "start" ? "/v1/deployments/{id}/start" : "/v1/deployments/{id}/end";
    const result = await ask(api.POST(path, { params: { path: { id } } }));
    if (result.ok) {
      setErrors([]);
      take(result.value);
      return true;
    }
    setErrors([{ text: problemText(result.problem) }]);
    return false;
  };
  const goLive = async () => {
    if (await change("start")) location.assign("/officer.html");
  };
  const remove = async (entry: Entry) => {
    const result = await ask(api.DELETE("/v1/deployments/{id}/entries/{entry}", { params: { path: { id, entry: entry.id } } }));
    setAsking({ kind: "nothing" });
    if (result.ok) {
      setDone(strings.entries.removed(nameOf(entry)));
      setLosses((count) => count + 1);
    } else setErrors([{ text: problemText(result.problem) }]);
    if (person?.id === entry.id) setPerson(undefined);
    await listChanged();
  };
  const removePhoto = async (entry: Entry, photo: string) => {
    const path = { id, entry: entry.id, photo };
    const result = await ask(api.DELETE("/v1/deployments/{id}/entries/{entry}/photos/{photo}", { params: { path } }));
    if (result.ok) {
      setDone(strings.entries.removedPhoto(nameOf(entry)));
      setLosses((count) => count + 1);
    } else setErrors([{ text: problemText(result.problem) }]);
    await listChanged();
  };

  if (gone) return <NoPage why="unknown" />;
  if (pilot === undefined) {
    return errors.length > 0 ? <ErrorSummary errors={errors} /> : <p class="govuk-body">{strings.loading}</p>;
  }
  const { state, operation } = pilot;
  const asked = operation === undefined || policy === undefined ? undefined : { categories: planned(policy, pilot), floor: policy.quality_floor };
  const addPhoto = (entry: Entry) => {
    setDone(undefined);
    setPerson(entry);
    setAdding(true);
    // The form may open only now.
    requestAnimationFrame(() => document.getElementById("enrol")?.scrollIntoView());
  };
  const runs = (state.kind === "live" || state.kind === "paused") && may("certify");
  const listLinks = state.kind !== "ended" && operation !== undefined && (listed || may("see_clearances"));
  // In the order in which they stand on the page.
  const parts: [boolean, Section][] = [
    [runs, { id: "dashboard", title: strings.dashboard.title }],
    [runs, { id: "fitness", title: strings.fitness.title }],
    [operation !== undefined, { id: "authorisation", title: strings.operation.title }],
    [state.kind !== "ended", { id: "papers", title: strings.papers.title }],
    [state.kind !== "draft", { id: "counters", title: strings.pilot_page.counters }],
    [pilot.course.length > 0, { id: "course", title: strings.course.title }],
    [pilot.counters.kiosk.visits > 0, { id: "kiosk-counts", title: strings.kiosk.counts.title }],
    [listLinks && listed, { id: "list-links", title: strings.watchlist.manage }],
    [state.kind !== "ended" && listed && operation === undefined, { id: "enrol-title", title: strings.enrol.volunteers.title }],
    [state.kind !== "ended" && listed, { id: "entries-title", title: strings.entries.title }],
    [state.kind !== "ended" && listed, { id: "false-alerts", title: strings.false_alerts.title }],
  ];
  const sections = parts.flatMap(([there, section]) => (there ? [section] : []));
  return (
    <>
      <a class="v-back" href="#/pilots">
        {strings.pilots.back}
      </a>
      {state.kind !== "ended" && operation === undefined && listed && <Guide done={doneSteps(pilot)} />}
      <ErrorSummary errors={errors} />
      <div class="v-pilot__head">
        <h1 class="govuk-heading-l">{pilot.name}</h1>
        <span data-testid="pilot-state" data-state={state.kind}>
          <KindTags pilot={pilot} />
          <StateTag state={state} /> <span class="v-id">{strings.kinds.id(pilot.id)}</span>
        </span>
      </div>
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{strings.pilot_page.place}</dt>
          <dd class="govuk-summary-list__value">{pilot.place}</dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{state.kind === "ended" ? strings.pilots.ended : strings.pilot_page.ends}</dt>
          <dd class="govuk-summary-list__value">{dayAndTime(state.kind === "ended" ? state.ended_at : pilot.ends_at)}</dd>
        </div>
      </dl>

      {(state.kind === "live" || state.kind === "paused") && pilot.sought === 0 && (
        <div class="v-notice v-notice--error" role="status" data-testid="nobody-sought">
          <p>
            <strong>{strings.owed.nobody(pilot.entries)}</strong> {pilot.entries === 0 ? strings.owed.addSomebody : strings.owed.decideFirst}
          </p>
        </div>
      )}
      <Unwatched pilot={pilot} devices={runs} />
      <PausedPanel pilot={pilot} onChanged={take} />
      {state.kind === "ended" ? (
        <div class="v-notice" data-testid="pilot-ended" data-reason={state.reason}>
          <h2 class="govuk-heading-m">{isCancelled(pilot) ? strings.pilot_page.cancelled : strings.pilot_page.endedTitle}</h2>
          <p class="govuk-body">
            {endedText(pilot)}{" "}
            <strong data-testid="pilot-deleted">{strings.pilot_page.deleted}</strong>
          </p>
          {may("certify") && (
            <ul class="govuk-list v-pilot__papers">
              <li>
                <a class="govuk-link" href={`/v1/deployments/${pilot.id}/deletion`} download={`deletion-${pilot.id}.json`} data-testid="pilot-certificate">
                  {strings.pilot_page.certificate}
                </a>{" "}
                {strings.pilot_page.certificateHint}
              </li>
              <li>
                <a class="govuk-link" href={`/v1/deployments/${pilot.id}/publication`} download={`published-${pilot.id}.csv`} data-testid="pilot-publication">
                  {strings.pilot_page.publication}
                </a>{" "}
                {strings.pilot_page.publicationHint}
              </li>
              {(["certificate", "row"] as const).map((paper) => (
                <li key={paper}>
                  <a class="govuk-link" href={paperAddress(pilot.id, paper)} data-testid={`paper-${paper}`}>
                    {strings.papers.titles[paper]}
                  </a>{" "}
                  {strings.papers.toPrint}
                </li>
              ))}
            </ul>
          )}
        </div>
      ) : (
        <div class="v-pilot__actions">
          {state.kind === "live" ? (
            <>
              <p class="govuk-body">
                <strong>{strings.pilot_page.liveNow}</strong>
              </p>
              {may("decide") && (
                <a class="govuk-button v-button" href="/officer.html" data-testid="open-officer">
                  {strings.pilot_page.openOfficer}
                </a>
              )}
            </>
          ) : state.kind === "draft" && operation !== undefined ? (
            <Next pilot={pilot} />
          ) : state.kind === "paused" || !may("start") ? null : (
            <>
              {pilot.entries === 0 && <p class="govuk-body">{strings.pilot_page.goLiveNeedsEntry}</p>}
              <Button onPress={goLive} inactive={pilot.entries === 0} testId="pilot-go-live">
                {strings.pilot_page.goLive}
              </Button>
            </>
          )}
          {may("end") && (
            <Button kind={state.kind === "draft" ? "secondary" : "warning"} onPress={() => setAsking({ kind: "end" })} testId="pilot-end">
              {state.kind !== "draft" ? strings.pilot_page.end : operation === undefined ? strings.pilot_page.cancelExercise : strings.pilot_page.cancelOperation}
            </Button>
          )}
          <PauseStep pilot={pilot} onChanged={take} />
        </div>
      )}

      <Contents sections={sections} />

      {runs && (
        <>
          <DashboardPanel id={id} records={may("record_complaints")} />
          <FitnessPanel id={id} />
        </>
      )}

      {operation !== undefined && (
        <OperationPanel pilot={pilot} operation={operation} folded={runs && !may("authorise")} onChanged={take} onStart={() => change("start").then(() => undefined)} />
      )}

      {state.kind !== "ended" && (
        <Part id="papers" title={strings.papers.title} folded={runs}>
          <p class="govuk-body">{strings.papers.lead}</p>
          <p class="govuk-body v-links">
            {(["notice", "sign", "leaflet"] as const).map((paper) => (
              <a class="govuk-link" key={paper} href={paperAddress(pilot.id, paper)} data-testid={`paper-${paper}`}>
                {strings.papers.titles[paper]}
              </a>
            ))}
          </p>
        </Part>
      )}

      {state.kind !== "draft" && (
        <Part id="counters" title={strings.pilot_page.counters} folded={runs}>
          <dl class="v-counters">
            {(
              [
                [strings.pilot_page.faces, pilot.counters.faces_seen, "faces_seen"],
                [strings.pilot_page.notAssessable, pilot.counters.not_assessable, "not_assessable"],
                [strings.pilot_page.candidates, pilot.counters.candidates, "candidates"],
                [strings.pilot_page.alerts, pilot.counters.alerts, "alerts"],
                [strings.since.lapsed, pilot.counters.lapsed, "lapsed"],
                [strings.withdrawn.counter, pilot.counters.withdrawn, "withdrawn"],
              ] as const
            ).map(([text, count, key]) => (
              <div key={key}>
                <dt>{text}</dt>
                <dd data-testid={`counter-${key}`}>{count}</dd>
              </div>
            ))}
          </dl>
          <p class="govuk-hint">{strings.figures.notAssessable}</p>
          {pilot.false_alerts !== undefined && <FalseAlertRates rates={pilot.false_alerts} />}
          {may("read_alerts") && (
            <a class="govuk-button govuk-button--secondary v-button" href={`#/pilot/${pilot.id}/alerts`} data-testid="pilot-review">
              {strings.review.link}
            </a>
          )}
          {state.kind === "ended" && pilot.false_alerts !== undefined && <Observations deployment={pilot.id} />}
        </Part>
      )}

      <Course acts={pilot.course} />
      <KioskCounts counts={pilot.counters.kiosk} folded={runs} />
      {listLinks && operation !== undefined && (
        <ListLinks pilot={pilot} operation={operation} folded={runs && operation.open_clearances === 0} adding={adding} onAdd={listed ? () => setAdding(!adding) : undefined} />
      )}
      {state.kind !== "ended" && listed && (
        <>
          {(operation === undefined || (adding && asked !== undefined)) && (
            <Enrol
              deployment={id}
              person={person}
              losses={losses}
              asked={asked}
              live={state.kind === "live" || state.kind === "paused"}
              onNobody={() => setPerson(undefined)}
              onGoLive={state.kind === "draft" && operation === undefined && may("start") ? goLive : undefined}
              onEntry={() => {
                setDone(undefined);
                setPerson(undefined);
                void listChanged();
              }}
            />
          )}
          <Entries
            deployment={id}
            folded={runs}
            turn={turn}
            done={done}
            onAddPhoto={operation === undefined || state.kind === "draft" ? addPhoto : undefined}
            onRemovePhoto={(entry, photo) => void removePhoto(entry, photo)}
            onRemove={(entry) => setAsking({ kind: "remove", entry })}
          />
          <FalseAlerts pilot={pilot} folded={runs} />
        </>
      )}

      {asking.kind === "end" && (
        <Dialog
          testId="end-dialog"
          {...(state.kind === "draft" ? strings.pilot_page.cancelling : strings.pilot_page.ending)}
          warnings={endWarnings(pilot)}
          onConfirm={async () => {
            await change("end");
            setAsking({ kind: "nothing" });
          }}
          onCancel={() => setAsking({ kind: "nothing" })}
        />
      )}
      {asking.kind === "remove" && (
        <Dialog
          testId="remove-dialog"
          title={strings.entries.removeTitle(nameOf(asking.entry))}
          text={strings.entries.removeText}
          confirm={strings.entries.remove}
          onConfirm={() => remove(asking.entry)}
          onCancel={() => setAsking({ kind: "nothing" })}
        />
      )}
      {session.device == null && state.kind !== "ended" && session.duties.includes("keep_devices") && (
        <p class="govuk-inset-text">
          {strings.devices.pairThisLead} <a href="#/devices">{strings.devices.pairThis}</a>
        </p>
      )}
    </>
  );
}
