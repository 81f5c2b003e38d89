import type { Deployment, DocumentKind, NewOperation, Sketch, TypedPlan } from "../api/types";
import type { FieldError } from "../components/error-summary/error-summary";
import { faultsOf as sketchFaults } from "../components/sketch/sketch";
import { dayErrors, momentFaults } from "../components/field/day-errors";
import { NAME, TEXT, textErrors } from "../components/field/text-errors";
import { dayOf } from "../lib/day";
import { halves, instantOf } from "../lib/moment";
import { localInput } from "../lib/time";
import { strings } from "../strings";
import { USUAL_TARGET } from "./targets";

const HOUR_MS = 3_600_000;
const MOST_HOURS = 24;
export const KINDS = Object.keys(strings.plan.kinds) as DocumentKind[];
/** Those without which nobody can sign. */
const NEEDED: readonly DocumentKind[] = ["data_protection_impact_assessment", "equality_impact_assessment", "appropriate_policy_document", "legal_mandate"];

export type Paper = { reference: string; version: string; review_by: string };

/** What is typed of a plan, one text each. */
export type Typed = "name" | "place" | "starts" | "ends" | "target" | "footfall" | "purpose" | "legal" | "use" | "cameras" | "necessity" | "proportionality" | "alternatives" | "single" | "notice" | "published";

export type Draft = Record<Typed, string> & { /** Chosen from the policy's. */ categories: string[]; papers: Record<DocumentKind, Paper>; /** Nothing where none was begun. */ sketch: Sketch | undefined };

/** The parts of a plan, in the order in which they are read. */
export const PARTS = ["place", "times", "purpose", "cameras", "list", "necessity", "documents", "notice"] as const;
export type Part = (typeof PARTS)[number];

/** Something that keeps a plan from being saved, signed or started. */
export type Fault = FieldError & {
  part: Part;
  field: string;
  /** Nothing was typed there yet. */
  missing: boolean;
  /** What it holds up. */
  holdsUp: "save" | "submit" | "start";
};

export function draftOf(pilot: Deployment | undefined): Draft {
  const plan = pilot?.operation?.plan;
  const paper = (kind: DocumentKind): Paper => plan?.documents.find((document) => document.kind === kind) ?? { reference: "", version: "", review_by: "" };
  const local = (instant: string | undefined) => (instant === undefined ? "" : localInput(new Date(instant)));
  return {
    name: pilot?.name ?? "",
    place: pilot?.place ?? "",
    starts: local(plan?.starts_at),
    ends: local(pilot?.ends_at),
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
    papers: papersOf((kind) => paper(kind)),
    sketch: plan?.sketch,
  };
}

function papersOf(paper: (kind: DocumentKind) => Paper): Record<DocumentKind, Paper> {
  const parts = ({ reference, version, review_by }: Paper): Paper => ({ reference, version, review_by });
  return Object.fromEntries(KINDS.map((kind) => [kind, parts(paper(kind))])) as Record<DocumentKind, Paper>;
}

/** A draft as the server keeps it while it is being written. */
export function typedOf({ legal, use, single, published, papers, sketch, ...same }: Draft): TypedPlan {
  return { ...same, ...(sketch === undefined ? {} : { sketch }), legal_basis: legal, use_case: use, single_person: single, published_on: published, documents: KINDS.map((kind) => ({ kind, ...papers[kind] })) };
}

export function draftFrom({ legal_basis, use_case, single_person, published_on, documents, sketch, ...same }: TypedPlan): Draft {
  const none: Paper = { reference: "", version: "", review_by: "" };
  return { ...same, sketch, legal: legal_basis, use: use_case, single: single_person, published: published_on, papers: papersOf((kind) => documents.find((document) => document.kind === kind) ?? none) };
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** A document of which anything was typed. */
function begun(paper: Paper): boolean {
  return Object.values(paper).some((part) => part.trim() !== "");
}

/** Those that a plan lacks as long as they are empty. */
const TEXTS: readonly [Part, Typed, string][] = [
  ["place", "name", strings.plan.name],
  ["place", "place", strings.plan.place],
  ["purpose", "purpose", strings.plan.purpose],
  ["purpose", "legal", strings.plan.legalBasis],
  ["purpose", "use", strings.plan.useCase],
  ["cameras", "cameras", strings.plan.cameras],
  ["necessity", "necessity", strings.plan.necessity],
  ["necessity", "proportionality", strings.plan.proportionality],
  ["necessity", "alternatives", strings.plan.alternatives],
];

const MORE_TEXTS: readonly [Part, Typed, string][] = [
  ["necessity", "single", strings.plan.single],
  ["notice", "notice", strings.plan.noticeText],
];

/** All that a draft lacks and all that is wrong with it, in the order of the parts. */
export function faultsOf(draft: Draft): Fault[] {
  const words = strings.planning;
  const faults: Fault[] = [];
  const addAll = (part: Part, errors: FieldError[], missing: boolean) => {
    for (const { field, text } of errors) if (field !== undefined) faults.push({ part, field, text, missing, holdsUp: "save" });
  };
  const add = (part: Part, field: string, text: string, missing: boolean, holdsUp: Fault["holdsUp"] = "save") => faults.push({ part, field: `plan-${field}`, text, missing, holdsUp });
  for (const [part, field, label] of TEXTS) {
    if (draft[field].trim() === "") add(part, field, strings.plan.missing(label), true);
  }
  for (const [part, field, label] of [...TEXTS, ...MORE_TEXTS]) addAll(part, textErrors([`plan-${field}`, label, draft[field], part === "place" ? NAME : TEXT]), false);
  for (const fault of draft.sketch === undefined ? [] : sketchFaults(draft.sketch)) add("cameras", "sketch", strings.sketch.faults[fault], false);
  if (draft.categories.length === 0) add("list", "categories", strings.plan.categoriesMissing, true);
  const footfall = Number(draft.footfall);
  if (!Number.isInteger(footfall) || footfall < 1) add("times", "footfall", strings.false_alerts.footfallWrong, draft.footfall.trim() === "");
  const [start, end] = [instantOf(draft.starts), instantOf(draft.ends)];
  if (Number.isNaN(start)) addAll("times", momentFaults("plan-starts", strings.plan.starts, draft.starts, words.startMissing), draft.starts === "");
  if (Number.isNaN(end)) addAll("times", momentFaults("plan-ends", strings.plan.ends, draft.ends, words.endMissing), draft.ends === "");
  if (!Number.isNaN(start) && !Number.isNaN(end) && !(end > start && end - start <= MOST_HOURS * HOUR_MS)) add("times", "ends", strings.plan.times, false);
  for (const kind of KINDS) {
    const paper = draft.papers[kind];
    const name = strings.plan.kinds[kind];
    addAll("documents", textErrors([`plan-${kind}-reference`, strings.plan.reference(name), paper.reference, TEXT], [`plan-${kind}-version`, strings.plan.version(name), paper.version, NAME]), false);
    if (begun(paper)) {
      const review = dayOf(paper.review_by);
      const end = dayOf(halves(draft.ends).day);
      if (Object.values(paper).some((part) => part.trim() === "")) add("documents", `${kind}-reference`, strings.plan.documentPart(name), false);
      else if (review === undefined) addAll("documents", dayErrors(`plan-${kind}-review`, strings.plan.reviewBy(name), paper.review_by), false);
      else if (NEEDED.includes(kind) && end !== undefined && review < end) add("documents", `${kind}-review`, words.outOfDate(name), false, "submit");
    } else if (NEEDED.includes(kind)) add("documents", `${kind}-reference`, words.lackingDocument(name), true, "submit");
  }
  const [told, dated] = [draft.notice.trim() !== "", draft.published !== ""];
  if (told !== dated) add("notice", "notice", strings.plan.noticePart, false);
  else if (told) addAll("notice", dayErrors("plan-published", strings.plan.noticeDate, draft.published), false);
  else add("notice", "notice", words.noticeMissing, true, "start");
  return faults.sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
}

export type Standing = { kind: "done" } | { kind: "todo"; holdsUp: Fault["holdsUp"] } | { kind: "fault" };

/** How far each part has come. */
export function standings(draft: Draft): Record<Part, Standing> {
  const faults = faultsOf(draft);
  const standing = (part: Part): Standing => {
    const own = faults.filter((fault) => fault.part === part);
    const first = own.find(({ missing }) => missing);
    if (own.some(({ missing }) => !missing)) return { kind: "fault" };
    if (first === undefined) return { kind: "done" };
    return { kind: "todo", holdsUp: own.some(({ holdsUp }) => holdsUp === "save") ? "save" : first.holdsUp };
  };
  return Object.fromEntries(PARTS.map((part) => [part, standing(part)])) as Record<Part, Standing>;
}

/** What keeps a draft from being saved as a plan; and, if nothing does, what the server is asked to keep. */
export function proposal(draft: Draft): { errors: Fault[]; body: NewOperation } {
  const instant = (typed: string) => {
    const at = instantOf(typed);
    return Number.isNaN(at) ? "" : new Date(at).toISOString();
  };
  const documents = KINDS.filter((kind) => begun(draft.papers[kind]));
  return {
    errors: faultsOf(draft).filter(({ holdsUp }) => holdsUp === "save"),
    body: {
      name: draft.name,
      place: draft.place,
      ends_at: instant(draft.ends),
      target_fpir_one_in: Number(draft.target),
      plan: {
        starts_at: instant(draft.starts),
        purpose: draft.purpose,
        legal_basis: draft.legal,
        use_case: draft.use,
        cameras: lines(draft.cameras),
        categories: draft.categories,
        footfall: Number(draft.footfall),
        necessity: draft.necessity,
        proportionality: draft.proportionality,
        alternatives: draft.alternatives,
        ...(draft.single.trim() === "" ? {} : { single_person: draft.single }),
        ...(draft.sketch === undefined ? {} : { sketch: draft.sketch }),
        documents: documents.map((kind) => ({ kind, ...draft.papers[kind], review_by: dayOf(draft.papers[kind].review_by) ?? "" })),
        notice: draft.notice.trim() === "" ? null : { text: draft.notice, published_on: dayOf(draft.published) ?? "" },
      },
    },
  };
}
