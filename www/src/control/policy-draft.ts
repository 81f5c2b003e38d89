import type { Policy, PolicyCategory } from "../api/types";
import type { FieldError } from "../components/error-summary/error-summary";
import { NAME, textErrors } from "../components/field/text-errors";
import { strings } from "../strings";

const LONGEST_AGE_YEARS = 30;

/** As typed. `key` tells categories apart while their names change; `next` is the key of the next one. */
export type PolicyDraft = { categories: (PolicyCategory & { key: number })[]; next: number; imageAge: string; floor: string };

export function draftOf({ categories, image_age_warning_years, quality_floor }: Policy): PolicyDraft {
  return {
    categories: categories.map((category, key) => ({ ...category, key })),
    next: categories.length,
    imageAge: String(image_age_warning_years),
    floor: String(Math.round(100 * quality_floor)),
  };
}

function whole(text: string, from: number, to: number): number | undefined {
  const value = Number(text);
  return text.trim() !== "" && Number.isInteger(value) && value >= from && value <= to ? value : undefined;
}

/** What is wrong with it, field by field; and, if nothing is, the policy. */
export function policyOf({ categories, imageAge, floor }: PolicyDraft): { errors: FieldError[]; policy: Policy | undefined } {
  const words = strings.policy;
  const errors: FieldError[] = [];
  const names = categories.map(({ name }) => name.trim());
  if (names.length === 0) errors.push({ field: "policy-categories", text: words.categoriesMissing });
  names.forEach((name, at) => {
    const earlier = names.slice(0, at).some((other) => other.toLowerCase() === name.toLowerCase());
    if (name === "") errors.push({ field: `policy-category-${at}`, text: words.categoryMissing(at + 1) });
    else if (earlier) errors.push({ field: `policy-category-${at}`, text: words.categoryTwice(name) });
    errors.push(...textErrors([`policy-category-${at}`, words.category(at + 1), name, NAME]));
  });
  const years = whole(imageAge, 1, LONGEST_AGE_YEARS);
  const percent = whole(floor, 0, 100);
  if (years === undefined) errors.push({ field: "policy-image-age", text: words.imageAgeWrong });
  if (percent === undefined) errors.push({ field: "policy-floor", text: words.floorWrong });
  if (errors.length > 0 || years === undefined || percent === undefined) return { errors, policy: undefined };
  return {
    errors,
    policy: { categories: categories.map(({ name, response }) => ({ name: name.trim(), response })), image_age_warning_years: years, quality_floor: percent / 100 },
  };
}
