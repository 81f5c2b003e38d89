import { expect, test } from "vitest";
import { halves, instantOf, joined, tidied, timeFault } from "./moment";

test("a time is read on a 24-hour clock, however people type it", () => {
  expect(["9:30", "09.30", "930", "0930", " 21:05 ", "00:00"].map(tidied)).toEqual(["09:30", "09:30", "09:30", "09:30", "21:05", "00:00"]);
  expect(["9", "14", "0", "9 pm", "9am", "9.30 PM", "930pm", "12.30 a.m.", "12:30 p.m."].map(tidied)).toEqual(["09:00", "14:00", "00:00", "21:00", "09:00", "21:30", "21:30", "00:30", "12:30"]);
  // y bore, yr hwyr, y prynhawn
  expect(["9yb", "9.30 yh", "3 y.p.", "8 yr hwyr", "7 y bore"].map(tidied)).toEqual(["09:00", "21:30", "15:00", "20:00", "07:00"]);
});

test("what is no time, or two, stays as it was typed, and why is told", () => {
  const faults: [string, string[]][] = [
    ["missing", ["", " "]],
    ["wrong", ["24", "24:00", "9:60", "960", "half past nine", "9 xm", "-9", "12345", "9:30 pm sharp"]],
    ["noon_or_midnight", ["12 am", "12pm", "12.00 pm", "12 yh"]],
    ["two_clocks", ["14 pm", "14:30 pm", "0 am", "13yh"]],
    ["one_digit", ["9.3", "9:5", "9.3 pm"]],
  ];
  for (const [fault, texts] of faults) {
    expect(texts.map(timeFault)).toEqual(texts.map(() => fault));
    expect(texts.map(tidied)).toEqual(texts);
  }
});

test("what is half typed is kept, and is no instant", () => {
  for (const value of ["", "2027-01-04T", "T09:30", "2027-01-04T9:3", "2027-1-T09:30 GMT"]) {
    expect(joined(halves(value))).toBe(value);
    expect(instantOf(value)).toBeNaN();
  }
  expect(instantOf("2027-01-04T9.30")).toBe(new Date(2027, 0, 4, 9, 30).getTime());
  expect(instantOf("2027-1-4T0930")).toBe(new Date(2027, 0, 4, 9, 30).getTime());
  expect(instantOf("2027-01-04T9:30 pm")).toBe(new Date(2027, 0, 4, 21, 30).getTime());
  for (const none of ["2027-01-04T14:30 pm", "2027-01-04T25:61", "2027-02-30T09:30"]) expect(instantOf(none)).toBeNaN();
});
