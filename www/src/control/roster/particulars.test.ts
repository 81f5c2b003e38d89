import { expect, test } from "vitest";
import { asTyped, EMPTY, forTheNext, PARTICULARS, particularsOf, withValue, yearsBetween, type ParticularsDraft } from "./particulars";

const categories = [
  { name: "Deportation order", response: "amber" as const },
  { name: "Wanted on warrant", response: "red" as const },
];
const whole: ParticularsDraft = {
  ...EMPTY,
  nominal_id: " N-17 ",
  category: "Deportation order",
  response: "amber",
  lawful_basis: "Immigration Act",
  legal_status: "Order of 3 May",
  source_system: "Case register",
  reason: "Known to pass here",
  reviewer: "Inspector Low",
  image_source: "Custody",
  image_taken_on: "2024-05-01",
  possible_minor: "no",
  sensitive_source: "no",
};

test("r17 each mandatory particular is asked for, by its own field", () => {
  const { errors, particulars } = particularsOf(EMPTY, "enrol");
  expect(particulars).toBeUndefined();
  expect(errors.map(({ field }) => field)).toEqual(PARTICULARS.filter((column) => column !== "born_on" && column !== "vulnerability").map((column) => `enrol-${column}`));
  for (const { field } of errors) {
    const column = field?.replace("enrol-", "") ?? "";
    expect(particularsOf({ ...whole, [column]: " " }, "enrol").errors.map((error) => error.field)).toEqual([field]);
  }
});

test("whole particulars go as typed, without the space around them", () => {
  expect(particularsOf(whole, "enrol")).toMatchObject({ errors: [], particulars: { nominal_id: "N-17", response: "amber", born_on: null, possible_minor: false, vulnerability: null } });
});

test("r19 a category brings its usual response, unless another was chosen", () => {
  const first = withValue(EMPTY, "category", "Deportation order", categories);
  expect(first.response).toBe("amber");
  expect(withValue(first, "category", "Wanted on warrant", categories).response).toBe("red");
  const chosen = withValue(first, "response", "green", categories);
  expect(withValue(chosen, "category", "Wanted on warrant", categories).response).toBe("green");
});

test("what is one person's own is not carried over to the next", () => {
  const next = forTheNext(whole);
  expect(next.lawful_basis).toBe(whole.lawful_basis);
  expect([next.nominal_id, next.reason, next.born_on, next.image_taken_on, next.possible_minor]).toEqual(["", "", "", "", ""]);
});

test("a cell is shown as the server reads it", () => {
  expect(asTyped("image_taken_on", "3/12/2024")).toBe("2024-12-03");
  expect(asTyped("born_on", "1990-01-02")).toBe("1990-01-02");
  expect(["Y", "TRUE", "1", "", "no", "perhaps"].map((cell) => asTyped("sensitive_source", cell))).toEqual(["yes", "yes", "yes", "no", "no", ""]);
  expect(["1", "no", ""].map((cell) => asTyped("possible_minor", cell))).toEqual(["yes", "no", ""]);
  expect(asTyped("reason", "1")).toBe("1");
});

test("years are whole years", () => {
  const at = new Date("2026-05-03T12:00:00Z");
  expect(yearsBetween("2020-05-03", at)).toBe(6);
  expect(yearsBetween("2020-05-04", at)).toBe(5);
  expect(yearsBetween("2027-01-01", at)).toBe(0);
});

test("r17 a day that no person and no picture can have is told at its field, before anything is sent", () => {
  const now = new Date("2027-01-04T12:00:00Z");
  const wrong = (days: Partial<ParticularsDraft>) => particularsOf({ ...whole, ...days }, "enrol", now).errors.map(({ field }) => field);
  expect(wrong({ image_taken_on: "2027-1-4", born_on: "1990-1-2" })).toEqual([]);
  expect(wrong({ image_taken_on: "2027-1-5" })).toEqual(["enrol-image_taken_on"]);
  expect(wrong({ born_on: "2127-1-5" })).toEqual(["enrol-born_on"]);
  expect(wrong({ born_on: "1902-1-5" })).toEqual(["enrol-born_on"]);
  expect(wrong({ image_taken_on: "1989-1-2", born_on: "1990-1-2" })).toEqual(["enrol-image_taken_on"]);
  expect(wrong({ image_taken_on: "2024-13-2" })).toEqual(["enrol-image_taken_on-month"]);
});
