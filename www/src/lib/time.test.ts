import { expect, test, vi } from "vitest";
import { age, dayAndTime, weekdayShort } from "./time";

vi.mock("../strings", async () => ({ strings: (await import("../strings/cy")).strings }));

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

test("r133_days_and_months_are_in_the_language_of_the_page", () => {
  const friday = new Date(2026, 10, 27, 9, 30);
  expect(weekdayShort(friday.getTime())).toEqual({ weekday: "Gwe", number: "27" });
  expect(dayAndTime(friday.toISOString())).toBe("Gwe 27 Tach, 09:30");
});
