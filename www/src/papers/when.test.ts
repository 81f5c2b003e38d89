import { expect, test } from "vitest";
import { papers } from "../strings/papers";
import { dayOf, duration, instant, period } from "./when";

test("a deployment within a day names the day once, in each language", () => {
  const [start, end] = ["2027-07-01T12:00:00Z", "2027-07-01T14:30:00Z"];
  expect(period(start, end, papers.en)).toBe("Thursday 1 July 2027, 13:00 to 15:30");
  expect(period(start, end, papers.cy)).toBe("Dydd Iau 1 Gorffennaf 2027, 13:00 tan 15:30");
  expect(duration(start, end, papers.en)).toBe("2 hours 30 minutes");
  expect(duration(start, end, papers.cy)).toBe("2 awr 30 munud");
  expect(duration(start, "2027-07-01T13:01:00Z", papers.en)).toBe("1 hour 1 minute");
});

test("one over midnight names both days", () => {
  expect(period("2027-12-31T22:00:00Z", "2028-01-01T02:00:00Z", papers.en)).toBe("From Friday 31 December 2027, 22:00 to Saturday 1 January 2028, 02:00");
});

test("across the change of the clocks the times are the place's, and the duration is what passes", () => {
  // 2027-03-28 01:00 UTC: the clocks go from 01:00 to 02:00.
  expect(period("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", papers.en)).toBe("Sunday 28 March 2027, 00:30 to 02:30");
  expect(duration("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", papers.en)).toBe("1 hour");
  // 2027-10-31 01:00 UTC: the clocks go from 02:00 back to 01:00.
  expect(period("2027-10-31T00:30:00Z", "2027-10-31T02:30:00Z", papers.en)).toBe("Sunday 31 October 2027, 01:30 to 02:30");
  expect(duration("2027-10-31T00:30:00Z", "2027-10-31T02:30:00Z", papers.en)).toBe("2 hours");
  expect(instant("2027-10-31T00:30:00Z")).toContain("BST");
  expect(instant("2027-10-31T01:30:00Z")).toContain("GMT");
});

test("a calendar day is that day in every zone", () => {
  expect(dayOf("2027-03-28", papers.en)).toBe("28 March 2027");
  expect(dayOf("2027-03-28", papers.cy)).toBe("28 Mawrth 2027");
});
