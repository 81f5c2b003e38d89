import { expect, test } from "vitest";
import { age } from "./time";

const at = (taken: string) => age(taken, new Date(2026, 10, 26, 12));

test("the age of a photo is never rounded up", () => {
  expect(at("2026-11-25")).toEqual({ unit: "months", count: 0 });
  expect(at("2026-10-27")).toEqual({ unit: "months", count: 0 });
  expect(at("2026-10-26")).toEqual({ unit: "months", count: 1 });
  expect(at("2024-11-27")).toEqual({ unit: "months", count: 23 });
  expect(at("2024-11-26")).toEqual({ unit: "years", count: 2 });
  expect(at("2006-11-27")).toEqual({ unit: "years", count: 19 });
});

test("a photo dated in the future is of this month", () => {
  expect(at("2027-01-01")).toEqual({ unit: "months", count: 0 });
});
