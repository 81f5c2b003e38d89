import Papa from "papaparse";

/** The records of a CSV text (RFC 4180). */
export function records(text: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter: ",", skipEmptyLines: true }).data;
}
