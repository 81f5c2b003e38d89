import { expect, test } from "vitest";
import { OLDEST_MS } from "../lib/ages";
import { asked, follow, none, resumed, SHORTEST_MS, total } from "./gap";

const id = () => "gap";

test("R127: time without a server is counted while it lasts and after it, and a hiccup is not", () => {
  let gaps = follow(none, undefined, 1_000, id);
  expect(gaps).toEqual(none);
  gaps = follow(gaps, "pier", 2_000, id);
  expect(total(gaps, 62_000)).toBe(60_000);
  // Looked at again while it lasts, it goes on.
  gaps = follow(gaps, "pier", 30_000, id);
  gaps = follow(gaps, undefined, 92_000, id);
  expect(gaps.missed).toEqual([{ id: "gap", deployment: "pier", began: 2_000, ended: 92_000 }]);
  gaps = follow(gaps, "pier", 100_000, id);
  gaps = follow(gaps, undefined, 100_000 + SHORTEST_MS - 1, id);
  expect(gaps.missed.length).toBe(1);
  expect(total(gaps, 200_000)).toBe(90_000);
});

test("R127: what was missed of one deployment is not counted to the next", () => {
  let gaps = follow(none, "pier", 0, id);
  gaps = follow(gaps, "gate", 10_000, id);
  gaps = follow(gaps, undefined, 15_000, id);
  expect(gaps.missed.map(({ deployment, began, ended }) => [deployment, ended - began])).toEqual([
    ["pier", 10_000],
    ["gate", 5_000],
  ]);
});

test("R127: a gap that a page before began is no longer than what is told of, and never begins in the future", () => {
  const gap = { id: "gap", deployment: "pier", began: 5_000_000 };
  expect(resumed(undefined, 1)).toBeUndefined();
  expect(resumed(gap, 5_060_000)).toEqual(gap);
  expect(resumed(gap, 4_000_000)?.began).toBe(4_000_000);
  expect(resumed(gap, 5_000_000 + 2 * OLDEST_MS)?.began).toBe(5_000_000 + OLDEST_MS);
});

test("R127: what one deployment missed is asked of nobody while another is live, and is while none is", () => {
  const missed = follow(follow(none, "pier", 0, id), undefined, 10_000, id).missed;
  expect(asked(missed, [])).toEqual(missed);
  expect(asked(missed, ["pier", "gate"])).toEqual(missed);
  expect(asked(missed, ["gate"])).toEqual([]);
});
