import { expect, test } from "vitest";
import { foreign, parts, plain } from "./foreign";

test("what the server says in English is told apart in a text of the page", () => {
  expect(parts(`Ni ellir. ${foreign("Line 4 has no name.")} Eto.`)).toEqual([
    { text: "Ni ellir. ", foreign: false },
    { text: "Line 4 has no name.", foreign: true },
    { text: " Eto.", foreign: false },
  ]);
  expect(plain(`Ni ellir. ${foreign("Line 4 has no name.")}`)).toBe("Ni ellir. Line 4 has no name.");
  expect(parts("Ni ellir.")).toEqual([{ text: "Ni ellir.", foreign: false }]);
});
