import { expect, test } from "vitest";
import { pageOf } from "./pager";

test("a page shows its share of the list, and one beyond the end is the last", () => {
  expect(pageOf(0, 25, 0)).toEqual({ page: 0, pages: 1, from: 0, to: 0 });
  expect(pageOf(1, 25, 60)).toEqual({ page: 1, pages: 3, from: 25, to: 50 });
  expect(pageOf(9, 25, 60)).toEqual({ page: 2, pages: 3, from: 50, to: 60 });
});
