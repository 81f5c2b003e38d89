const MOST = 100_000_000;

/** A whole number of people as typed, or nothing where it is none. */
export function wholePeople(text: string): number | undefined {
  const digits = text.replaceAll(/[\s,.']/g, "");
  if (!/^\d{1,9}$/.test(digits)) return undefined;
  const count = Number(digits);
  return count > 0 && count <= MOST ? count : undefined;
}

/** Among so many people who are not on the watchlist, rounded up to what can be said honestly. */
export function expectedFalseAlerts(people: number, oneIn: number): number {
  const expected = people / oneIn;
  return expected < 1 ? Math.ceil(expected * 100) / 100 : Math.ceil(expected * 10) / 10;
}
