import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dayErrors, momentFaults, timeErrors } from "./day-errors";
import { NAME, TEXT, textErrors } from "./text-errors";

const SOURCE = join(import.meta.dirname, "../..");

test("no field shows a day or a time in the way of the browser's country", () => {
  const pages = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  expect(pages).toContain(join("officer", "engagement-form.tsx"));
  expect(pages.filter((file) => /type=\{?"(date|time|datetime-local|month|week)"/.test(readFileSync(join(SOURCE, file), "utf8")))).toEqual([]);
});

/** Who looks, before a text is sent, whether all of it can be kept, where that isn't the file with its field. */
const LOOKED_AT_BY: Record<string, string> = {
  "control/planning/fields.tsx": "control/proposal.ts",
  "control/policy.tsx": "control/policy-draft.ts",
  "control/roster/particulars-fields.tsx": "control/roster/particulars.ts",
};

test("nothing that is typed is cut without a word, or sent to be refused for its length", () => {
  const read = (file: string) => readFileSync(join(SOURCE, file), "utf8");
  const pages = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  expect(pages.filter((file) => /\smaxLength=/i.test(read(file)))).toEqual([]);
  const limited = pages.filter((file) => /\slimit=\{/.test(read(file)) && file !== join("components", "field", "field.tsx"));
  expect(limited.length).toBeGreaterThan(10);
  expect(limited.filter((file) => !read(LOOKED_AT_BY[file] ?? file).includes("textErrors("))).toEqual([]);
});

test("a text is as long as the server counts it: by characters, without the space around it", () => {
  expect(textErrors(["name", "Name", ` ${"é".repeat(79)}👮 `, NAME])).toEqual([]);
  expect(textErrors(["name", "Name", "x".repeat(83), NAME], ["note", "What came of it?", "x", NAME])).toEqual([{ field: "name", text: "Name: it has 3 characters too many, at most 80 can be kept" }]);
});

test("r133 a character that can't be seen is told of at its field, and names that are spelt with joiners are names", () => {
  const wrong = (text: string, limit = NAME) => textErrors(["name", "Name", text, limit]).map(({ field }) => field);
  for (const text of ["Ann\u202e", "A\u200enn", "A\u200bnn", "A\u0007nn", "Ann\tLee", "Ann\u200d Lee", "An\u200cn", "\u200d\u00e9", "\u00e9\u200d\u200d\u00e9"]) expect(wrong(text), JSON.stringify(text)).toEqual(["name"]);
  for (const text of ["", "Zoë O'Brien", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "👮🏽\u200d♀"]) expect(wrong(text), JSON.stringify(text)).toEqual([]);
  expect(wrong("Line\none\tand\r\ntwo", TEXT)).toEqual([]);
  expect(wrong("Line\u202e one", TEXT)).toEqual(["name"]);
});

test("what is wrong with a day or a time is said as it is, at its part", () => {
  expect(dayErrors("born", "Born on", "")).toEqual([]);
  expect(dayErrors("born", "Born on", "1990--4")).toEqual([{ field: "born-month", text: "Born on: enter the month" }]);
  expect(dayErrors("born", "Born on", "1990-4-")).toEqual([{ field: "born-day", text: "Born on: enter the day" }]);
  expect(dayErrors("born", "Born on", "1990-2-30")).toEqual([{ field: "born-day", text: "Born on: February 1990 has 28 days" }]);
  expect(timeErrors("began", "When did it begin?", "25:61")).toEqual([{ field: "began", text: "When did it begin? “25:61” isn't a time: use 24 hours, such as 14:30" }]);
  for (const time of ["930", "9.30", "9:30"]) expect(timeErrors("began", "When did it begin?", time)).toEqual([]);
  expect(momentFaults("ends", "Ends", "", "Enter when it ends")).toEqual([{ field: "ends", text: "Enter when it ends" }]);
  expect(momentFaults("ends", "Ends", "2026-11-T25:61", "").map(({ field }) => field)).toEqual(["ends-day", "ends-time"]);
  expect(momentFaults("ends", "Ends", "T14:30", "").map(({ field }) => field)).toEqual(["ends"]);
  expect(momentFaults("ends", "Ends", "2026-11-27T14:30", "")).toEqual([]);
});
