import { expect, test } from "vitest";
import { expectedFalseAlerts, wholePeople } from "./footfall";

test("people are counted as people type numbers", () => {
  expect(["1000", "1,000", " 12 000 ", "1.000"].map(wholePeople)).toEqual([1000, 1000, 12000, 1000]);
  expect(["", "0", "-5", "many", "1e9", "9999999999"].map(wholePeople)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
});

test("expected false alerts are never rounded down", () => {
  expect(expectedFalseAlerts(1_000, 6_000)).toBe(0.17);
  expect(expectedFalseAlerts(6_000, 6_000)).toBe(1);
  expect(expectedFalseAlerts(60_001, 6_000)).toBe(10.1);
});
