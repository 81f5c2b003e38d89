import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "../..");

test("no field shows a time on the clock of the browser's country", () => {
  const pages = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  expect(pages).toContain(join("officer", "engagement-form.tsx"));
  expect(pages.filter((file) => /type=\{?"(time|datetime-local)"/.test(readFileSync(join(SOURCE, file), "utf8")))).toEqual([]);
});
