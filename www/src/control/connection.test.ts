import { expect, test } from "vitest";
import { after, askAgainAfter, type Connection } from "./connection";

const HEARD: Connection = { kind: "heard" };

test("a page that hears nothing says since when, and that it hears again, for a minute", () => {
  const lost = after(HEARD, false, 1_000);
  expect(lost).toEqual({ kind: "lost", since: 1_000 });
  expect(after(lost, false, 9_000)).toEqual(lost);
  const back = after(lost, true, 12_000);
  expect(back).toEqual({ kind: "back", since: 12_000 });
  expect(after(back, true, 71_999)).toEqual(back);
  expect(after(back, true, 72_000)).toEqual(HEARD);
  expect(after(back, false, 20_000)).toEqual({ kind: "lost", since: 20_000 });
});

test("it asks more often while nobody answers", () => {
  expect(askAgainAfter({ kind: "lost", since: 0 })).toBeLessThan(askAgainAfter(HEARD));
});
