import { expect, test } from "vitest";
import { alikeElsewhere, cell, changed, forSpreadsheet, only, readTable, toCsv, type Table } from "./table";

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const read = (text: string): Table => {
  const found = readTable(bytes(text));
  if (found.kind !== "table") throw new Error(found.kind);
  return found.table;
};

test("a list is read as spreadsheets write it: semicolons, a byte order mark, headings in words, blank lines", () => {
  const table = read('\uFEFFName;Nominal ID;Image-taken on\r\n"Ann; Other";A1;2024-05-01\r\n;;\r\nBo;A2\r\n');
  expect(table.columns).toEqual(["name", "nominal_id", "image_taken_on"]);
  expect(table.records).toEqual([
    { number: 2, cells: ["Ann; Other", "A1", "2024-05-01"] },
    { number: 4, cells: ["Bo", "A2", ""] },
  ]);
});

test("what goes to the server has commas and one record a row, whatever stands in the cells", () => {
  const table = read('name,reason\n"Ann, Other","says ""no""\nand leaves"\nBo,late\n');
  expect(read(toCsv(table)).records.map(({ cells }) => cells)).toEqual(table.records.map(({ cells }) => cells));
  expect(toCsv(table).split("\n")[0]).toBe("name,reason");
});

test("a file that is not UTF-8 is read as Windows writes it, and says so", () => {
  const found = readTable(new Uint8Array([...new TextEncoder().encode("name\nJos"), 0xe9]).buffer);
  expect(found).toMatchObject({ kind: "table", guessed: true });
  if (found.kind === "table") expect(cell(found.table, 0, "name")).toBe("José");
});

test("an accent is one letter, however the file writes it", () => {
  expect(cell(read("name,photos\nJose\u0301,jose\u0301.jpg\n"), 0, "photos")).toBe("jos\u00e9.jpg");
});

test("a list without rows, and one whose quotes never close, are refused", () => {
  expect(readTable(bytes("name,nominal_id\n"))).toEqual({ kind: "empty" });
  expect(readTable(bytes(""))).toEqual({ kind: "empty" });
  expect(readTable(bytes('name,reason\nAnn,"never closed\nBo,late'))).toMatchObject({ kind: "broken" });
});

test("a value is put right in one row, or in every row that says the same", () => {
  const table = read("name,category\nAnn,Deport\nBo,Deport\nCy,Warrant\n");
  expect(alikeElsewhere(table, 0, "category")).toBe(1);
  const one = changed(table, 0, { category: "Deportation order" }, new Set());
  expect(one.records.map(({ cells }) => cells[1])).toEqual(["Deportation order", "Deport", "Warrant"]);
  const all = changed(table, 0, { name: "Anne", category: "Deportation order" }, new Set(["category"]));
  expect(all.records.map(({ cells }) => cells)).toEqual([["Anne", "Deportation order"], ["Bo", "Deportation order"], ["Cy", "Warrant"]]);
});

test("a column that the file lacked can be filled in, for one row or for all", () => {
  const table = read("name\nAnn\nBo\n");
  const filled = changed(table, 1, { reviewer: "Inspector Low" }, new Set(["reviewer"]));
  expect(filled.columns).toEqual(["name", "reviewer"]);
  expect(filled.records.map(({ cells }) => cells)).toEqual([["Ann", "Inspector Low"], ["Bo", "Inspector Low"]]);
});

test("only the columns that are needed leave the computer", () => {
  const table = only(read("name,legal_status,nominal_id\nAnn,Order,A1\n"), ["nominal_id", "legal_status", "other"]);
  expect(toCsv(table)).toBe("nominal_id,legal_status\nA1,Order");
});

test("a report opens in a spreadsheet without running what a cell says", async () => {
  const text = await forSpreadsheet(["name", "result"], [['=HYPERLINK("http://x")', "listed"]]).text();
  expect(text).toContain("'=HYPERLINK");
});
