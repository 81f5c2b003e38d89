import { expect, test } from "vitest";
import { grown, overlap, within } from "./box";

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

test("a box grows on each side, and only what lies in the picture is taken", () => {
  expect(grown(box(10, 10, 20, 40), 0.5)).toEqual(box(0, -10, 40, 80));
  expect(within(box(-5.5, 3.2, 20, 20), { width: 12, height: 10 })).toEqual(box(0, 3, 12, 7));
});

test("overlap is that of the areas", () => {
  expect(overlap(box(0, 0, 10, 10), box(0, 0, 10, 10))).toBe(1);
  expect(overlap(box(0, 0, 10, 10), box(5, 0, 10, 10))).toBeCloseTo(1 / 3);
  expect(overlap(box(0, 0, 10, 10), box(10, 0, 10, 10))).toBe(0);
});
