import { expect, test } from "vitest";
import { bars, logarithmic, oneIn, roundedUp, spans } from "./chart";

test("bars stand on the ground, fill the width and never leave the drawing", () => {
  const drawn = bars([0, 5, 10, 20], 10, 40, 100);
  expect(drawn.map(({ x }) => x)).toEqual([0, 10, 20, 30]);
  expect(drawn.map(({ height }) => height)).toEqual([0, 50, 100, 100]);
  for (const { y, height } of drawn) expect(y + height).toBe(100);
  expect(bars([0, 0], 0, 10, 10).every(({ height }) => height === 0)).toBe(true);
});

test("an axis ends in a number that is easily read and that no value exceeds", () => {
  for (const [most, end] of [[0, 1], [1, 1], [3, 5], [5, 5], [7, 10], [11, 20], [21, 50], [180, 200], [501, 1000]] as const) expect(roundedUp(most), String(most)).toBe(end);
});

test("on a logarithmic scale each power of ten takes as much, and what lies beyond stands at the end", () => {
  expect(logarithmic(1e-4, 1e-5, 1e-1)).toBeCloseTo(0.25);
  expect(logarithmic(1e-3, 1e-5, 1e-1)).toBeCloseTo(0.5);
  expect(logarithmic(0, 1e-5, 1e-1)).toBe(0);
  expect(logarithmic(1, 1e-5, 1e-1)).toBe(1);
});

test("a rate of none is one in nothing", () => {
  expect(oneIn(0)).toBeUndefined();
  expect(oneIn(0.001)).toBe(1_000);
  expect(oneIn(0.000399)).toBe(2_500);
});

test("stretches are told by where they begin and end", () => {
  expect(spans([true, true, false, true])).toEqual([
    { from: 0, to: 2 },
    { from: 3, to: 4 },
  ]);
  expect(spans([false, false])).toEqual([]);
});
