import type { AlertReview, Withdrawal } from "../api/types";
import { clockTime, dateAndTime, day } from "../lib/time";
import { strings } from "../strings";

export type Filter = keyof typeof strings.review.filters;
export const FILTERS: readonly Filter[] = ["all", "true", "false", "inconclusive", "undecided", "withdrawn"];

export type Outcome = Exclude<Filter, "all">;
/** All alerts of one face, whoever it resembled: one alert, as people count them. */
export type Card = [AlertReview, ...AlertReview[]];

/** What weighs more: a face that is one of the people is no mistake, one that was ruled out for anybody is. */
const WEIGHT: readonly Outcome[] = ["true", "false", "inconclusive", "undecided", "withdrawn"];

/** A track's number is its device's own. */
export function cardOf({ device, track }: AlertReview): string {
  return `${device.id}/${track}`;
}

/** In the order of the newest alert of each; within one, what decides its outcome comes first. */
export function cards(alerts: readonly AlertReview[]): Card[] {
  const known = new Map<string, Card>();
  for (const alert of alerts) {
    const card = known.get(cardOf(alert));
    if (card === undefined) known.set(cardOf(alert), [alert]);
    else card.push(alert);
  }
  const weight = (alert: AlertReview) => WEIGHT.indexOf(outcomeOfOne(alert));
  return [...known.values()].map((card) => card.sort((a, b) => weight(a) - weight(b)));
}

export function outcomeOf([first]: Card): Outcome {
  return outcomeOfOne(first);
}

/** Of the alert about one person. */
export function outcomeOfOne({ verdict, course }: AlertReview): Outcome {
  return verdict ?? (course.kind === "withdrawn" ? "withdrawn" : "undecided");
}

export function shown(all: readonly Card[], filter: Filter): Card[] {
  return all.filter((card) => filter === "all" || outcomeOf(card) === filter);
}

export function alertName({ raised_at, device }: AlertReview): string {
  return strings.review.alert(dateAndTime(raised_at), device.name);
}

/** To the second; with the day where it isn't that of the alert. */
function timeOf(instant: string, raised: string): string {
  return day(instant) === day(raised) ? clockTime(instant) : dateAndTime(instant);
}

/** What happened to it, in the order in which it did. */
export function lines({ raised_at, repeats, escalated_at, identity_checks, course, verdict }: AlertReview): string[] {
  const words = strings.review;
  const time = (instant: string) => timeOf(instant, raised_at);
  const said = [words.raised(time(raised_at))];
  if (repeats > 0) said.push(words.repeated(repeats + 1));
  if (escalated_at != null) said.push(words.escalated(time(escalated_at)));
  if (course.kind === "not_adjudicated") return [...said, words.notDecided(time(course.at))];
  if (course.kind === "withdrawn") return [...said, withdrawnText(course, time)];
  said.push(words.decided(strings.alerts.verdicts[course.verdict], course.by.name, time(course.at)));
  if (course.sight != null) said.push(words.sights[course.sight.verdict](course.sight.by.name, time(course.sight.at)));
  if (identity_checks > 0) said.push(words.checks(identity_checks));
  if (course.withdrawn != null) said.push(withdrawnText(course.withdrawn, time));
  if (course.engagement != null) {
    const { outcome, by, at } = course.engagement;
    said.push(words.engaged(outcomeText(outcome), by.name, time(at)));
  } else if (verdict === "true") said.push(words.unwritten);
  return said;
}

function withdrawnText({ at, by, why }: Withdrawal, time: (instant: string) => string): string {
  const words = strings.withdrawn;
  return words.reviewed(time(at), by == null ? words.why[why] : words.by(words.why[why], by.name));
}

type Engaged = NonNullable<Extract<AlertReview["course"], { kind: "adjudicated" }>["engagement"]>["outcome"];

function outcomeText(outcome: Engaged): string {
  const words = strings.intervention;
  if (outcome.kind === "lost") return words.outcomes.lost;
  if (outcome.kind === "not_engaged") return words.told.not_engaged(words.reasons[outcome.reason]);
  return words.toldDisposal(words.outcomes[outcome.kind], words.disposals[outcome.contact.disposal]);
}

/** Where pictures are, or since when they are gone. */
export function picturesText(pictures: AlertReview["pictures"]): string {
  const words = strings.review;
  if (pictures.kind === "kept") return words.kept;
  if (pictures.kind === "never_came") return words.neverCame;
  const { why, at } = pictures;
  if (at == null) return words.unlisted;
  return why === "unlisted" ? strings.withdrawn.picturesGone(dateAndTime(at)) : words.gone[why](dateAndTime(at));
}
