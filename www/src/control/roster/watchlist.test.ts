import { expect, test } from "vitest";
import type { Entry, Particulars, Response } from "../../api/types";
import { categoriesOf, EVERYBODY, wanted } from "./watchlist";

const entry = (name: string, category: string, response: Response, over: Partial<Entry> = {}): Entry =>
  ({ id: name, name, particulars: { nominal_id: `N-${name}`, category, response } as Particulars, photos: [{}], warnings: [], waits: false, ...over }) as Entry;
const volunteer = { id: "v", name: "Vera", particulars: null, photos: [{}, {}], warnings: [], waits: false } as unknown as Entry;
const list = [entry("Ann", "Warrant", "red"), entry("Bo", "Deportation order", "amber", { waits: true }), volunteer];
const names = (over: Partial<typeof EVERYBODY>) => wanted(list, { ...EVERYBODY, ...over }).map(({ name }) => name);

test("the watchlist is narrowed by name, nominal id, category, response and what waits", () => {
  expect(names({})).toEqual(["Ann", "Bo", "Vera"]);
  expect(names({ search: "n-b" })).toEqual(["Bo"]);
  expect(names({ category: "Warrant" })).toEqual(["Ann"]);
  expect(names({ response: "amber" })).toEqual(["Bo"]);
  expect(names({ show: "waiting" })).toEqual(["Bo"]);
  expect(names({ show: "several" })).toEqual(["Vera"]);
  expect(names({ show: "waiting", category: "Warrant" })).toEqual([]);
});

test("only categories that are on the list are offered", () => {
  expect(categoriesOf(list)).toEqual(["Deportation order", "Warrant"]);
});
