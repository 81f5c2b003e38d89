import { expect, test } from "vitest";
import { Ages, bounded, OLDEST_MS } from "./ages";

const MINUTE = 60_000;
const START = 1_700_000_000_000;

function made() {
  const clocks = { steady: 5_000, wall: START };
  const page = () => new Ages({ steady: () => clocks.steady, wall: () => clocks.wall });
  const pass = (ms: number) => {
    clocks.steady += ms;
    clocks.wall += ms;
  };
  return { clocks, page, pass };
}

test.each([-3 * 60 * MINUTE, 3 * 60 * MINUTE])("R128: a clock that is set by %i ms meanwhile changes no age within a page's life", (set) => {
  const { clocks, page, pass } = made();
  const ages = page();
  const at = ages.note("a");
  pass(MINUTE);
  clocks.wall += set;
  pass(MINUTE);
  expect(ages.of("a", at)).toBe(2 * MINUTE);
});

test("R128: what a page before wrote is aged by the wall clock, and is never of the future or older than what is taken", () => {
  const { clocks, page, pass } = made();
  const at = page().note("a");
  pass(MINUTE);
  // Each page's steady clock begins anew.
  clocks.steady = 10;
  expect(page().of("a", at)).toBe(MINUTE);
  clocks.wall -= 60 * MINUTE;
  expect(page().of("a", at)).toBe(0);
  clocks.wall += 2 * OLDEST_MS;
  expect(page().of("a", at)).toBe(OLDEST_MS);
});

test("R128: an age is whole milliseconds, as it travels", () => {
  expect(bounded(12.6)).toBe(13);
});
