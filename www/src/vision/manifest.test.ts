import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { modelFile } from "./manifest";

const hash = "ab".repeat(32);
const section = (file: string, bytes: string, sha: string) => `[detector]\nfile = "${file}"\nbytes = ${bytes}\nsha256 = "${sha}"\n[embedder]\nfile = "e.onnx"\n`;

test("the project's own manifest names both models", () => {
  const manifest = readFileSync(new URL("../../../models/manifest.toml", import.meta.url), "utf8");
  expect(modelFile(manifest, "detector")?.bytes).toBe(122_489);
  expect(modelFile(manifest, "embedder")?.bytes).toBe(10_667_852);
});

test("values of one section are not taken from the next", () => {
  const manifest = section("d.onnx", "122_489", hash);
  expect(modelFile(manifest, "detector")).toEqual({ file: "d.onnx", bytes: 122_489, sha256: hash });
  expect(modelFile(manifest, "embedder")).toBeUndefined();
});

test.each([
  ["../secret", "1", hash],
  ["a/b.onnx", "1", hash],
  ["d.onnx", "0", hash],
  ["d.onnx", "1", "beef"],
])("a manifest entry with file %s, %s bytes and hash %s is refused", (file, bytes, sha) => {
  expect(modelFile(section(file, bytes, sha), "detector")).toBeUndefined();
});
