import type { CheckKind, Contact, Disposal, LawfulBasis, NewEngagement, NotEngaged, Outcome } from "../api/types";
import { tidied, timeFault } from "../lib/moment";

/** Answers as they are tapped. Nothing is answered beforehand but when it began, which is a guess to be put right. */
export type Draft = {
  outcome?: Outcome["kind"];
  reason?: NotEngaged;
  /** Hours and minutes on this device's clock. */
  began: string;
  minutes?: number;
  explanation?: boolean;
  leaflet?: boolean;
  force?: boolean;
  complaint?: boolean;
  disposal?: Disposal;
  others: string;
  note: string;
};

/** Answers about a check of identity, as they are tapped. */
export type CheckDraft = { form: "check"; kind?: CheckKind; basis?: LawfulBasis };

/** What is half written of one match: one form at a time. */
export type HalfWritten = Draft | CheckDraft;

export function isCheck(draft: HalfWritten): draft is CheckDraft {
  return "form" in draft;
}

/** Without the names and the note, which the end of the deployment deletes. */
export function bare<Of extends HalfWritten>(draft: Of): Of {
  return isCheck(draft) ? draft : { ...draft, others: "", note: "" };
}

/** Whether something was typed that the end of the deployment deletes. */
export function hasTexts(draft: HalfWritten): boolean {
  return !isCheck(draft) && (draft.others.trim() !== "" || draft.note.trim() !== "");
}

export type Question = Exclude<keyof Draft, "others" | "note">;

/** Times an officer may pick from, in minutes; the last says so much or more. */
export const MINUTES = [1, 2, 5, 10, 20, 30, 60];
/** How many more officers the server records. */
export const MOST_OTHERS = 4;

/** What may be recorded: before a second person has confirmed, only that nobody was spoken to. */
export function outcomesFor(mayEngage: boolean): Outcome["kind"][] {
  return mayEngage ? ["engaged_true", "engaged_false", "not_engaged", "lost"] : ["not_engaged", "lost"];
}

/** What is asked, in the order of the screen; it follows from what came of it. */
export function questions({ outcome }: Draft): Question[] {
  if (outcome === undefined) return ["outcome"];
  switch (outcome) {
    case "lost":
      return ["outcome"];
    case "not_engaged":
      return ["outcome", "reason"];
    case "engaged_true":
    case "engaged_false":
      return ["outcome", "began", "minutes", "explanation", "leaflet", "force", "complaint", "disposal"];
  }
}

export function missing(draft: Draft): Question[] {
  return questions(draft).filter((question) => (question === "began" ? timeFault(draft.began) !== undefined : draft[question] === undefined));
}

/** The last moment at which this device's clock showed that time: an engagement may have begun before midnight. */
export function momentOf(clock: string, now: Date): Date | undefined {
  if (timeFault(clock) !== undefined) return undefined;
  const [hours, minutes] = tidied(clock).split(":").map(Number);
  const moment = new Date(now);
  moment.setHours(hours ?? 0, minutes ?? 0, 0, 0);
  if (moment > now) moment.setDate(moment.getDate() - 1);
  return moment;
}

export function clockOf(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}

/** Names as they are typed in one line. */
function people(others: string): string[] {
  const names = others.split(/[,;\n]/).map((name) => name.trim());
  return names.filter((name, index) => name !== "" && names.indexOf(name) === index).slice(0, MOST_OTHERS);
}

function contact(draft: Draft, now: Date): Contact | undefined {
  const { minutes, explanation, leaflet, force, complaint, disposal } = draft;
  const began = momentOf(draft.began, now);
  if (began === undefined || minutes === undefined || disposal === undefined) return undefined;
  if (explanation === undefined || leaflet === undefined || force === undefined || complaint === undefined) return undefined;
  return { started_at: began.toISOString(), minutes, explanation_given: explanation, leaflet_given: leaflet, force_used: force, complaint, disposal };
}

function outcome(draft: Draft, now: Date): Outcome | undefined {
  switch (draft.outcome) {
    case undefined:
      return undefined;
    case "lost":
      return { kind: "lost" };
    case "not_engaged":
      return draft.reason === undefined ? undefined : { kind: "not_engaged", reason: draft.reason };
    case "engaged_true":
    case "engaged_false": {
      const how = contact(draft, now);
      return how === undefined ? undefined : { kind: draft.outcome, contact: how };
    }
  }
}

/** What is recorded, once nothing is missing. Answers to questions that are asked no more do not go with it. */
export function recorded(draft: Draft, now: Date): Omit<NewEngagement, "delivery"> | undefined {
  const what = outcome(draft, now);
  if (what === undefined) return undefined;
  const note = draft.note.trim();
  const officers = people(draft.others);
  return { outcome: what, ...(officers.length === 0 ? {} : { officers }), ...(note === "" ? {} : { note }) };
}

/** The answers that were recorded, to be put right. */
export function draftOf({ outcome, officers, note }: { outcome: Outcome; officers: string[]; note?: string | null }): Draft {
  const typed = { others: officers.join(", "), note: note ?? "" };
  switch (outcome.kind) {
    case "lost":
      return { outcome: "lost", began: "", ...typed };
    case "not_engaged":
      return { outcome: "not_engaged", reason: outcome.reason, began: "", ...typed };
    case "engaged_true":
    case "engaged_false": {
      const { started_at, minutes, explanation_given, leaflet_given, force_used, complaint, disposal } = outcome.contact;
      return {
        outcome: outcome.kind,
        began: clockOf(new Date(started_at)),
        minutes,
        explanation: explanation_given,
        leaflet: leaflet_given,
        force: force_used,
        complaint,
        disposal,
        ...typed,
      };
    }
  }
}
