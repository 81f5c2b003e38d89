import { expect, test } from "vitest";
import { after, askAgainAfter, type Connection } from "./connection";

const HEARD: Connection = { kind: "heard", at: 1_000 };

test("a page that hears nothing says when it heard last, and that it hears again, for a minute", () => {
  const lost = after(HEARD, false, 16_000);
  expect(lost).toEqual({ kind: "lost", since: 1_000 });
  expect(after(lost, false, 19_000)).toEqual(lost);
  const back = after(lost, true, 22_000);
  expect(back).toEqual({ kind: "back", since: 22_000, at: 22_000 });
  const later = after(back, true, 81_999);
  expect(later).toEqual({ kind: "back", since: 22_000, at: 81_999 });
  expect(after(later, true, 82_000)).toEqual({ kind: "heard", at: 82_000 });
  expect(after(later, false, 97_000)).toEqual({ kind: "lost", since: 81_999 });
  expect(after(after(HEARD, true, 11_000), false, 21_000)).toEqual({ kind: "lost", since: 11_000 });
});

test("it asks more often while nobody answers", () => {
  expect(askAgainAfter({ kind: "lost", since: 0 })).toBeLessThan(askAgainAfter(HEARD));
});
