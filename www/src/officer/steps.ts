import type { Alert, Withdrawal } from "../api/types";
import { calls, type Conflict } from "./conflict";

/** What a face asks of whoever looks at this screen, until nothing more is asked. */
export type Step =
  | { kind: "decide" }
  /** Somebody else decided that it is this person; a second one says so on sight, or doesn't. */
  | { kind: "confirm"; alert: Matched }
  /** Whoever looks decided so, and can't be the second one too. */
  | { kind: "await_second"; alert: Matched }
  /** The person may be spoken to, and what came of it is recorded. */
  | { kind: "engage"; alert: Matched }
  /** Before anybody decided, all whom the face was taken for were taken off the list. */
  | { kind: "withdrawn"; alert: Alert; withdrawal: Withdrawal }
  | { kind: "done"; alert: Matched | undefined };

/** An alert that was decided to be true. */
export type Matched = Alert & { state: Extract<Alert["state"], { kind: "adjudicated" }> };

/** At most one of a face is. */
export function matchOf({ alerts }: Conflict): Matched | undefined {
  for (const alert of alerts) {
    const match = matched(alert);
    if (match !== undefined) return match;
  }
  return undefined;
}

function matched(alert: Alert): Matched | undefined {
  const { state } = alert;
  return state.kind === "adjudicated" && state.verdict === "true" ? { ...alert, state } : undefined;
}

/** Who looks, and whether a second person must confirm in this deployment. */
export type Viewer = { user: string | undefined; twoPeople: boolean };

export function stepOf(conflict: Conflict, { user, twoPeople }: Viewer): Step {
  if (conflict.open.length > 0) return { kind: "decide" };
  const alert = matchOf(conflict);
  if (alert === undefined) return withdrawnOf(conflict) ?? { kind: "done", alert };
  const { engagement, sight, by, withdrawn } = alert.state;
  if (engagement != null || sight?.verdict === "not_confirmed") return { kind: "done", alert };
  // Of somebody who is off the list nobody is asked to confirm anything; what came of it is still written down.
  if (!twoPeople || sight != null || withdrawn != null) return { kind: "engage", alert };
  return { kind: by.id === user ? "await_second" : "confirm", alert };
}

function withdrawnOf({ alerts }: Conflict): Step | undefined {
  let last: Extract<Step, { kind: "withdrawn" }> | undefined;
  for (const alert of alerts) {
    if (alert.state.kind !== "withdrawn") return undefined;
    if (last === undefined || Date.parse(alert.state.at) >= Date.parse(last.withdrawal.at)) last = { kind: "withdrawn", alert, withdrawal: alert.state };
  }
  return last;
}

/** Whether what came of a match is written down yet, or need not be. */
function isUntold({ state: { engagement, sight } }: Matched): boolean {
  return engagement == null && sight?.verdict !== "not_confirmed";
}

/** Whether this person may write down what came of a match: whoever is the first, and the same one puts it right. */
export function mayTell(match: Matched, user: string | undefined): boolean {
  return isUntold(match) || (user !== undefined && match.state.engagement?.by.id === user);
}

/** The alerts of which something may be half written: also where somebody else was quicker, so that its writer sees that. */
export function matchesOf(alerts: Alert[]): string[] {
  return alerts.filter((alert) => matched(alert) !== undefined).map(({ id }) => id);
}

/**
 * Whether something can still be written down of a match of a deployment that has ended: what came of it, by anybody, or
 * whom it fell on by mistake, by whoever wrote down that it did.
 */
export function isUnrecorded(match: Matched, user: string): boolean {
  const { engagement } = match.state;
  if (engagement == null) return isUntold(match);
  return engagement.outcome.kind === "engaged_false" && engagement.by.id === user && !engagement.observed;
}

/** A face that asks for an answer of whoever looks, and since when. */
export type Waiting = { conflict: Conflict; step: Extract<Step, { kind: "decide" | "confirm" }>; since: number };

const RANK = { red: 0, amber: 1, green: 2 };
const rank = ({ conflict: { open, alerts } }: Waiting) =>
  Math.min(...(open.length > 0 ? open : alerts).map(({ subject }) => (subject == null ? RANK.green : RANK[subject.response])));

/** Those that wait for an answer: the most urgent response first, then the longest wait. */
export function queue(conflicts: Conflict[], viewer: Viewer): Waiting[] {
  return conflicts
    .flatMap((conflict): Waiting[] => {
      const step = stepOf(conflict, viewer);
      if (step.kind === "decide") return [{ conflict, step, since: Date.parse(conflict.open[0]?.raised_at ?? "") }];
      return step.kind === "confirm" ? [{ conflict, step, since: Date.parse(step.alert.state.at) }] : [];
    })
    .sort((a, b) => rank(a) - rank(b) || a.since - b.since);
}

/**
 * What was answered on this screen stays in its place for what comes next of it, until nothing more does or something else is open.
 * `answered`: the face that was opened here last.
 */
export function followedOf(faces: Conflict[], opened: Waiting | undefined, answered: string | undefined, viewer: Viewer): string | undefined {
  if (opened !== undefined) return undefined;
  return faces.find((face) => face.key === answered && stepOf(face, viewer).kind !== "done")?.key;
}

/** Who looks where. `device`: its name, as receipts have it. `last`: the face that was opened there last, also where the server has not heard of it. */
export type Screen = { user: string | undefined; device: string | undefined; last: string | undefined };

function isOpenedOn({ key, alerts }: Conflict, { user, device, last }: Screen): boolean {
  const mine = (receipt: Alert["receipts"][number]) => receipt.opened_at != null && receipt.user.id === user && (receipt.device ?? undefined) === device;
  return key === last || alerts.some(({ receipts }) => receipts.some(mine));
}

/**
 * Withdrawn faces that this screen must still say so of, apart from the others: whoever opened one on it may be on the way to the person,
 * and has not put it away.
 */
export function isTold(face: Conflict, { kind }: Step, screen: Screen, away: ReadonlySet<string>): boolean {
  return kind === "withdrawn" && isOpenedOn(face, screen) && !away.has(face.key);
}

/** The alerts that were opened on this screen about people who are off the list now: nobody is to be spoken to, and it isn't known yet that nobody was. */
export function calledOff(faces: Conflict[], viewer: Viewer, screen: Screen, away: ReadonlySet<string>): string[] {
  return faces.flatMap((face) => {
    const step = stepOf(face, viewer);
    if (step.kind !== "withdrawn" && step.kind !== "engage") return [];
    const off = step.kind === "withdrawn" ? isTold(face, step, screen, away) : step.alert.state.withdrawn != null && isOpenedOn(face, screen);
    return off ? [step.alert.id] : [];
  });
}

/** Whether something waits now that this screen has not called for yet. */
export function isNews(before: Waiting[], now: Waiting[]): boolean {
  const asked = (waiting: Waiting[], kind: Waiting["step"]["kind"]) => waiting.filter(({ step }) => step.kind === kind).map(({ conflict }) => conflict);
  const known = new Set(asked(before, "confirm").map(({ key }) => key));
  return calls(asked(before, "decide"), asked(now, "decide")) || asked(now, "confirm").some(({ key }) => !known.has(key));
}

/** On how many screens an alert came up, and who has opened it. */
export function heardBy(alerts: Alert[]): { received: number; opened: string[] } {
  const receipts = alerts.flatMap((alert) => alert.receipts);
  const screens = new Set(receipts.map(({ device, user }) => device ?? user.id));
  const opened = receipts.filter(({ opened_at }) => opened_at != null).map(({ user }) => user.name);
  return { received: screens.size, opened: [...new Set(opened)] };
}

/** Nobody had opened it in time, and nobody has since. */
export function isEscalated({ open }: Conflict): boolean {
  return open.some(({ escalated_at }) => escalated_at != null) && heardBy(open).opened.length === 0;
}

/** How the screen goes on calling: not at all, while nobody looks at what waits, or louder, once the server says that nobody did. */
export type Call = "none" | "waits" | "urgent";

/** `opened`: the face that is open on this screen. */
export function callFor(waiting: Waiting[], opened: string | undefined): Call {
  if (waiting.some(({ conflict }) => isEscalated(conflict))) return "urgent";
  const unseen = ({ conflict, step }: Waiting) => conflict.key !== opened && (step.kind === "confirm" || heardBy(conflict.open).opened.length === 0);
  return waiting.some(unseen) ? "waits" : "none";
}
