import { expect, test } from "vitest";
import { nameOf } from "./namesake";

test("people of one name are told apart by the server's number, and nobody else has one", () => {
  expect(nameOf({ name: "Ada Lovelace", namesake: { number: 1, of: 2 } })).toBe("Ada Lovelace (1 of 2)");
  expect(nameOf({ name: "Ada Lovelace", namesake: null })).toBe("Ada Lovelace");
});
