/** One false alert in so many faces; the first is the loosest that is allowed. */
export const TARGETS = [1_000, 6_000, 20_000, 100_000];
export const USUAL_TARGET = 6_000;
