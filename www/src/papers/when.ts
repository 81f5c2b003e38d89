import { strings } from "../strings";
import type { PublicWords } from "../strings/papers";

const MINUTE_MS = 60_000;

/** Papers for the public say the time of the place: the product is for the United Kingdom, whatever the browser is set to. */
export const ZONE = "Europe/London";

/** Day and month by number, in the time of the place. */
const numbers = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function dayWords(year: number, month: number, day: number, words: PublicWords): string {
  return `${day} ${words.months[month - 1] ?? ""} ${year}`;
}

function read(at: Date, words: PublicWords): { day: string; clock: string } {
  const parts = new Map(numbers.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year = 0, month = 1, day = 1] = (["year", "month", "day"] as const).map((part) => Number(parts.get(part)));
  const weekday = words.days[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? "";
  return { day: `${weekday} ${dayWords(year, month, day, words)}`, clock: `${parts.get("hour")}:${parts.get("minute")}` };
}

/** When a deployment is: from its planned start, where it has one, to its end. */
export function period(start: string | undefined, end: string, words: PublicWords): string {
  const to = read(new Date(end), words);
  const whole = ({ day, clock }: typeof to) => `${day}, ${clock}`;
  if (start === undefined) return words.until(whole(to));
  const from = read(new Date(start), words);
  return from.day === to.day ? words.between(from.day, from.clock, to.clock) : words.betweenDays(whole(from), whole(to));
}

/** How long it lasts, to the minute: also across a change of the clocks. */
export function duration(start: string, end: string, words: PublicWords): string {
  const minutes = Math.round((Date.parse(end) - Date.parse(start)) / MINUTE_MS);
  return words.lasts(Math.floor(minutes / 60), minutes % 60);
}

/** A calendar day, such as the day on which a notice was published. */
export function dayOf(date: string, words: PublicWords): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return dayWords(year, month, day, words);
}

const monthNumber = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, month: "numeric" });

/** An instant on a paper for the file, in the page's words: day and time, with the zone that it is said in. */
export function instant(at: string): string {
  const date = new Date(at);
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZoneName: "short" });
  const month = strings.dates.months[Number(monthNumber.format(date)) - 1];
  return format
    .formatToParts(date)
    .map(({ type, value }) => (type === "month" ? (month ?? value) : value))
    .join("");
}
