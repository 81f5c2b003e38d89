import type { Particulars, PolicyCategory, Response } from "../../api/types";
import type { FieldError } from "../../components/error-summary/error-summary";
import { dayErrors } from "../../components/field/day-errors";
import { NAME, TEXT, textErrors, type Limit } from "../../components/field/text-errors";
import { dayJoined, dayOf, pastedDay } from "../../lib/day";
import { localInput } from "../../lib/time";
import { strings } from "../../strings";
import type { Column } from "./table";

/** What says why a person is on a list: a row's columns without name and photographs. */
export type Particular = Exclude<Column, "name" | "photos">;
/** As typed. */
export type ParticularsDraft = Record<Particular, string>;

export const PARTICULARS: readonly Particular[] = [
  "nominal_id",
  "category",
  "response",
  "reason",
  "lawful_basis",
  "legal_status",
  "source_system",
  "reviewer",
  "image_source",
  "image_taken_on",
  "born_on",
  "possible_minor",
  "vulnerability",
  "sensitive_source",
];

export const CHOSEN: readonly Particular[] = ["category", "response", "possible_minor", "sensitive_source"];
export const DATES: readonly Particular[] = ["image_taken_on", "born_on"];
export const LONG: readonly Particular[] = ["reason", "vulnerability"];
/** One line, but as long as it needs. */
const TEXTS: readonly Column[] = ["lawful_basis", "legal_status", "photos"];
const OPTIONAL: readonly Particular[] = ["born_on", "vulnerability"];

export function limitOf(column: Column): Limit {
  return ([...LONG, ...TEXTS] as readonly Column[]).includes(column) ? TEXT : NAME;
}

export const EMPTY = Object.fromEntries(PARTICULARS.map((column) => [column, ""])) as ParticularsDraft;

const RESPONSES: readonly string[] = ["red", "amber", "green"] satisfies Response[];

function isResponse(value: string): value is Response {
  return RESPONSES.includes(value);
}

/** A value in place, and with a category the response that is usual for it, unless another was chosen. */
export function withValue(draft: ParticularsDraft, column: Particular, value: string, categories: readonly PolicyCategory[]): ParticularsDraft {
  const next = { ...draft, [column]: value };
  if (column !== "category") return next;
  const usual = (name: string) => categories.find((category) => category.name === name)?.response ?? "";
  return draft.response === "" || draft.response === usual(draft.category) ? { ...next, response: usual(value) } : next;
}

/** What two people of one list have in common, for the next one. */
export function forTheNext({ category, response, lawful_basis, source_system, reviewer }: ParticularsDraft): ParticularsDraft {
  return { ...EMPTY, category, response, lawful_basis, source_system, reviewer };
}

/** Years. Nobody is older, and no photograph. */
const OLDEST = 120;

/** Days that no person and no picture can have, as the server finds them too: see server/src/domain/roster.rs. */
function impossibleDays(draft: ParticularsDraft, prefix: string, now: Date): FieldError[] {
  const faults = strings.roster.faults;
  const [born, taken] = [dayOf(draft.born_on), dayOf(draft.image_taken_on)];
  const wrong = (column: (typeof DATES)[number], day: string | undefined, tooOld: string): FieldError[] => {
    if (day === undefined) return [];
    const text = day > localInput(now).slice(0, 10) ? faults.day_ahead : yearsBetween(day, now) > OLDEST ? tooOld : undefined;
    return text === undefined ? [] : [{ field: `${prefix}-${column}`, text: strings.field.about(strings.particulars.columns[column], text) }];
  };
  const found = [...wrong("image_taken_on", taken, faults.image_too_old), ...wrong("born_on", born, faults.person_too_old)];
  if (found.length > 0 || born === undefined || taken === undefined || taken >= born) return found;
  return [{ field: `${prefix}-image_taken_on`, text: strings.field.about(strings.particulars.columns.image_taken_on, faults.image_before_birth) }];
}

/** What is missing, field by field; and, if nothing is, what goes to the server. */
export function particularsOf(draft: ParticularsDraft, prefix: string, now = new Date()): { errors: FieldError[]; particulars: Particulars | undefined } {
  const words = strings.particulars;
  const errors: FieldError[] = PARTICULARS.filter((column) => !OPTIONAL.includes(column) && draft[column].trim() === "").map((column) => ({
    field: `${prefix}-${column}`,
    text: (CHOSEN.includes(column) ? words.chooseMissing : words.missing)(words.columns[column]),
  }));
  for (const column of PARTICULARS) errors.push(...textErrors([`${prefix}-${column}`, words.columns[column], draft[column], limitOf(column)]));
  for (const column of DATES) errors.push(...dayErrors(`${prefix}-${column}`, words.columns[column], draft[column].trim()));
  errors.push(...impossibleDays(draft, prefix, now));
  const text = (column: Particular) => draft[column].trim();
  const { response } = draft;
  if (errors.length > 0 || !isResponse(response)) return { errors, particulars: undefined };
  return {
    errors,
    particulars: {
      nominal_id: text("nominal_id"),
      category: draft.category,
      response,
      lawful_basis: text("lawful_basis"),
      legal_status: text("legal_status"),
      source_system: text("source_system"),
      reason: text("reason"),
      reviewer: text("reviewer"),
      image_source: text("image_source"),
      image_taken_on: dayOf(draft.image_taken_on) ?? "",
      born_on: dayOf(draft.born_on) ?? null,
      possible_minor: draft.possible_minor === "yes",
      vulnerability: text("vulnerability") === "" ? null : text("vulnerability"),
      sensitive_source: draft.sensitive_source === "yes",
    },
  };
}

/** A cell of a list as a field shows it: the server reads dates and yes and no in several ways. */
export function asTyped(column: Column, cell: string): string {
  const has = (columns: readonly Particular[]) => (columns as readonly Column[]).includes(column);
  if (has(DATES)) {
    const parts = pastedDay(cell);
    const typed = parts === undefined ? cell : dayJoined(parts);
    return dayOf(typed) ?? typed;
  }
  if (column === "possible_minor" || column === "sensitive_source") {
    const said = cell.toLowerCase();
    if (["yes", "y", "true", "1"].includes(said)) return "yes";
    if (["no", "n", "false", "0"].includes(said)) return "no";
    // Whether somebody may be under 18 is answered by a person, never by an empty cell.
    return said === "" && column === "sensitive_source" ? "no" : "";
  }
  return cell;
}

/** Whole years from a day to another; never less than none. */
export function yearsBetween(from: string, to: Date): number {
  const then = new Date(`${from}T00:00:00Z`);
  const years = to.getUTCFullYear() - then.getUTCFullYear();
  const before = to.getUTCMonth() < then.getUTCMonth() || (to.getUTCMonth() === then.getUTCMonth() && to.getUTCDate() < then.getUTCDate());
  return Math.max(0, before ? years - 1 : years);
}
