import { expect, test } from "vitest";
import { records } from "./csv";

test("cells keep commas, quotes and line ends that they were quoted for", () => {
  expect(records('place,type\n"Pier 4, Dover","said ""here""\nand there"\n')).toEqual([
    ["place", "type"],
    ["Pier 4, Dover", 'said "here"\nand there'],
  ]);
});

test("an empty cell is a cell, and the last line needs no end", () => {
  expect(records("a,,c\r\n,,")).toEqual([
    ["a", "", "c"],
    ["", "", ""],
  ]);
  expect(records("")).toEqual([]);
});
