/** A day as three fields have it, each as it was typed. */
export type DayParts = { day: string; month: string; year: string };
export type DayPart = keyof DayParts;
export const DAY_PARTS = ["day", "month", "year"] as const satisfies DayPart[];

/** Earlier years are slips of the finger: nobody who is looked for was born then. */
const FIRST_YEAR = 1900;

/** What keeps parts from being a day. */
export type DayFault =
  /** `parts` are empty; all three where nothing was typed. */
  | { kind: "lacking"; parts: DayPart[] }
  /** It is no number that such a part can be. */
  | { kind: "wrong"; part: DayPart }
  /** That month has only so many days. */
  | { kind: "short_month"; month: number; year: number; days: number };

/** The parts of a text that `dayJoined` made. A text of another kind, as a list may have it, stands in the first. */
export function dayParts(value: string): DayParts {
  const [, year, month, day] = /^([^-]*)-([^-]*)-(.*)$/s.exec(value) ?? [];
  return year === undefined || month === undefined || day === undefined ? { day: value, month: "", year: "" } : { day, month, year };
}

/** In one text, in the order of ISO 8601, of which a part may not be typed yet. */
export function dayJoined({ day, month, year }: DayParts): string {
  const plain = (part: string) => part.replaceAll(/[-T]/g, "");
  // A "T" ends the day where a time follows.
  return day === "" && month === "" && year === "" ? "" : `${plain(year)}-${plain(month)}-${day.replaceAll("T", "t")}`;
}

/** A whole day, as it is pasted from elsewhere: "27/11/2026", "27.11.2026" and "2026-11-27". */
export function pastedDay(text: string): DayParts | undefined {
  const [, day, month, year] = /^\s*(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{4})\s*$/.exec(text) ?? [];
  if (day !== undefined && month !== undefined && year !== undefined) return { day, month, year };
  const [, isoYear, isoMonth, isoDay] = /^\s*(\d{4})[/.-](\d{2})[/.-](\d{2})\s*$/.exec(text) ?? [];
  return isoDay === undefined || isoMonth === undefined || isoYear === undefined ? undefined : { day: isoDay, month: isoMonth, year: isoYear };
}

function number(part: string, digits: RegExp): number {
  const text = part.trim();
  return digits.test(text) ? Number(text) : Number.NaN;
}

function numbers({ day, month, year }: DayParts): Record<DayPart, number> {
  return { day: number(day, /^\d{1,2}$/), month: number(month, /^\d{1,2}$/), year: number(year, /^\d{4}$/) };
}

export function dayFault(value: string): DayFault | undefined {
  const parts = dayParts(value);
  const lacking = DAY_PARTS.filter((part) => parts[part].trim() === "");
  const { day, month, year } = numbers(parts);
  const wrong = (part: DayPart, holds: boolean): DayPart[] => (holds || lacking.includes(part) ? [] : [part]);
  const [first] = [...wrong("day", day >= 1 && day <= 31), ...wrong("month", month >= 1 && month <= 12), ...wrong("year", year >= FIRST_YEAR)];
  if (first !== undefined) return { kind: "wrong", part: first };
  if (lacking.length > 0) return { kind: "lacking", parts: lacking };
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > days ? { kind: "short_month", month, year, days } : undefined;
}

/** As the server reads it, "2027-01-04"; nothing where it is no day. */
export function dayOf(value: string): string | undefined {
  if (dayFault(value) !== undefined) return undefined;
  const { day, month, year } = numbers(dayParts(value));
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
