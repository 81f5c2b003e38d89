import type { ComponentChildren } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasSlug, hasStatus, problemText, type Problem } from "../api/problem";
import type { Alert, Factors, SightVerdict, Verdict } from "../api/types";
import { Button } from "../components/button/button";
import { Numbered } from "../lib/delivery";
import { nameOf } from "../lib/namesake";
import { age, clockTime, shortTime } from "../lib/time";
import { strings } from "../strings";
import { comesBack, goneWith, overruledBy, outcomes, seenWith, type Conflict, type Outcome } from "./conflict";
import { Engagement } from "./engagement-form";
import { FactorChips, factorWords, NO_FACTORS } from "./factors";
import { Picture } from "./picture";
import { heardBy, isEscalated, matchOf, type Matched, type Step } from "./steps";
import { deviceName } from "./where";
import { OffTheList } from "./withdrawn-card";

/** Nobody compares two faces faster than this; answers wait for it, all alike, and again when a reference joins. The server holds to it too. */
const LOOK_MS = 2_000;
const SECOND_MS = 1_000;
const MINUTE_S = 60;
const WAITS_EVERY_MS = 5_000;
/** The server takes a crop for 30 s after the alert; after that none will come. */
const CROP_WITHIN_MS = 30_000;
/** The answers that say who it is not, in the order they are shown, after those that say who it is. None is set apart by colour. */
const OTHERWISE: Verdict[] = ["false", "inconclusive"];
const SIGHTS: SightVerdict[] = ["confirmed", "not_confirmed"];

export type CardProps = {
  conflict: Conflict;
  step: Step;
  /** Whether a person has opened it on this screen. */
  opened: boolean;
  /** Whether it was answered here just now, so that what comes next stands where the answers stood. */
  followed: boolean;
  /** Since when it waits; nothing where it doesn't. */
  since: number | undefined;
  /** Whether it stands in a list below another one, so that it must be short. */
  inRow: boolean;
  /** Whether an answer was given here just now, so that a second touch is a slip. */
  resting: boolean;
  me: { id: string; name: string };
  thisDevice: string | undefined;
  /** Whether a second person must confirm before anybody is spoken to. */
  twoPeople: boolean;
  /** Why the authorising officer lets one person decide alone; nothing in an exercise. */
  singlePerson: string | undefined;
  /** Whether an answer would reach the server. */
  connected: boolean;
  /** Why the last answer given here was not recorded. */
  problem: Problem | undefined;
  onOpen: () => void;
  /** Tells the server that these alerts were opened here; resolves when it knows. */
  tellOpened: (alerts: string[]) => Promise<void>;
  /** Whether something is being written down here, so that the page must not move. */
  onWriting: (match: string, writing: boolean) => void;
  onProblem: (problem: Problem | undefined) => void;
  onAlerts: (alerts: Alert[]) => void;
  /** The alerts are not what this screen thought; the list must be asked for again. */
  onStale: () => void;
};

/** One face, and the entries that it may be: one as a rule. What it shows follows from what it asks of whoever looks. */
export function AlertCard(props: CardProps) {
  const { step, opened } = props;
  if (step.kind === "decide") return opened ? <ToDecide {...props} /> : <Closed {...props} />;
  if (step.kind === "confirm") return opened ? <ToConfirm {...props} alert={step.alert} /> : <Closed {...props} />;
  return <Settled {...props} />;
}

/** Nobody has opened it on this screen, so it shows no face and no name: the screen may lie where anybody passes. */
function Closed({ conflict, step, since, inRow, resting, thisDevice, problem, onOpen }: CardProps) {
  const shown = step.kind === "confirm" ? [step.alert] : conflict.open;
  const [first] = shown;
  if (first === undefined) return null;
  const kind = step.kind === "confirm" ? strings.intervention.confirmHeading : strings.alerts.heading;
  const time = clockTime(first.raised_at);
  const urgent = isEscalated(conflict);
  return (
    <article
      class={`v-alert v-alert--closed${inRow ? " v-alert--row" : ""}${urgent ? " v-alert--urgent" : ""}`}
      data-testid="alert-card"
      data-alert={first.id}
      data-entries={shown.length}
      data-state="waiting"
      data-step={step.kind}
      data-urgent={urgent}
      aria-labelledby={`alert-${first.id}`}
    >
      <NotRecorded problem={problem} conflict={conflict} step={step} />
      <h3 class="v-alert__heading" id={`alert-${first.id}`}>
        <span class="v-alert__label">{kind}</span>
        <Subject alert={first} />
      </h3>
      {urgent && (
        <p class="v-alert__urgent" data-testid="alert-escalated">
          <span aria-hidden="true">! </span>
          {strings.intervention.nobodyOpened}
        </p>
      )}
      <div class="v-alert__row">
        <p class="v-alert__facts">
          {since !== undefined && <Waits since={since} />} <Sighting alert={first} thisDevice={thisDevice} /> {!inRow && step.kind === "decide" && <Heard alerts={conflict.open} />}
        </p>
        <Button onPress={onOpen} inactive={resting} label={strings.intervention.openNamed(kind, time, deviceName(first))} testId="alert-open">
          {strings.intervention.open}
        </Button>
      </div>
    </article>
  );
}

/** How long it has waited, as far as anybody hurries by it. */
function Waits({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), WAITS_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / SECOND_MS));
  return (
    <strong class="v-alert__waits" data-testid="alert-waits">
      {seconds < MINUTE_S ? strings.tablet.waitsSeconds(seconds) : strings.tablet.waitsMinutes(Math.floor(seconds / MINUTE_S))}
    </strong>
  );
}

/** How long answers still wait: nothing once they are there, and a number of seconds from when the server knows that the card was opened. */
function useLook(alerts: Alert[], tellOpened: CardProps["tellOpened"]): { looked: boolean; seconds: number | undefined } {
  const onScreen = alerts.map(({ id, contradicts }) => [id, ...contradicts].join()).join(";");
  const [left, setLeft] = useState<{ of: string; ms: number }>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const wait = (ms: number) => {
      setLeft({ of: onScreen, ms });
      if (ms > 0) timer = setTimeout(() => wait(ms - SECOND_MS), SECOND_MS);
    };
    void tellOpened(alerts.map(({ id }) => id)).then(() => here && wait(LOOK_MS));
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [onScreen]);
  const mine = left?.of === onScreen ? left.ms : undefined;
  return { looked: mine === 0, seconds: mine === undefined ? undefined : mine / SECOND_MS };
}

function ToDecide(props: CardProps) {
  const { conflict, thisDevice, connected, onProblem, onAlerts, onStale, tellOpened } = props;
  const shown = conflict.open;
  const { looked, seconds } = useLook(shown, tellOpened);
  const question = useId();
  const answerable = looked && connected;
  const [factors, setFactors] = useState<Factors>(NO_FACTORS);
  const numbered = useMemo(() => new Numbered(), []);
  const [first] = shown;
  if (first === undefined) return null;
  const several = shown.length > 1;

  const decide = async (about: Alert, verdict: Verdict) => {
    const seen = seenWith(conflict, about);
    const result = await ask(
      api.POST("/v1/alerts/{id}/adjudication", {
        params: { path: { id: about.id }, header: { "if-match": `"${about.version}"` } },
        body: { verdict, seen, factors, delivery: numbered.of([about.id, verdict, seen, factors]) },
      }),
    );
    if (result.ok) {
      onProblem(undefined);
      onAlerts(result.value);
      return;
    }
    onProblem(result.problem);
    if (hasSlug(result.problem, "already-adjudicated") || hasSlug(result.problem, "version-changed") || hasStatus(result.problem, 404)) onStale();
  };

  return (
    <Card {...props} shown={shown} state="open" heading={strings.alerts.heading}>
      <Pictures shown={shown} />
      <p class="v-alert__facts">
        {!several && (
          <>
            <strong>{strings.alerts.bands[first.band]}</strong>
            {". "}
          </>
        )}
        <Sighting alert={first} thisDevice={thisDevice} /> {several ? strings.alerts.bandHintSeveral : strings.alerts.bandHint} <Heard alerts={shown} />
      </p>
      {shown
        .filter(({ contradicts }) => contradicts.length > 0)
        .map((alert) => (
          <p key={alert.id} class="v-alert__contradicted" data-testid="alert-contradicted">
            {strings.alerts.contradicted(named(alert))}
          </p>
        ))}
      <Decisions conflict={conflict} />
      <FactorChips id={`alert-${first.id}`} values={factors} onChange={setFactors} />
      <fieldset class="v-alert__answers">
        <legend id={question} data-testid="alert-ask">
          {asked(connected, looked, seconds, several)}
        </legend>
        <NotRecorded {...props} />
        {shown
          .filter(({ entry }) => !several || entry.name != null)
          .map((alert) => (
            <Button key={alert.id} kind="secondary" inactive={!answerable} reason={question} onPress={() => decide(alert, "true")} testId="verdict-true">
              {several ? strings.alerts.itIs(named(alert)) : strings.alerts.trueAnswer}
            </Button>
          ))}
        {OTHERWISE.map((verdict) => (
          <Button key={verdict} kind="secondary" inactive={!answerable} reason={question} onPress={() => decide(first, verdict)} testId={`verdict-${verdict}`}>
            {several && verdict === "false" ? strings.alerts.noneOfThese : strings.alerts.verdicts[verdict]}
          </Button>
        ))}
      </fieldset>
    </Card>
  );
}

function asked(connected: boolean, looked: boolean, seconds: number | undefined, several: boolean): string {
  if (!connected) return strings.alerts.offline;
  if (looked) return several ? strings.alerts.askSeveral : strings.alerts.ask;
  if (seconds === undefined) return several ? strings.alerts.lookSeveral : strings.alerts.look;
  return several ? strings.intervention.waitSeveral(seconds) : strings.intervention.wait(seconds);
}

/** The second person's own judgement, of the face that stands there. */
function ToConfirm(props: CardProps & { alert: Matched }) {
  const { conflict, alert, thisDevice, connected, onProblem, onAlerts, onStale, tellOpened } = props;
  const { looked, seconds } = useLook([alert], tellOpened);
  const question = useId();
  const answerable = looked && connected;
  const numbered = useMemo(() => new Numbered(), []);
  const confirm = async (verdict: SightVerdict) => {
    const result = await ask(
      api.POST("/v1/alerts/{id}/confirmation", {
        params: { path: { id: alert.id }, header: { "if-match": `"${alert.version}"` } },
        body: { verdict, delivery: numbered.of([alert.id, verdict]) },
      }),
    );
    if (result.ok) {
      onProblem(undefined);
      onAlerts([result.value]);
      return;
    }
    onProblem(result.problem);
    if (!hasStatus(result.problem, 403)) onStale();
  };
  return (
    <Card {...props} shown={[alert]} state="confirm" heading={strings.intervention.confirmHeading}>
      <Pictures shown={[alert]} />
      <p class="v-alert__facts">
        <Sighting alert={alert} thisDevice={thisDevice} /> {strings.alerts.bandHint}
      </p>
      <Decisions conflict={conflict} />
      <fieldset class="v-alert__answers v-alert__answers--two">
        <legend id={question} data-testid="alert-ask">
          {connected && looked ? strings.intervention.confirmAsk : asked(connected, false, seconds, false)}
        </legend>
        <NotRecorded {...props} />
        {SIGHTS.map((verdict) => (
          <Button key={verdict} kind="secondary" inactive={!answerable} reason={question} onPress={() => confirm(verdict)} testId={`confirm-${verdict}`}>
            {strings.intervention.sights[verdict]}
          </Button>
        ))}
      </fieldset>
      <WhatCame {...props} />
    </Card>
  );
}

/** Somebody has decided: the pictures grow small, and what may follow is told. */
function Settled(props: CardProps) {
  const { conflict, step, twoPeople, singlePerson, me } = props;
  const alert = step.kind === "decide" || step.kind === "withdrawn" ? undefined : step.alert;
  const shown = alert === undefined ? conflict.alerts.filter(({ state }) => state.kind !== "withdrawn") : [alert];
  const withdrawn = alert?.state.engagement == null ? alert?.state.withdrawn : undefined;
  const found = alert !== undefined && alert.state.sight?.verdict !== "not_confirmed";
  return (
    <Card {...props} shown={shown} state="adjudicated" heading={withdrawn != null ? strings.withdrawn.heading : found ? strings.alerts.verdicts.true : strings.alerts.heading}>
      {withdrawn != null && <OffTheList withdrawal={withdrawn} text={strings.withdrawn.letGo(shortTime(withdrawn.at))} announced />}
      {/* Whoever answered sees at once what was taken, however low the screen is. */}
      <Decisions conflict={conflict} />
      <Pictures shown={shown} />
      {withdrawn != null && <p class="v-alert__next">{strings.withdrawn.stillWritten}</p>}
      {step.kind === "engage" && !twoPeople && withdrawn == null && (
        <p class="v-alert__next" data-testid="single-person">
          {singlePerson === undefined ? strings.intervention.singleExercise : strings.intervention.singleAuthorised(singlePerson)}
        </p>
      )}
      {(withdrawn != null ? [] : mistaken(conflict, step, twoPeople, me.id)).map((text) => (
        <p key={text} class="v-alert__mistaken" data-testid="alert-mistaken">
          {text}
        </p>
      ))}
      {alert !== undefined && step.kind !== "done" && alert.repeats > 0 && (
        <p class="v-alert__facts">
          <SeenAgain alert={alert} />
        </p>
      )}
      {alert !== undefined && (step.kind !== "done" || alert.state.engagement != null) && (
        <div class="v-alert__foot">
          {step.kind === "await_second" && (
            <p class="v-alert__next" data-testid="await-second">
              {strings.intervention.awaitSecond}
            </p>
          )}
          <WhatCame {...props} alert={alert} />
        </div>
      )}
    </Card>
  );
}

/** An answer can't be taken back, so whoever gave it is told what to do about a wrong one. */
function mistaken({ alerts }: Conflict, step: Step, twoPeople: boolean, me: string): string[] {
  const words = strings.tablet.mistaken;
  const mine = alerts.flatMap(({ state }) => (state.kind === "adjudicated" && state.by.id === me ? [state.verdict] : []));
  if (mine.length === 0) return [];
  if (step.kind === "await_second") return [words.second];
  if (step.kind === "engage") return [twoPeople ? words.engage : words.alone];
  if (step.kind !== "done" || mine.includes("true")) return [];
  return comesBack(mine) ? [words.ruledOut, strings.onDuty.comesBack] : [words.ruledOut];
}

function WhatCame({ alert, twoPeople, resting, me, onWriting, onAlerts, onStale }: CardProps & { alert: Matched }) {
  const mayEngage = !twoPeople || alert.state.sight?.verdict === "confirmed";
  return <Engagement alert={alert} mayEngage={mayEngage} resting={resting} me={me} onWriting={onWriting} onAlerts={onAlerts} onStale={onStale} />;
}

type Shell = CardProps & { shown: Alert[]; state: string; heading: string; children: ComponentChildren };

function Card({ conflict, step, followed, shown, state, heading, problem, children }: Shell) {
  const id = useId();
  const card = useRef<HTMLElement>(null);
  const asks = state !== "adjudicated";
  useEffect(() => {
    if (!asks) return;
    // Whoever opened it sees both pictures and the answers at once, wherever the list stood, and hears what it is.
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView({ block: "start" });
  }, [asks]);
  const several = shown.length > 1;
  const [first] = shown;
  if (first === undefined) return null;
  return (
    <article
      ref={card}
      tabIndex={asks || followed ? -1 : undefined}
      class={`v-alert${several ? " v-alert--several" : ""}${followed ? " v-alert--followed" : ""}`}
      style={{ "--entries": shown.length, "--lines": captionLines(shown) }}
      data-testid="alert-card"
      data-alert={first.id}
      data-entries={shown.length}
      data-state={state}
      data-step={step.kind}
      aria-labelledby={id}
    >
      {!asks && <NotRecorded problem={problem} conflict={conflict} step={step} />}
      <h3 class="v-alert__heading" id={id}>
        <span class="v-alert__label">{heading}</span>
        {!several && <Subject alert={first} />}
        <span class="v-alert__name" data-testid={several ? "alert-several" : "alert-entry"}>
          {several ? strings.alerts.several : first.entry.name == null ? "" : named(first)}
        </span>
        {!several && <Care alert={first} />}
      </h3>
      {children}
    </article>
  );
}

/**
 * At the top of the card. Where answers are given it stands between the question and them, for they may cover whatever else is on the
 * card.
 */
function NotRecorded({ problem, conflict, step }: Pick<CardProps, "problem" | "conflict" | "step">) {
  if (problem === undefined) return null;
  return (
    <p class="v-alert__problem" role="alert" data-testid="alert-problem">
      <Refusal problem={problem} conflict={conflict} step={step} />
    </p>
  );
}

/** Where somebody else was quicker, what they decided stands here already: what is said is what whoever disagrees can do. */
function Refusal({ problem, conflict, step }: { problem: Problem; conflict: Conflict; step: Step }) {
  const onSight = hasSlug(problem, "already-confirmed");
  if (!onSight && !hasSlug(problem, "already-adjudicated")) return <strong>{strings.alerts.notRecorded(problemText(problem))}</strong>;
  const by = overruledBy(conflict, onSight);
  if (by === undefined) return <strong>{strings.onDuty.late.unknown}</strong>;
  return (
    <>
      <strong>{strings.onDuty.late.first(by)}</strong> {ifTheyDisagree(conflict, step, by)}
    </>
  );
}

function ifTheyDisagree(conflict: Conflict, step: Step, by: string): string {
  const words = strings.onDuty.late;
  const match = matchOf(conflict);
  switch (step.kind) {
    case "confirm":
      return words.confirm;
    case "engage":
      return words.engage(by);
    default:
      return match === undefined || match.state.sight?.verdict === "not_confirmed" ? words.ruledOut(by) : words.tell(by);
  }
}

/** Lines of the longest caption below a picture: a likeness may take two, and so may a photograph's age, and why somebody is looked for. */
function captionLines(shown: Alert[]): number {
  const dated = shown.some(({ subject }) => subject != null);
  if (shown.length === 1) return dated ? 2 : 1;
  const numbered = shown.some(({ entry }) => entry.namesake != null) ? 1 : 0;
  const longest = Math.max(...shown.map(({ entry }) => entry.name?.length ?? 0), strings.alerts.removedEntry.length);
  return Math.ceil(longest / (NAMES_ACROSS / (1 + shown.length))) + (dated ? 6 : 2) + numbered;
}
/** How many letters of all names stand in one line of the narrowest card that has its pictures in one row. */
const NAMES_ACROSS = 54;

function named({ entry: { name, namesake } }: Alert): string {
  return name == null ? strings.alerts.removedEntry : nameOf({ name, namesake });
}

/** The face and the references, all of one size. */
function Pictures({ shown }: { shown: Alert[] }) {
  const [late, setLate] = useState(false);
  const several = shown.length > 1;
  const probe = shown.find(({ has_probe }) => has_probe);
  // What was seen goes with the last entry that it was matched to.
  const removed = shown.every(({ entry }) => entry.name == null);
  const gone = goneWith(shown);
  const lastRaised = Math.max(...shown.map(({ raised_at }) => Date.parse(raised_at)));
  useEffect(() => {
    if (probe !== undefined) return undefined;
    setLate(false);
    const timer = setTimeout(() => setLate(true), Math.max(0, lastRaised + CROP_WITHIN_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [lastRaised, probe === undefined]);
  const noProbe = () => {
    if (gone !== undefined) return strings.alerts.probeGone[gone];
    if (removed) return strings.withdrawn.pictureGone;
    return late ? strings.alerts.noProbe : strings.alerts.noProbeYet;
  };
  return (
    <div class="v-alert__pictures">
      <figure>
        <div class="v-alert__frame">
          {probe !== undefined ? (
            <Picture src={`/v1/alerts/${probe.id}/probe`} alt={strings.alerts.probeOf} missing={strings.onDuty.pictureLate} testId="alert-probe" />
          ) : (
            <p class="v-alert__missing">{noProbe()}</p>
          )}
        </div>
        <figcaption>{strings.alerts.probe}</figcaption>
      </figure>
      {shown.map((alert) => (
        <figure key={alert.id}>
          <div class="v-alert__frame">
            {alert.entry.name == null ? (
              <p class="v-alert__missing" data-testid="alert-reference-gone">
                {strings.withdrawn.pictureGone}
              </p>
            ) : (
              <Picture src={`/v1/alerts/${alert.id}/reference`} alt={strings.alerts.referenceOf(named(alert))} missing={strings.onDuty.pictureLate} testId="alert-reference" />
            )}
          </div>
          {several ? (
            <figcaption>
              <span class="v-alert__entry" data-testid="alert-entry">{alert.entry.name ?? strings.alerts.removedEntry}</span>
              <WhichOfTheName alert={alert} />
              <span class="v-alert__band">{strings.alerts.bands[alert.band]}</span>
              <PictureAge alert={alert} />
              <Subject alert={alert} />
              <Care alert={alert} />
            </figcaption>
          ) : (
            <figcaption>
              {strings.alerts.reference}
              <PictureAge alert={alert} />
            </figcaption>
          )}
        </figure>
      ))}
    </div>
  );
}

/** Which of several of one name it is, in a line of its own: the same name stands beside it. */
function WhichOfTheName({ alert: { entry } }: { alert: Alert }) {
  if (entry.name == null || entry.namesake == null) return null;
  return (
    <span class="v-alert__band" data-testid="alert-namesake">
      {strings.namesakes.which(entry.namesake.number, entry.namesake.of)}
    </span>
  );
}

/** Why the person is looked for, and how to respond: in words, the colour beside them. */
function Subject({ alert: { subject } }: { alert: Alert }) {
  if (subject == null) return null;
  return (
    <span class="v-subject" data-testid="alert-subject" data-response={subject.response}>
      <span class={`v-subject__response v-subject__response--${subject.response}`}>{strings.intervention.responses[subject.response]}</span>
      <span class="v-subject__category">{subject.category}</span>
    </span>
  );
}

/** Whom to approach with particular care. Why is told by whoever keeps the list. */
function Care({ alert: { subject } }: { alert: Alert }) {
  const words = strings.care;
  const said = [subject?.minor == null ? undefined : words[subject.minor], subject?.vulnerable === true ? words.vulnerable : undefined].filter((one) => one !== undefined);
  if (said.length === 0) return null;
  return (
    <span class="v-care" data-testid="alert-care">
      {said.map((one) => (
        <span key={one} class="v-care__tag">
          {one}
        </span>
      ))}
    </span>
  );
}

/** People change: how old the reference is stands under it. */
function PictureAge({ alert: { subject } }: { alert: Alert }) {
  if (subject == null) return null;
  return (
    <span class="v-alert__band" data-testid="alert-picture-age">
      {strings.intervention.pictureAge(ageInWords(subject.image_taken_on))}
    </span>
  );
}

function ageInWords(taken: string): string {
  const { unit, count } = age(taken, new Date());
  const words = strings.intervention.ages;
  if (unit === "years") return words.years(count);
  return count === 0 ? words.thisMonth : words.months(count);
}

/** Where and when the face was seen, and how often since. */
function Sighting({ alert, thisDevice }: { alert: Alert; thisDevice: string | undefined }) {
  const { repeats, device, raised_at } = alert;
  return (
    <>
      {strings.alerts.seenAt(clockTime(raised_at))} {device.id === thisDevice ? strings.alerts.thisDevice(device.name) : strings.alerts.by(deviceName(alert))}.
      {repeats > 0 && (
        <>
          {" "}
          <SeenAgain alert={alert} />
        </>
      )}
    </>
  );
}

function SeenAgain({ alert: { repeats, last_seen } }: { alert: Alert }) {
  return (
    <span data-testid="alert-repeats" data-count={repeats + 1}>
      {strings.intervention.repeated(repeats + 1, clockTime(last_seen.at), last_seen.device.name)}
    </span>
  );
}

function Heard({ alerts }: { alerts: Alert[] }) {
  const { received, opened } = heardBy(alerts);
  const words = strings.intervention;
  return (
    <span class="v-alert__heard" data-testid="alert-receipts" data-received={received} data-opened={opened.length}>
      {words.receivedBy(received)}, {opened.length === 0 ? words.openedByNobody : words.openedBy(opened)}.
    </span>
  );
}

/** All that people have decided about the face so far. */
function Decisions({ conflict }: { conflict: Conflict }) {
  const words = strings.intervention;
  const considered = [...new Set(conflict.alerts.flatMap(({ state }) => (state.kind === "adjudicated" ? factorWords(state.factors) : [])))];
  const lapsed = conflict.alerts.flatMap(({ state }) => (state.kind === "not_adjudicated" ? [state.at] : []))[0];
  const sight = matchOf(conflict)?.state.sight;
  return (
    <>
      {outcomes(conflict).map((outcome) => (
        <p key={outcome.about === "all" ? "all" : outcome.about.id} class="v-alert__outcome" data-testid="alert-outcome" data-verdict={outcome.verdict}>
          {told(outcome, conflict.alerts.length > 1)}
        </p>
      ))}
      {lapsed !== undefined && (
        <p class="v-alert__outcome" data-testid="alert-outcome" data-verdict="not_adjudicated">
          {words.lapsed(clockTime(lapsed))}
        </p>
      )}
      {considered.length > 0 && (
        <p class="v-alert__considered" data-testid="alert-considered">
          {words.considered(considered)}
        </p>
      )}
      {sight != null && (
        <p class="v-alert__outcome" data-testid="alert-sight" data-verdict={sight.verdict}>
          {words.sightBy[sight.verdict](sight.by.name, clockTime(sight.at))}
        </p>
      )}
    </>
  );
}

function told({ about, verdict, by, at }: Outcome, several: boolean): string {
  const time = clockTime(at);
  if (!several) return strings.alerts.outcome[verdict](by, time);
  if (about === "all") return verdict === "true" ? "" : strings.alerts.outcomeSeveral[verdict](by, time);
  if (verdict === "true") return about.entry.name == null ? strings.alerts.outcome.true(by, time) : strings.alerts.outcomeSeveral.true(named(about), by, time);
  return strings.alerts.outcomeOf(named(about), strings.alerts.outcome[verdict](by, time));
}
