import { expect, test } from "vitest";
import { Numbered } from "./delivery";

test("R128: what is sent again has the number it had, and what was changed has another", () => {
  const numbered = new Numbered();
  const first = numbered.of({ verdict: "true", factors: ["glasses"] });
  expect(numbered.of({ verdict: "true", factors: ["glasses"] })).toBe(first);
  const changed = numbered.of({ verdict: "true", factors: [] });
  expect(changed).not.toBe(first);
  expect(new Numbered().of({ verdict: "true", factors: [] })).not.toBe(changed);
});
