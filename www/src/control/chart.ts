/** A part of a chart, in units of the drawing: the origin is its top left corner. */
export type Bar = { x: number; y: number; width: number; height: number };

/** Bars of equal width, the last at the right edge, none higher than the drawing. */
export function bars(values: number[], most: number, width: number, height: number): Bar[] {
  const step = width / Math.max(1, values.length);
  return values.map((value, at) => {
    const tall = most === 0 ? 0 : (Math.min(value, most) / most) * height;
    return { x: at * step, y: height - tall, width: step, height: tall };
  });
}

/** The least of 1, 2 and 5 times a power of ten that no value exceeds, so that an axis ends in a number that is easily read. */
export function roundedUp(most: number): number {
  if (most <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((times) => times * power).find((end) => end >= most) ?? most;
}

/** Where a rate stands between two others on a logarithmic scale, 0 to 1; beyond an end it stands at that end. */
export function logarithmic(rate: number, least: number, most: number): number {
  if (rate <= least) return 0;
  return Math.min(1, Math.log(rate / least) / Math.log(most / least));
}

/** A rate as people say it, rounded to two digits; nothing for none. */
export function oneIn(rate: number): number | undefined {
  return rate > 0 ? Number((1 / rate).toPrecision(2)) : undefined;
}

/** Where stretches of true values begin, and where each has ended. */
export function spans(values: readonly boolean[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  values.forEach((value, at) => {
    const last = found.at(-1);
    if (!value) return;
    if (last?.to === at) last.to = at + 1;
    else found.push({ from: at, to: at + 1 });
  });
  return found;
}
