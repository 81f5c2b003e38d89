import { dayOf } from "./day";

/** A local day and a time on a 24-hour clock, as two fields have them, in one text: "2027-01-04T09:30", of which either half may not be typed yet. */
export type Halves = { day: string; time: string };

export function halves(value: string): Halves {
  const at = value.indexOf("T");
  return at < 0 ? { day: value, time: "" } : { day: value.slice(0, at), time: value.slice(at + 1) };
}

export function joined({ day, time }: Halves): string {
  return day === "" && time === "" ? "" : `${day}T${time}`;
}

/** What keeps a text from being a time. */
export type TimeFault =
  | "missing"
  | "wrong"
  /** Of twelve o'clock not everybody says the same half of the day. */
  | "noon_or_midnight"
  /** A half of the day stands beside an hour that it doesn't have. */
  | "two_clocks"
  /** One digit of minutes may be the first or the second of two. */
  | "one_digit";

/** Halves of the day, in English and in Welsh (y bore; y prynhawn, yr hwyr): hours are added for them. */
const HALVES: Readonly<Record<string, number>> = { am: 0, yb: 0, ybore: 0, pm: 12, yp: 12, yh: 12, yprynhawn: 12, yrhwyr: 12 };

/** On a 24-hour clock, of what people type: "9", "9.30", "930", "9:30" or "9 pm". */
function read(text: string): { time: string } | { fault: TimeFault } {
  const typed = text.trim().toLowerCase();
  if (typed === "") return { fault: "missing" };
  const [, hours, parted, joint, half] = /^(\d{1,2})(?:\s*[:.]\s*(\d{1,2})|\s*(\d{2}))?\s*([a-z][a-z.\s]*)?$/.exec(typed) ?? [];
  const added = half === undefined ? undefined : HALVES[half.replaceAll(/[.\s]/g, "")];
  if (hours === undefined || (half !== undefined && added === undefined)) return { fault: "wrong" };
  if (parted?.length === 1) return { fault: "one_digit" };
  const minutes = parted ?? joint ?? "00";
  let hour = Number(hours);
  if (hour > 23 || Number(minutes) > 59) return { fault: "wrong" };
  if (added !== undefined) {
    if (hour === 0 || hour > 12) return { fault: "two_clocks" };
    if (hour === 12 && Number(minutes) === 0) return { fault: "noon_or_midnight" };
    hour = (hour % 12) + added;
  }
  return { time: `${String(hour).padStart(2, "0")}:${minutes}` };
}

/** As a 24-hour clock shows it; what is no time stays as it was typed. */
export function tidied(text: string): string {
  const found = read(text);
  return "time" in found ? found.time : text;
}

export function timeFault(text: string): TimeFault | undefined {
  const found = read(text);
  return "fault" in found ? found.fault : undefined;
}

/** In milliseconds since 1970; not a number unless day and time are whole. */
export function instantOf(value: string): number {
  const { day, time } = halves(value);
  const whole = dayOf(day);
  return whole === undefined || timeFault(time) !== undefined ? Number.NaN : new Date(`${whole}T${tidied(time)}`).getTime();
}
