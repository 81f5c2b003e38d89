import { expect, test } from "vitest";
import { halves, instantOf, isTime, joined, tidied } from "./moment";

test("a time is read on a 24-hour clock, however people type it", () => {
  expect(["9:30", "09.30", "930", "0930", " 21:05 ", "00:00"].map(tidied)).toEqual(["09:30", "09:30", "09:30", "09:30", "21:05", "00:00"]);
  const none = ["", "9", "24:00", "9:60", "9:30 pm", "half past nine"];
  expect(none.map(tidied)).toEqual(none);
  expect(none.filter(isTime)).toEqual([]);
  expect(isTime("9.30")).toBe(true);
});

test("what is half typed is kept, and is no instant", () => {
  for (const value of ["", "2027-01-04T", "T09:30", "2027-01-04T9:3", "2027-1-T09:30 GMT"]) {
    expect(joined(halves(value))).toBe(value);
    expect(instantOf(value)).toBeNaN();
  }
  expect(instantOf("2027-01-04T9.30")).toBe(new Date(2027, 0, 4, 9, 30).getTime());
  expect(instantOf("2027-1-4T0930")).toBe(new Date(2027, 0, 4, 9, 30).getTime());
  for (const none of ["2027-01-04T9:30 pm", "2027-01-04T25:61", "2027-02-30T09:30"]) expect(instantOf(none)).toBeNaN();
});
