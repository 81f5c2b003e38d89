import type { Deployment, DocumentKind, NewOperation } from "../api/types";
import type { FieldError } from "../components/error-summary/error-summary";
import { localInput } from "../lib/time";
import { strings } from "../strings";
import { USUAL_TARGET } from "./targets";

const HOUR_MS = 3_600_000;
const MOST_HOURS = 24;
export const KINDS = Object.keys(strings.plan.kinds) as DocumentKind[];

export type Paper = { reference: string; version: string; review_by: string };

/** What is typed of a plan, one text each. */
export type Typed = "name" | "place" | "starts" | "ends" | "target" | "footfall" | "purpose" | "legal" | "use" | "cameras" | "necessity" | "proportionality" | "alternatives" | "single" | "notice" | "published";

export type Draft = Record<Typed, string> & { /** Chosen from the policy's. */ categories: string[]; papers: Record<DocumentKind, Paper> };

export function draftOf(pilot: Deployment | undefined): Draft {
  const plan = pilot?.operation?.plan;
  const soon = Date.now() + HOUR_MS;
  const paper = (kind: DocumentKind): Paper => plan?.documents.find((document) => document.kind === kind) ?? { reference: "", version: "", review_by: "" };
  return {
    name: pilot?.name ?? "",
    place: pilot?.place ?? "",
    starts: localInput(new Date(plan?.starts_at ?? soon)),
    ends: localInput(new Date(pilot?.ends_at ?? soon + 2 * HOUR_MS)),
    target: String(pilot?.target_fpir_one_in ?? USUAL_TARGET),
    footfall: plan === undefined ? "" : String(plan.footfall),
    purpose: plan?.purpose ?? "",
    legal: plan?.legal_basis ?? "",
    use: plan?.use_case ?? "",
    cameras: plan?.cameras.join("\n") ?? "",
    categories: plan?.categories ?? [],
    necessity: plan?.necessity ?? "",
    proportionality: plan?.proportionality ?? "",
    alternatives: plan?.alternatives ?? "",
    single: plan?.single_person ?? "",
    notice: plan?.notice?.text ?? "",
    published: plan?.notice?.published_on ?? "",
    papers: Object.fromEntries(KINDS.map((kind) => [kind, paper(kind)])) as Record<DocumentKind, Paper>,
  };
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What is wrong with a draft, field by field; and, if nothing is, what the server is asked to keep. */
export function proposal(draft: Draft): { errors: FieldError[]; body: NewOperation } {
  const errors: FieldError[] = [];
  const words = strings.plan;
  const needed = [
    ["name", words.name],
    ["place", words.place],
    ["purpose", words.purpose],
    ["legal", words.legalBasis],
    ["use", words.useCase],
    ["cameras", words.cameras],
    ["necessity", words.necessity],
    ["proportionality", words.proportionality],
    ["alternatives", words.alternatives],
  ] as const;
  for (const [field, label] of needed) {
    if (draft[field].trim() === "") errors.push({ field: `plan-${field}`, text: words.missing(label) });
  }
  if (draft.categories.length === 0) errors.push({ field: "plan-categories", text: words.categoriesMissing });
  const footfall = Number(draft.footfall);
  if (!Number.isInteger(footfall) || footfall < 1) errors.push({ field: "plan-footfall", text: strings.false_alerts.footfallWrong });
  const [start, end] = [new Date(draft.starts).getTime(), new Date(draft.ends).getTime()];
  if (!(end > start && end - start <= MOST_HOURS * HOUR_MS)) errors.push({ field: "plan-ends", text: words.times });
  const documents = KINDS.filter((kind) => Object.values(draft.papers[kind]).some((part) => part.trim() !== ""));
  for (const kind of documents) {
    const { reference, version, review_by } = draft.papers[kind];
    if ([reference, version, review_by].some((part) => part.trim() === "")) errors.push({ field: `plan-${kind}-reference`, text: words.documentPart(words.kinds[kind]) });
  }
  const told = draft.notice.trim() !== "";
  if (told !== (draft.published !== "")) errors.push({ field: "plan-notice", text: words.noticePart });
  const instant = (time: number) => (Number.isNaN(time) ? "" : new Date(time).toISOString());
  return {
    errors,
    body: {
      name: draft.name,
      place: draft.place,
      ends_at: instant(end),
      target_fpir_one_in: Number(draft.target),
      plan: {
        starts_at: instant(start),
        purpose: draft.purpose,
        legal_basis: draft.legal,
        use_case: draft.use,
        cameras: lines(draft.cameras),
        categories: draft.categories,
        footfall,
        necessity: draft.necessity,
        proportionality: draft.proportionality,
        alternatives: draft.alternatives,
        ...(draft.single.trim() === "" ? {} : { single_person: draft.single }),
        documents: documents.map((kind) => {
          const { reference, version, review_by } = draft.papers[kind];
          return { kind, reference, version, review_by };
        }),
        notice: told ? { text: draft.notice, published_on: draft.published } : null,
      },
    },
  };
}
