import { expect, test } from "vitest";
import { saysMore, unanswered, type FieldError } from "./error-summary";

const outcome = { field: "outcome", text: "Say what came of it" };
const reason = { field: "reason", text: "Say why" };
const refused = { text: "The server does not answer" };

test("R132: an answer ends its own error at once, and no other", () => {
  const told: FieldError[] = [outcome, reason, refused];
  expect(unanswered(told, [outcome, reason])).toEqual(told);
  expect(unanswered(told, [{ ...reason }])).toEqual([reason, refused]);
  expect(unanswered(told, [])).toEqual([refused]);
  // What a form lacks is told when somebody wants to save, and not before.
  expect(unanswered([], [outcome])).toEqual([]);
});

test("R132: the summary takes the focus for what is wrong anew, and not when one of several is put right", () => {
  expect(saysMore([], [outcome])).toBe(true);
  expect(saysMore([outcome, reason], [reason])).toBe(false);
  expect(saysMore([outcome], [])).toBe(false);
  expect(saysMore([outcome], [{ ...outcome }])).toBe(true);
});
