import { expect, test } from "vitest";
import type { Particulars, RosterRow } from "../../api/types";
import type { Looks, Person } from "./intake";
import { counted, everybody, faultsOf, filtered, reportRows } from "./people";

const row = (name: string, over: Partial<RosterRow> = {}): RosterRow => ({
  line: 2,
  name,
  nominal_id: `N-${name}`,
  photos: [`${name}.jpg`],
  particulars: { nominal_id: name } as Particulars,
  faults: [],
  warnings: [],
  needs: [],
  already_listed: false,
  ...over,
});
const FLOOR = 0.3;
const person = (of: RosterRow): Person => ({ row: of, override: "", outcome: undefined });
const looks: Looks = new Map([
  ["Ann.jpg", { kind: "usable", shot: { template: "t", model: "m", pipeline: 1, transform: null, quality: 0.9, compression: null, picture: new Uint8Array() } }],
  ["Bo.jpg", { kind: "unusable", text: "The face is blurred." }],
]);
const people = [
  person(row("Ann", { needs: ["minor"], warnings: [{ kind: "image_old", message: "The picture is 9 years old." }] })),
  person(row("Bo", { faults: [{ column: "category", what: { code: "category_not_planned", allowed: ["Wanted"] }, message: "No." }] })),
  person(row("Cy", { already_listed: true })),
];
const all = everybody(
  people.map((one, at) => ({ person: one, number: at + 2 })),
  looks,
  FLOOR,
);

test("everybody is counted once by standing, and warnings and clearances beside it", () => {
  expect(counted(all)).toMatchObject({ all: 3, ready: 1, faulty: 1, already_listed: 1, needs: 1, warned: 1, unseen: 0 });
});

test("who looks like somebody once on the watchlist waits for clearance too", () => {
  const alike = { ...person(row("Di", { already_listed: true })), outcome: { resembles: [{ id: "e", name: "Ann" }] } } as unknown as Person;
  const both = everybody([{ person: people[0] ?? alike, number: 2 }, { person: alike, number: 3 }], looks, FLOOR);
  expect(counted(both).needs).toBe(2);
  expect(filtered(both, "needs", "")).toHaveLength(2);
});

test("rows are found by what is wrong with them, by name and by nominal id", () => {
  const names = (...of: Parameters<typeof filtered>) => filtered(...of).map((shown) => shown.person.row.name);
  expect(names(all, "faulty", "")).toEqual(["Bo"]);
  expect(names(all, "needs", "")).toEqual(["Ann"]);
  expect(names(all, "all", "n-c")).toEqual(["Cy"]);
  expect(names(all, "faulty", "ann")).toEqual([]);
});

test("r16 the report has a row for each row, with the result and every reason", () => {
  const report = reportRows(all, ["people/lost.jpg"], looks, FLOOR);
  expect(report.map(([number, name]) => [number, name])).toEqual([["2", "Ann"], ["3", "Bo"], ["4", "Cy"], ["", ""]]);
  expect(report[3]?.slice(3)).toEqual(["people/lost.jpg", "Not used", "No row names this file."]);
  expect(faultsOf(people[1] ?? person(row("x")), looks)).toEqual(["Category: The plan doesn't allow this category. It may be: Wanted.", "Bo.jpg: The face is blurred."]);
  expect(report[0]?.[5]).toContain("9 years old");
});
