import { strings } from "../../strings";
import type { FieldError } from "../error-summary/error-summary";

/** What the server takes of a text: see server/src/domain/text.rs. */
export type Limit = { /** Characters. */ most: number; /** Several lines. */ lines: boolean };
/** Of a person, a device, a deployment, a place. */
export const NAME: Limit = { most: 80, lines: false };
/** A paragraph or several. */
export const TEXT: Limit = { most: 4_000, lines: true };

/** As the server counts them. */
export function characters(text: string): number {
  return [...text.trim()].length;
}

/** Control characters, and those that turn the direction of writing: they make one name look like another. */
const HIDING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const BREAKING = /[\t\n\r]/;
/** A joiner that stands between two letters none of which is English is how some names are spelt. */
const LOOSE_JOINER = /(?:^|[\u0000-\u007f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?:$|[\u0000-\u007f\u200c\u200d])/;

function hides(text: string, { lines }: Limit): boolean {
  return HIDING.test(text) || (!lines && (BREAKING.test(text) || LOOSE_JOINER.test(text)));
}

/** Of fields by their id, label, text and limit: those whose text can't be kept as it is. */
export function textErrors(...fields: [field: string, label: string, text: string, limit: Limit][]): FieldError[] {
  const words = strings.field;
  return fields.flatMap(([field, label, text, limit]) => {
    const over = characters(text) - limit.most;
    if (over > 0) return [{ field, text: words.about(label, words.tooLong(over, limit.most)) }];
    return hides(text.trim(), limit) ? [{ field, text: words.about(label, words.hidden) }] : [];
  });
}
