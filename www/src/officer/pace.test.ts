import { expect, test } from "vitest";
import { PART_OF_MS, PaceOf } from "./pace";

const of = (samples: [at: number, seen: number, notAssessable: number][]) => {
  const pace = new PaceOf();
  for (const [at, seen, notAssessable] of samples) pace.add({ at, seen, notAssessable });
  return pace.read();
};

test("no rate is told before it is one", () => {
  expect(of([])).toBeUndefined();
  expect(of([[0, 0, 0], [9_000, 3, 0]])).toBeUndefined();
  expect(of([[0, 0, 0], [30_000, 6, 1]])).toEqual({ perMinute: 12, seen: 6, notAssessable: 1 });
});

test("the pace is that of the last minute, and the part that could not be assessed that of five", () => {
  expect(of([[0, 0, 0], [60_000, 60, 30], [120_000, 65, 31]])).toEqual({ perMinute: 5, seen: 65, notAssessable: 31 });
  expect(of([[0, 0, 0], [1_000, 40, 20], [PART_OF_MS + 500, 50, 22]])?.seen).toBe(10);
});

test("a count that starts anew is no negative pace", () => {
  expect(of([[0, 100, 9], [20_000, 0, 0], [40_000, 4, 0]])).toEqual({ perMinute: 12, seen: 4, notAssessable: 0 });
});
