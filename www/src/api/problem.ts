import { foreign, known as inOurLanguage } from "../lib/foreign";
import { strings } from "../strings";
import { language } from "../strings/language";

/** A refusal in the form of RFC 9457. `slug` is the last part of its type and comes from a closed set. */
export type Problem =
  | { kind: "problem"; slug: string; status: number; title: string; detail: string }
  /** No reply at all: the server is off, or the network is. */
  | { kind: "unreachable" };

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Reads a refusal from a reply's status and body. A body that is no problem document still yields a problem. */
export function parseProblem(status: number, body: unknown): Problem {
  // A proxy answers for a server that is away with one of these, never with a problem document.
  const fields: Record<string, unknown> = typeof body === "object" && body !== null ? { ...body } : {};
  const slug = text(fields["type"]).split("/").filter(Boolean).at(-1) ?? "";
  if (slug === "" && (status === 502 || status === 503 || status === 504)) return { kind: "unreachable" };
  return { kind: "problem", slug, status, title: text(fields["title"]), detail: text(fields["detail"]) };
}

/** Refusals of which the detail names what is wrong, which our own words can't: where, or which one. */
export const SPECIFIC: ReadonlySet<string> = new Set(["invalid", "photo-invalid", "roster-unreadable", "category-unknown", "category-in-use"]);

/**
 * What a person is told. The server's detail says what to do next, so it wins on an English page; what lacks one gets our own
 * words. The server speaks no other language, so elsewhere our words win, and a detail follows where they can't do without.
 */
export function problemText(problem: Problem): string {
  if (problem.kind === "unreachable") return strings.problems.unreachable;
  const { slug, detail, title, status } = problem;
  if (language === "en" && detail !== "") return detail;
  const all: Record<string, string> = strings.problems.bySlug;
  const known = all[slug];
  if (known !== undefined) return SPECIFIC.has(slug) && detail !== "" ? (inOurLanguage(detail) ?? `${known} ${foreign(detail)}`) : known;
  const said = detail !== "" ? detail : title;
  const unknown = strings.problems.unknown(status);
  if (said === "") return unknown;
  return language === "en" ? said : `${unknown} ${foreign(said)}`;
}

export function hasSlug(problem: Problem, slug: string): boolean {
  return problem.kind === "problem" && problem.slug === slug;
}

export function hasStatus(problem: Problem, status: number): boolean {
  return problem.kind === "problem" && problem.status === status;
}

/** Whether to send the same again is in vain: the server took a decision, and not for want of a session. */
export function isFinal(problem: Problem): boolean {
  return problem.kind === "problem" && problem.status < 500 && problem.status !== 429 && problem.status !== 401;
}
