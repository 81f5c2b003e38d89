import { expect, test } from "vitest";
import { Numbered } from "./delivery";

test("R128: what is sent again has the number it had, and what was changed has another", () => {
  const numbered = new Numbered();
  const first = numbered.of({ verdict: "true", factors: ["glasses"] });
  expect(numbered.of({ verdict: "true", factors: ["glasses"] })).toBe(first);
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const changed = numbered.of({ verdict: "true", factors: [] });
  expect(changed).not.toBe(first);
  expect(new Numbered().of({ verdict: "true", factors: [] })).not.toBe(changed);
});
