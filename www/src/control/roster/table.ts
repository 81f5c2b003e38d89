/**
 * A list of people as a table. It is read here so that whatever a spreadsheet makes of "CSV" will do, rows can be put
 * right in place, and what goes to the server has one form: UTF-8, commas, one line a row.
 */
import Papa from "papaparse";

/** The columns of a list, as the server names them. */
export const COLUMNS = [
  "name",
  "nominal_id",
  "category",
  "response",
  "lawful_basis",
  "legal_status",
  "source_system",
  "reason",
  "reviewer",
  "image_source",
  "image_taken_on",
  "born_on",
  "possible_minor",
  "vulnerability",
  "sensitive_source",
  "photos",
] as const;
export type Column = (typeof COLUMNS)[number];

/** `number` is the row's in a spreadsheet, where the columns' names are row 1. */
export type RosterRecord = { number: number; cells: string[] };
export type Table = { columns: string[]; records: RosterRecord[] };

export type ReadTable =
  | { kind: "table"; table: Table; /** Not UTF-8, so read as Windows writes it: accents should be looked at. */ guessed: boolean }
  | { kind: "empty" }
  | { kind: "broken"; row: number };

/** More than any watchlist holds; a larger file is another file. */
export const LARGEST_CSV = 32 * 1024 * 1024;

/** `Nominal ID` and `nominal-id` are the column nominal_id. */
function columnName(heading: string): string {
  return heading.trim().toLowerCase().replaceAll(/[\s-]+/g, "_");
}

function decoded(bytes: ArrayBuffer): { text: string; guessed: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), guessed: false };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), guessed: true };
  }
}

export function readTable(bytes: ArrayBuffer): ReadTable {
  const { text, guessed } = decoded(bytes);
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, "").normalize("NFC"));
  const broken = errors.find(({ type }) => type === "Quotes");
  if (broken !== undefined) return { kind: "broken", row: (broken.row ?? 0) + 1 };
  const numbered = data.map((cells, at) => ({ number: at + 1, cells: cells.map((cell) => cell.trim()) })).filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [head, ...rest] = numbered;
  if (head === undefined || rest.length === 0) return { kind: "empty" };
  const columns = head.cells.map(columnName);
  const records = rest.map(({ number, cells }) => ({ number, cells: columns.map((_, at) => cells[at] ?? "") }));
  return { kind: "table", table: { columns, records }, guessed };
}

export function toCsv(table: Table): string {
  return Papa.unparse({ fields: table.columns, data: table.records.map(({ cells }) => cells) }, { newline: "\n" });
}

/** A CSV for a spreadsheet to open: what would be a formula there is shown as text. */
export function forSpreadsheet(columns: string[], rows: string[][]): Blob {
  const text = Papa.unparse({ fields: columns, data: rows }, { newline: "\r\n", escapeFormulae: true });
  // The mark tells spreadsheets that it is UTF-8.
  return new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" });
}

export function cell(table: Table, at: number, column: string): string {
  return table.records[at]?.cells[table.columns.indexOf(column)] ?? "";
}

/** These columns alone, so that nothing else of a source system's export leaves this computer. */
export function only(table: Table, wanted: readonly string[]): Table {
  const kept = wanted.filter((column) => table.columns.includes(column));
  const places = kept.map((column) => table.columns.indexOf(column));
  return { columns: kept, records: table.records.map(({ number, cells }) => ({ number, cells: places.map((place) => cells[place] ?? "") })) };
}

/** The table with other values in one row, and in each other row of `alike` where a column says what that row said there. */
export function changed(table: Table, at: number, values: Record<string, string>, alike: ReadonlySet<string>): Table {
  const columns = [...table.columns, ...Object.keys(values).filter((column) => !table.columns.includes(column))];
  const before = new Map([...alike].map((column) => [column, cell(table, at, column)]));
  const records = table.records.map(({ number, cells }, index) => {
    const next = columns.map((column, i) => {
      const old = cells[i] ?? "";
      const takes = index === at || before.get(column) === old;
      return takes ? (values[column] ?? old) : old;
    });
    return { number, cells: next };
  });
  return { columns, records };
}

/** In how many other rows a column says the same as in this one. */
export function alikeElsewhere(table: Table, at: number, column: string): number {
  const value = cell(table, at, column);
  return table.records.filter((_, index) => index !== at && cell(table, index, column) === value).length;
}
