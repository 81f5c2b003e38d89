import { DAY_PARTS, dayFault, type DayPart } from "../../lib/day";
import { halves, timeFault } from "../../lib/moment";
import { strings } from "../../strings";
import type { FieldError } from "../error-summary/error-summary";

/** What is wrong with a day. `missing`: what is said where nothing was typed, if a day is needed. */
export function dayErrors(id: string, label: string, value: string, missing?: string): FieldError[] {
  const words = strings.field;
  const fault = dayFault(value);
  if (value === "") return missing === undefined ? [] : [{ field: id, text: missing }];
  switch (fault?.kind) {
    case undefined:
      return [];
    case "lacking": {
      const which = fault.parts.join(" ") as keyof typeof words.lacking;
      return [{ field: fault.parts.length === DAY_PARTS.length ? id : `${id}-${fault.parts[0]}`, text: words.about(label, words.lacking[which]) }];
    }
    case "wrong":
      return [{ field: `${id}-${fault.part}`, text: words.about(label, words.wrong[fault.part]) }];
    case "short_month":
      return [{ field: `${id}-day`, text: words.about(label, words.shortMonth(strings.dates.months[fault.month - 1] ?? "", fault.year, fault.days)) }];
  }
}

/** What is wrong with a time that was typed, or is to be. */
export function timeErrors(field: string, label: string, time: string): FieldError[] {
  const fault = timeFault(time);
  return fault === undefined ? [] : [{ field, text: strings.field.about(label, strings.field.timeFaults[fault](time.trim())) }];
}

/** What is wrong with a day and a time. */
export function momentFaults(id: string, label: string, value: string, missing: string): FieldError[] {
  const { day, time } = halves(value);
  if (day === "" && time.trim() === "") return [{ field: id, text: missing }];
  return [...dayErrors(id, label, day, strings.field.about(label, strings.field.lacking["day month year"])), ...timeErrors(`${id}-time`, label, time)];
}

/** Those of one question, of all that a form told. */
export function momentErrors(errors: FieldError[], id: string): FieldError[] {
  return errors.filter(({ field }) => field === id || [...DAY_PARTS, "time"].some((part) => field === `${id}-${part}`));
}

/** The parts that errors are about: one of the whole question is about all. */
export function dayMarks(own: FieldError[], id: string): DayPart[] {
  return DAY_PARTS.filter((part) => own.some(({ field }) => field === id || field === `${id}-${part}`));
}

export function said(own: FieldError[]): string | undefined {
  return own.length === 0 ? undefined : own.map(({ text }) => text).join(". ");
}
