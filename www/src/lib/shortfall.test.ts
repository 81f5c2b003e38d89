import { expect, test } from "vitest";
import { shortfall, shortfallText } from "./shortfall";

const jpeg = (quality: number, enough: boolean) => ({ quality, enough });

test("r26 a picture falls short by its quality, or by how strongly its file was compressed", () => {
  const good = { quality: 0.9, compression: null };
  expect(shortfall([], 0.5)).toBeUndefined();
  expect(shortfall([good, { quality: 0.5, compression: jpeg(80, true) }], 0.5)).toBeUndefined();
  expect(shortfall([good, { quality: 0.4, compression: jpeg(10, false) }], 0.5)).toEqual({ kind: "quality", quality: 0.4 });
  expect(shortfall([{ quality: 0.9, compression: jpeg(20, false) }, { quality: 0.9, compression: jpeg(12, false) }], 0.5)).toEqual({ kind: "compression", quality: 12 });
});

test("each way of falling short is said in its own words", () => {
  expect(shortfallText({ kind: "quality", quality: 0.298 }, 0.3)).toContain("29 %");
  expect(shortfallText({ kind: "compression", quality: 12 }, 0.3)).toContain("12");
});
