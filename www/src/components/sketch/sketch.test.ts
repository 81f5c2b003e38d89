import type { ComponentChildren } from "preact";
import { expect, test } from "vitest";
import type { Sketch } from "../../api/types";
import { papers } from "../../strings/papers";
import { SketchFigure } from "./drawing";
import { area, begun, faultsOf, gridOf, inside, lateSigns, metres, moved, MOST_CORNERS, MOST_MARKS, resized, toZone, typedMetres, withCorner, withMark, within, without } from "./sketch";

const at = (x_cm: number, y_cm: number) => ({ x_cm, y_cm });
const having = (over: Partial<Sketch>): Sketch => ({ ...begun(), ...over });

test("a sketch that was just begun can be saved", () => {
  expect(faultsOf(begun())).toEqual([]);
  expect(lateSigns(begun())).toEqual([]);
});

test("nothing is moved out of the sketch, and all is to ten centimetres", () => {
  expect(within(begun(), at(-50, 99_999))).toEqual(at(0, 2_000));
  expect(moved(begun(), { list: "marks", index: 0 }, at(1_234, 561)).marks[0]?.at).toEqual(at(1_230, 560));
  const small = resized(begun(), { width_cm: 1_500 });
  expect([...small.zone, ...small.marks.map((mark) => mark.at)].every(({ x_cm }) => x_cm <= 1_500)).toBe(true);
});

test("what keeps a sketch from being saved is named", () => {
  const [a, b, c, d] = begun().zone as [ReturnType<typeof at>, ReturnType<typeof at>, ReturnType<typeof at>, ReturnType<typeof at>];
  expect(faultsOf(having({ zone: [a, c, b, d] }))).toEqual(["crossing"]);
  expect(faultsOf(having({ zone: [a, b, b, c] }))).toEqual(["crossing"]);
  expect(faultsOf(having({ zone: [a, b, at(1_500, 600)] }))).toEqual(["crossing"]);
  expect(faultsOf(having({ zone: [at(0, 0), at(100, 0), at(0, 100)] }))).toEqual(["area"]);
  expect(faultsOf(having({ marks: [] }))).toEqual(["no_camera"]);
});

test("a sign within the zone is told of: whoever reads it is seen already", () => {
  const sign = { kind: "sign" as const, at: at(1_500, 900), note: "" };
  expect(lateSigns(having({ marks: [...begun().marks, sign] }))).toEqual([3]);
});

test("lengths are those on the ground", () => {
  const { zone } = begun();
  expect(area(zone) / 10_000).toBe(60);
  expect(inside(zone, at(1_500, 900))).toBe(true);
  expect(toZone(zone, at(1_500, 900))).toBe(0);
  expect(toZone(zone, at(1_500, 200))).toBe(400);
  expect(toZone(zone, at(700, 200))).toBe(500);
  expect(metres(1_250)).toBe("12.5");
  expect(metres(1_200)).toBe("12");
});

test("corners and marks come and go within their numbers", () => {
  let sketch = begun();
  for (let i = 0; i < 20; i += 1) sketch = withMark(withCorner(sketch), "exit");
  expect(sketch.zone.length).toBe(MOST_CORNERS);
  for (let i = 0; i < 20; i += 1) sketch = withMark(sketch, "sign");
  expect(sketch.marks.length).toBe(MOST_MARKS);
  for (let i = 0; i < 20; i += 1) sketch = without(sketch, { list: "zone", index: 0 });
  expect(sketch.zone.length).toBe(3);
  expect(without(begun(), { list: "marks", index: 0 }).marks.map(({ kind }) => kind)).toEqual(["sign"]);
});

test("a length is typed with a point or a comma, and only within its bounds", () => {
  expect(typedMetres("12.5", 0, 3_000)).toBe(1_250);
  expect(typedMetres(" 12,5 ", 0, 3_000)).toBe(1_250);
  for (const text of ["", "  ", "-1", "30.1", "Infinity", "1e9", "ten"]) expect(typedMetres(text, 0, 3_000), text).toBeUndefined();
});

test("a grid has some ten lines however large the place is", () => {
  for (const side of [500, 3_000, 12_000, 50_000]) {
    const lines = side / gridOf(having({ width_cm: side, depth_cm: 500 }));
    expect(lines, String(side)).toBeLessThanOrEqual(12);
    expect(lines, String(side)).toBeGreaterThanOrEqual(4);
  }
});

test("r133_what_somebody_typed_on_a_sketch_claims_no_language_on_a_sheet_for_the_public", () => {
  const note = "Entrée nord";
  const spans: unknown[] = [];
  const walk = (children: ComponentChildren): void => {
    if (Array.isArray(children)) return children.forEach(walk);
    if (typeof children !== "object" || children === null || !("props" in children)) return;
    const { children: inner, lang } = children.props as { children?: ComponentChildren; lang?: string };
    if (inner === note) spans.push(lang);
    walk(inner);
  };
  walk(SketchFigure({ sketch: having({ marks: [{ kind: "camera", at: at(100, 100), note }] }), words: papers.cy.sketch }));
  expect(spans).toEqual([""]);
});
