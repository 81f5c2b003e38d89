import { expect, test } from "vitest";
import { putAway, touched, type Form } from "./forms";

const form = (match: string, followed?: string): Form => ({ match, followed, of: undefined });
const matches = (forms: readonly Form[]) => forms.map(({ match }) => match);

test("of several forms the one that was touched last is the one that somebody writes on", () => {
  const two = touched(touched([], form("a", "face")), form("b"));
  expect(matches(two)).toEqual(["a", "b"]);
  const back = touched(two, form("a"));
  expect(matches(back)).toEqual(["b", "a"]);
  // What was followed when it was begun is followed until it is put away.
  expect(back.at(-1)?.followed).toBe("face");
  // Nothing is drawn anew for a touch of the same one.
  expect(touched(back, form("a"))).toBe(back);
  expect(matches(putAway(back, "a"))).toEqual(["b"]);
});
