import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../api/problem";
import type { Alert, Deployment } from "../api/types";
import { strings } from "../strings";
import { AlertCard } from "./alert-card";
import type { Conflict } from "./conflict";
import { isTold, stepOf, type Screen, type Step, type Viewer, type Waiting } from "./steps";
import { Unfinished } from "./unfinished";
import { WithdrawnCard } from "./withdrawn-card";

/** What comes up where an answer was just given is not what the finger meant. */
const REST_MS = 700;

type Props = {
  /** What scrolls. */
  panel: RefObject<HTMLElement | null>;
  faces: Conflict[];
  waiting: Waiting[];
  opened: Waiting | undefined;
  /** The face that was answered here just now. */
  followed: string | undefined;
  /** Who looks where, and the face that was opened here last. */
  screen: Screen;
  /** Withdrawn faces that were put away. */
  away: ReadonlySet<string>;
  onPutAway: (face: string) => void;
  viewer: Viewer;
  me: { id: string; name: string };
  thisDevice: string | undefined;
  deployment: Deployment | undefined;
  /** Deployments that have ended, of which something can still be written down. */
  ended: Deployment[];
  /** Whether whoever looks sees alerts at all. */
  reads: boolean;
  /** Whether an answer would reach the server. */
  connected: boolean;
  /** An answer did not. */
  onUnreachable: () => Promise<void>;
  onOpen: (waiting: Waiting) => void;
  /** `of`: the deployment, where it has ended. */
  onWriting: (match: string, writing: boolean, of?: Deployment) => void;
  tellOpened: (alerts: string[]) => Promise<void>;
  onAlerts: (alerts: Alert[]) => void;
  onStale: () => void;
};

/** What waits, the most urgent first; one is open at a time. Below it what goes on, and what is over. */
export function Alerts(props: Props) {
  const { panel, faces, waiting, opened, followed, screen, away, onPutAway, viewer, me, thisDevice, deployment, ended, reads, connected, onUnreachable, onOpen, onWriting, tellOpened, onAlerts, onStale } = props;
  // Kept here, because a card that was decided elsewhere moves to another list.
  const [problems, setProblems] = useState(new Map<string, Problem | undefined>());
  useEffect(() => {
    // They name people, and go with the alerts.
    setProblems(new Map());
  }, [deployment?.id, me.id]);
  useEffect(() => {
    // That there was no reply is over once there is one.
    if (connected) setProblems((known) => new Map([...known].filter(([, problem]) => problem?.kind !== "unreachable")));
  }, [connected]);

  const [resting, setResting] = useState(false);
  const before = useRef<string>(undefined);
  const key = opened?.conflict.key;
  useEffect(() => {
    const left = before.current;
    before.current = key;
    if (left === undefined || key !== undefined) return;
    setResting(true);
    // What comes next comes to hand: of the same face, or the next one, closed, for whoever looks opens it herself. What is being
    // written down is not left for it.
    if (document.activeElement?.closest("form") == null) {
      panel.current?.scrollTo(0, 0);
      const next = panel.current?.querySelector<HTMLElement>(".v-alert--followed, .v-alert--closed button");
      (next ?? panel.current)?.focus({ preventScroll: true });
      // Why an answer was not taken stands above everything.
      if (next?.querySelector(".v-alert__problem") == null) (next?.querySelector(".v-alert__foot") ?? next)?.scrollIntoView({ block: "nearest" });
    }
  }, [key]);
  useEffect(() => {
    if (!resting) return undefined;
    const timer = setTimeout(() => setResting(false), REST_MS);
    return () => clearTimeout(timer);
  }, [resting]);

  const { last } = screen;
  const settled = faces.map((conflict) => ({ conflict, step: stepOf(conflict, viewer) })).reverse();
  const answered = settled.filter(({ step: { kind } }) => kind !== "decide" && kind !== "confirm");
  const isTop = ({ conflict, step }: { conflict: Conflict; step: Step }) => isTold(conflict, step, screen, away);
  // Whoever was told that an answer was not taken is told where it was given, until something else is opened.
  const refused = opened === undefined && last !== undefined && problems.get(last) !== undefined ? last : undefined;
  const kept = followed ?? refused;
  // What is being written on stays where it is, also where somebody else has written it down meanwhile.
  const [first, rest] = apart(answered.filter((one) => one.step.kind !== "withdrawn" || isTop(one)), kept);
  const withdrawn = rest.filter(isTop);
  const others = answered.filter((one) => !first.includes(one) && !withdrawn.includes(one));
  const isOver = ({ step: { kind } }: { step: Step }) => kind === "done" || kind === "withdrawn";
  const goingOn = others.filter((one) => !isOver(one));
  // What was answered last is seen without a search, after whatever waits.
  const [taken, done] = apart(others.filter(isOver), opened === undefined ? last : undefined);
  const closed = apart(waiting.filter((one) => one !== opened), kept).flat();

  const putAway = (face: string) => {
    onPutAway(face);
    panel.current?.focus({ preventScroll: true });
  };

  const card = ({ conflict, step }: { conflict: Conflict; step: Step }, since?: number, inRow = false) =>
    step.kind === "withdrawn" ? (
      <WithdrawnCard
        key={conflict.key}
        alert={step.alert}
        withdrawal={step.withdrawal}
        followed={isTop({ conflict, step }) && conflict.key === kept}
        resting={resting}
        onPutAway={isTop({ conflict, step }) ? () => putAway(conflict.key) : undefined}
      />
    ) : (
      <AlertCard
        key={conflict.key}
        conflict={conflict}
        step={step}
        opened={conflict.key === key}
        followed={conflict.key === kept}
        since={since}
        inRow={inRow}
        resting={resting}
        connected={connected}
        me={me}
        thisDevice={thisDevice}
        twoPeople={viewer.twoPeople}
        singlePerson={deployment?.operation?.plan.single_person}
        problem={problems.get(conflict.key)}
        onOpen={() => {
          const one = waiting.find((other) => other.conflict.key === conflict.key);
          if (one !== undefined) onOpen(one);
        }}
        tellOpened={tellOpened}
        onWriting={onWriting}
        onProblem={(problem) => {
          setProblems((known) => new Map(known).set(conflict.key, problem));
          if (problem?.kind === "unreachable") void onUnreachable();
        }}
        onAlerts={onAlerts}
        onStale={onStale}
      />
    );

  return (
    <section class="v-alerts" ref={panel} aria-labelledby="alerts-title" tabIndex={0}>
      <h2 class="govuk-visually-hidden" id="alerts-title">
        {strings.alerts.title}
      </h2>
      <p class="v-alerts__waiting" role="status" data-testid="alerts-waiting" data-count={waiting.length}>
        {waiting.length > 0 ? strings.alerts.waiting(waiting.length) : reads ? strings.alerts.none : ""}
      </p>
      {opened !== undefined && card(opened, opened.since)}
      {first.map((one) => card(one))}
      {withdrawn.map((one) => card(one))}
      {closed.map((one, index) => card(one, one.since, opened !== undefined || first.length > 0 || index > 0))}
      {taken.map((one) => card(one))}
      {goingOn.length > 0 && <h2 class="v-officer__title">{strings.intervention.goingOn}</h2>}
      {goingOn.map((one) => card(one))}
      <Unfinished ended={ended} me={me} onWriting={onWriting} />
      {done.length > 0 && <h2 class="v-officer__title">{strings.alerts.decided}</h2>}
      {done.map((one) => card(one))}
    </section>
  );
}

/** The face of that key, if it is among them, and the others. */
function apart<Of extends { conflict: Conflict }>(faces: Of[], key: string | undefined): [Of[], Of[]] {
  const is = ({ conflict }: Of) => conflict.key === key;
  return [faces.filter(is), faces.filter((face) => !is(face))];
}
