import { expect, test } from "vitest";
import { dayFault, dayJoined, dayOf, dayParts, pastedDay } from "./day";

test("a day is its three parts, however short they are typed", () => {
  expect(dayOf("2027-1-4")).toBe("2027-01-04");
  expect(dayOf(dayJoined({ day: " 4 ", month: "01", year: "2027" }))).toBe("2027-01-04");
  expect(dayOf("2028-02-29")).toBe("2028-02-29");
  for (const none of ["", "2027-01-", "-1-4", "27-1-4", "2027-13-1", "2027-1-32", "2027-0-1", "0202-1-1", "1e3-1-1", "4 May 2027"]) expect(dayOf(none)).toBeUndefined();
});

test("what is half typed is kept as it was typed", () => {
  for (const parts of [{ day: "4", month: "", year: "" }, { day: "", month: "13", year: "" }, { day: "4-5", month: "x", year: "20" }]) expect(dayParts(dayJoined(parts))).toEqual(parts);
  expect(dayJoined({ day: "", month: "", year: "" })).toBe("");
  // As a list has it.
  expect(dayParts("4 May 2027")).toEqual({ day: "4 May 2027", month: "", year: "" });
  // A time may follow.
  expect(dayJoined({ day: "Tue", month: "", year: "" })).not.toContain("T");
});

test("a day that is pasted whole has three parts, and one that is being typed has not", () => {
  const whole = { day: "27", month: "11", year: "2026" };
  expect(["27/11/2026", " 27.11.2026", "27-11-2026", "27 11 2026", "2026-11-27 "].map(pastedDay)).toEqual([whole, whole, whole, whole, whole]);
  expect(["27", "27/11", "27/11/20", "2026-11-2", "2026", "11/27"].map(pastedDay)).toEqual(Array.from({ length: 6 }, () => undefined));
});

test("a fault names the part that is wrong", () => {
  expect(dayFault("")).toEqual({ kind: "lacking", parts: ["day", "month", "year"] });
  expect(dayFault("2027--4")).toEqual({ kind: "lacking", parts: ["month"] });
  expect(dayFault("2027-13-4")).toEqual({ kind: "wrong", part: "month" });
  // What is wrong comes before what is still to come.
  expect(dayFault("--32")).toEqual({ kind: "wrong", part: "day" });
  expect(dayFault("27-1-4")).toEqual({ kind: "wrong", part: "year" });
  expect(dayFault("2027-2-29")).toEqual({ kind: "short_month", month: 2, year: 2027, days: 28 });
  expect(dayFault("2027-02-28")).toBeUndefined();
});
