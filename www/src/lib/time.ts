import { strings } from "../strings";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const moment = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** Hours, minutes and seconds, for what happened just now. */
export function clockTime(instant: string): string {
  return clock.format(new Date(instant));
}

export function dayAndTime(instant: string): string {
  return inWords(moment, instant, strings.dates.monthsShort);
}

/** Days and months in the page's words, as no browser need know Welsh ones; the order of the parts is the same in both languages. */
function inWords(format: Intl.DateTimeFormat, instant: string, months: readonly string[]): string {
  const at = new Date(instant);
  return format
    .formatToParts(at)
    .map(({ type, value }) => {
      if (type === "weekday") return strings.dates.days[at.getDay()] ?? value;
      // Some browsers put a word between day and time.
      if (type === "literal") return value.replace(" at ", ", ");
      return type === "month" ? (months[at.getMonth()] ?? value) : value;
    })
    .join("");
}

const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
export function day(instant: string): string {
  return inWords(date, instant, strings.dates.months);
}

/** Local time to the minute, as a day and a time are typed. */
export function localInput(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** How long ago a day was, in whole months under two years and in whole years from then on. */
export function age(taken: string, now: Date): { unit: "months" | "years"; count: number } {
  // Without a time of day it would be midnight in Greenwich, and the day before further west.
  const then = new Date(`${taken}T00:00`);
  const before = now.getDate() < then.getDate() ? 1 : 0;
  const months = Math.max(0, (now.getFullYear() - then.getFullYear()) * 12 + now.getMonth() - then.getMonth() - before);
  return months < 24 ? { unit: "months", count: months } : { unit: "years", count: Math.floor(months / 12) };
}

const minute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
/** Hours and minutes, for what is of today. */
export function shortTime(instant: string): string {
  return minute.format(new Date(instant));
}

const dated = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
/** With the year, for what is looked up long after. */
export function dateAndTime(instant: string): string {
  return inWords(dated, instant, strings.dates.months);
}

/** A day on an axis. */
export function weekdayShort(midnight: number): { weekday: string; number: string } {
  const at = new Date(midnight);
  return { weekday: strings.dates.days[at.getDay()] ?? "", number: String(at.getDate()) };
}
