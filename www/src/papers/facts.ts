import type { Deployment, Organisation } from "../api/types";
import { papers, type Language, type PublicWords } from "../strings/papers";
import { dayOf, duration, period } from "./when";

/** As much as fits on a sign that is read while walking. */
export const LONGEST_PURPOSE = 300;

/** What a paper says in one language beyond the fixed words. Typed for the paper, and kept nowhere. */
export type Typed = Record<"place" | "purpose" | "notice", string>;

/** What the plan says, in the language in which it was written. */
export function planned(pilot: Deployment): Record<Language, Typed> {
  const plan = pilot.operation?.plan;
  const purpose = plan?.purpose ?? "";
  return {
    en: { place: pilot.place, purpose: purpose.length <= LONGEST_PURPOSE ? purpose : "", notice: plan?.notice?.text ?? "" },
    cy: { place: pilot.place, purpose: "", notice: "" },
  };
}

/** One line of a paper; `language` where it isn't the paper's own. */
export type Fact = { name: string; text: string; language?: Language };

/** A text in the paper's language, or else the English one, marked as such for whoever has it read aloud. */
export function inLanguage(field: keyof Typed, language: Language, typed: Record<Language, Typed>): Omit<Fact, "name"> {
  const text = typed[language][field].trim();
  return text === "" && language !== "en" ? { text: typed.en[field].trim(), language: "en" } : { text };
}

function started(pilot: Deployment): string | undefined {
  if (pilot.operation !== undefined) return pilot.operation.plan.starts_at;
  return pilot.state.kind === "live" || pilot.state.kind === "paused" ? pilot.state.started_at : undefined;
}

/** Where, when and why: what every paper for the public says of a deployment. */
export function facts(pilot: Deployment, language: Language, typed: Record<Language, Typed>): Fact[] {
  const words = papers[language];
  const start = started(pilot);
  return [
    { name: words.rows.place, ...inLanguage("place", language, typed) },
    { name: words.rows.time, text: period(start, pilot.ends_at, words) },
    ...(start === undefined ? [] : [{ name: words.rows.duration, text: duration(start, pilot.ends_at, words) }]),
    { name: words.rows.purpose, ...inLanguage("purpose", language, typed) },
    { name: words.rows.id, text: pilot.id },
  ].filter(({ text }) => text !== "");
}

/** Who is responsible, and whom to ask. */
export function answerable(organisation: Organisation, words: PublicWords, language: Language): Fact[] {
  const name = language === "cy" && organisation.name_cy != null && organisation.name_cy !== "" ? organisation.name_cy : organisation.name;
  return [
    { name: words.rows.controller, text: name },
    { name: words.rows.contact, text: organisation.contact },
    { name: words.rows.complaints, text: organisation.complaints },
    { name: words.rows.privacy, text: organisation.privacy_url ?? "" },
  ].filter(({ text }) => text !== "");
}

/** The public notice as plain text, to be published elsewhere. */
export function noticeText(pilot: Deployment, organisation: Organisation, language: Language, typed: Record<Language, Typed>): string {
  const words = papers[language];
  const published = pilot.operation?.plan.notice?.published_on;
  const row = ({ name, text }: Fact) => `${name}: ${text}`;
  return [
    words.notice.title,
    "",
    words.notice.lead,
    ...(pilot.operation === undefined ? [words.exercise] : []),
    "",
    ...facts(pilot, language, typed).map(row),
    "",
    inLanguage("notice", language, typed).text,
    "",
    words.notice.rights,
    words.leaflet.rightsLead,
    ...words.leaflet.rightsList.map((right) => `- ${right}`),
    words.leaflet.rightsNote,
    "",
    ...answerable(organisation, words, language).map(row),
    row({ name: words.rows.regulator, text: words.regulator }),
    ...(published === undefined ? [] : [row({ name: words.rows.published, text: dayOf(published, words) })]),
    "",
  ]
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n");
}
