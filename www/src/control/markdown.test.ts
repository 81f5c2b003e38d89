import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { blocks, inline } from "./markdown";

describe("a model card", () => {
  it("has headings, paragraphs, lists and tables", () => {
    const card = "# SFace\n\n| | |\n|---|---|\n| file | a.onnx |\n\n**Not for** use\nalone: `x`.\n\n- one\n  more\n- two";
    expect(blocks(card)).toEqual([
      { kind: "heading", level: 1, text: [{ kind: "text", text: "SFace" }] },
      { kind: "table", head: undefined, rows: [[[{ kind: "text", text: "file" }], [{ kind: "text", text: "a.onnx" }]]] },
      { kind: "paragraph", text: [{ kind: "strong", text: "Not for" }, { kind: "text", text: " use alone: " }, { kind: "code", text: "x" }, { kind: "text", text: "." }] },
      { kind: "list", items: [[{ kind: "text", text: "one more" }], [{ kind: "text", text: "two" }]] },
    ]);
  });

  it("keeps what it does not know as text, and makes no markup of it", () => {
    expect(inline("<b>2 * 3</b> ** `")).toEqual([{ kind: "text", text: "<b>2 * 3</b> ** `" }]);
  });
});

test("r141: each shipped card tells the data, what was measured, what fails and what it is not for", () => {
  const folder = new URL("../../../models/", import.meta.url);
  // The check of presentations is no model, and has a test of its own.
  const cards = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "presentation.md");
  expect(cards).toHaveLength(2);
  for (const name of cards) {
    const strong = blocks(readFileSync(new URL(name, folder), "utf8")).flatMap((block) => (block.kind === "paragraph" ? block.text.filter(({ kind }) => kind === "strong").map(({ text }) => text) : []));
    expect(strong.join("; "), name).toMatch(/Training data.*Known (failures|limits).*Not for/);
  }
});
