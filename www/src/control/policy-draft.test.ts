import { expect, test } from "vitest";
import { draftOf, policyOf } from "./policy-draft";

const policy = { categories: [{ name: "Deportation order", response: "amber" as const }], image_age_warning_years: 5, quality_floor: 0.45 };

test("a policy that is not touched stays as it is", () => {
  expect(policyOf(draftOf(policy))).toEqual({ errors: [], policy });
});

test("r18 a category has a name, and only one of them", () => {
  const draft = draftOf(policy);
  const more = (name: string) => policyOf({ ...draft, categories: [...draft.categories, { key: 9, name, response: "red" }] }).errors.map(({ field }) => field);
  expect(more(" ")).toEqual(["policy-category-1"]);
  expect(more("deportation ORDER")).toEqual(["policy-category-1"]);
  expect(more("Wanted on warrant")).toEqual([]);
  expect(policyOf({ ...draft, categories: [] }).errors.map(({ field }) => field)).toEqual(["policy-categories"]);
});

test("years and quality are whole numbers in their range", () => {
  const fields = (over: object) => policyOf({ ...draftOf(policy), ...over }).errors.map(({ field }) => field);
  for (const imageAge of ["", "0", "31", "1.5", "x"]) expect(fields({ imageAge })).toEqual(["policy-image-age"]);
  for (const floor of ["", "-1", "101", "x"]) expect(fields({ floor })).toEqual(["policy-floor"]);
});
