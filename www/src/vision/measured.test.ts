import { beforeEach, expect, test, vi } from "vitest";
import { keepMeasured, measured } from "./measured";

let shelf: Map<string, string>;
beforeEach(() => {
  shelf = new Map();
  vi.stubGlobal("localStorage", { getItem: (name: string) => shelf.get(name) ?? null, setItem: (name: string, value: string) => shelf.set(name, value) });
  vi.stubGlobal("navigator", { userAgent: "one" });
});

test("what was measured is known at the next start, in the same browser", () => {
  expect(measured()).toBeUndefined();
  keepMeasured(Float64Array.of(1.5, 2));
  expect(measured()).toEqual(Float64Array.of(1.5, 2));
  vi.stubGlobal("navigator", { userAgent: "two" });
  expect(measured()).toBeUndefined();
});

test("what another build measured, or nobody, says nothing", () => {
  keepMeasured(Float64Array.of(1));
  const [name = "", text = ""] = [...shelf].flat();
  for (const spoilt of [text.replace(/"engine":"[^"]*"/, '"engine":"another"'), text.replace("[1]", '["fast"]'), text.replace("[1]", "[null]"), "{", "null", "[]"]) {
    shelf.set(name, spoilt);
    expect(measured(), spoilt).toBeUndefined();
  }
});

test("a browser that keeps nothing measures anew", () => {
  vi.stubGlobal("localStorage", undefined);
  expect(() => keepMeasured(Float64Array.of(1))).not.toThrow();
  expect(measured()).toBeUndefined();
});
