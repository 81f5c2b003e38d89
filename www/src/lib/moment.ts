/** A local day and a time on a 24-hour clock, as two fields have them, in one text: "2027-01-04T09:30", of which either half may not be typed yet. */
export type Halves = { day: string; time: string };

export function halves(value: string): Halves {
  const [day = "", time = ""] = value.split("T");
  return { day, time };
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

/** In milliseconds since 1970; not a number unless day and time are whole. */
export function instantOf(value: string): number {
  const { day, time } = halves(value);
  const whole = `${day}T${tidied(time)}`;
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(whole) ? new Date(whole).getTime() : Number.NaN;
}
