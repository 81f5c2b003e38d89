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

/** "9.30", "930" and "9:30" are 09:30, as people type it; what is no time of a 24-hour clock stays as it is. */
export function tidied(time: string): string {
  const [, hours, minutes] = /^\s*(\d{1,2})\s*[:.]?\s*(\d{2})\s*$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return time;
  return `${hours.padStart(2, "0")}:${minutes}`;
}

export function isTime(time: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(tidied(time));
}

/** In milliseconds since 1970; not a number unless day and time are whole. */
export function instantOf(value: string): number {
  const { day, time } = halves(value);
  const whole = dayOf(day);
  return whole === undefined || !isTime(time) ? Number.NaN : new Date(`${whole}T${tidied(time)}`).getTime();
}
