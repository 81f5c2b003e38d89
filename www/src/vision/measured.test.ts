import { beforeEach, expect, test, vi } from "vitest";
import { keepMeasured, measured } from "./measured";

let shelf: Map<string, string>;
beforeEach(() => {
  shelf = new Map();
  vi.stubGlobal("localStorage", { getItem: (name: string) => shelf.get(name) ?? null, setItem: (name: string, value: string) => shelf.set(name, value) });
  vi.stubGlobal("navigator", { userAgent: "one" });
});

function tried(...trials: number[][]): void {
  for (const speeds of trials) keepMeasured(Float64Array.from(speeds));
}

test("after three trials each loop's best is known, in the same browser", () => {
  expect(measured()).toBeUndefined();
  tried([1, 5], [3, 4]);
  expect(measured()).toBeUndefined();
  tried([2, 2]);
  expect(measured()).toEqual(Float64Array.of(3, 5));
  vi.stubGlobal("navigator", { userAgent: "two" });
  expect(measured()).toBeUndefined();
});

test("what another build measured, or nobody, says nothing, and is tried anew", () => {
  tried([7], [7], [7]);
  const [name = "", text = ""] = [...shelf].flat();
  for (const spoilt of [text.replace(/"engine":"[^"]*"/, '"engine":"another"'), text.replace("[7]", '["fast"]'), text.replace("[7]", "[null]"), text.replace('"trials":3', '"trials":"3"'), "{", "null", "[]"]) {
    shelf.set(name, spoilt);
    expect(measured(), spoilt).toBeUndefined();
    tried([1], [1], [1]);
    expect(measured(), spoilt).toEqual(Float64Array.of(1));
  }
});

test("loops of another number begin anew", () => {
  tried([9, 9], [9, 9], [1]);
  expect(measured()).toBeUndefined();
  tried([2], [1]);
  expect(measured()).toEqual(Float64Array.of(2));
});

test("a browser that keeps nothing tries them at each start", () => {
  vi.stubGlobal("localStorage", undefined);
  expect(() => tried([1], [1], [1])).not.toThrow();
  expect(measured()).toBeUndefined();
});
