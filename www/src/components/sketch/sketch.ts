import type { MarkKind, Sketch, Spot } from "../../api/types";
import { NAME, textErrors } from "../field/text-errors";

/** What the server takes: see the interface's description. Lengths are whole centimetres. */
export const SHORTEST_SIDE = 500;
export const LONGEST_SIDE = 50_000;
export const FEWEST_CORNERS = 3;
export const MOST_CORNERS = 12;
export const MOST_MARKS = 30;
/** Share of the sketch that the zone covers at least. */
const LEAST_AREA = 0.01;
/** Finer than a person places a sign. */
const GRAIN = 10;

export const KINDS: readonly MarkKind[] = ["camera", "sign", "exit"];

/** A gate, with one camera that looks at whoever comes towards it. */
export function begun(): Sketch {
  const at = (x_cm: number, y_cm: number): Spot => ({ x_cm, y_cm });
  return {
    width_cm: 3_000,
    depth_cm: 2_000,
    zone: [at(1_000, 600), at(2_000, 600), at(2_000, 1_200), at(1_000, 1_200)],
    marks: [
      { kind: "camera", at: at(1_500, 200), note: "" },
      { kind: "sign", at: at(1_500, 1_700), note: "" },
    ],
  };
}

/** The nearest place that lies within the sketch. */
export function within({ width_cm, depth_cm }: Sketch, { x_cm, y_cm }: Spot): Spot {
  const kept = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value / GRAIN) * GRAIN));
  return { x_cm: kept(x_cm, width_cm), y_cm: kept(y_cm, depth_cm) };
}

/** Larger or smaller; what would lie outside then is moved to the edge. */
export function resized(sketch: Sketch, size: Partial<Pick<Sketch, "width_cm" | "depth_cm">>): Sketch {
  const next = { ...sketch, ...size };
  return { ...next, zone: next.zone.map((spot) => within(next, spot)), marks: next.marks.map((mark) => ({ ...mark, at: within(next, mark.at) })) };
}

/** Something that can be moved: a corner of the zone, or a mark, by its place in its list. */
export type Part = { list: "zone" | "marks"; index: number };

export function spotOf(sketch: Sketch, { list, index }: Part): Spot | undefined {
  return list === "zone" ? sketch.zone[index] : sketch.marks[index]?.at;
}

export function moved(sketch: Sketch, { list, index }: Part, to: Spot): Sketch {
  const at = within(sketch, to);
  if (list === "zone") return { ...sketch, zone: sketch.zone.map((spot, i) => (i === index ? at : spot)) };
  return { ...sketch, marks: sketch.marks.map((mark, i) => (i === index ? { ...mark, at } : mark)) };
}

/** In the middle of the longest side. */
export function withCorner(sketch: Sketch): Sketch {
  const { zone } = sketch;
  if (zone.length >= MOST_CORNERS) return sketch;
  const next = (index: number) => zone[(index + 1) % zone.length] as Spot;
  const lengths = zone.map((spot, index) => distance(spot, next(index)));
  const longest = lengths.indexOf(Math.max(...lengths));
  const [from, to] = [zone[longest] as Spot, next(longest)];
  const between = within(sketch, { x_cm: (from.x_cm + to.x_cm) / 2, y_cm: (from.y_cm + to.y_cm) / 2 });
  return { ...sketch, zone: zone.toSpliced(longest + 1, 0, between) };
}

export function without(sketch: Sketch, { list, index }: Part): Sketch {
  if (list === "marks") return { ...sketch, marks: sketch.marks.toSpliced(index, 1) };
  return sketch.zone.length <= FEWEST_CORNERS ? sketch : { ...sketch, zone: sketch.zone.toSpliced(index, 1) };
}

/** A new one stands at the lower edge, each a little further, so that none hides another. */
export function withMark(sketch: Sketch, kind: MarkKind): Sketch {
  if (sketch.marks.length >= MOST_MARKS) return sketch;
  const step = (sketch.marks.length % 8) + 1;
  const at = within(sketch, { x_cm: (sketch.width_cm * step) / 9, y_cm: sketch.depth_cm * 0.9 });
  return { ...sketch, marks: [...sketch.marks, { kind, at, note: "" }] };
}

export function withNote(sketch: Sketch, index: number, note: string): Sketch {
  return { ...sketch, marks: sketch.marks.map((mark, i) => (i === index ? { ...mark, note } : mark)) };
}

function distance(a: Spot, b: Spot): number {
  return Math.hypot(a.x_cm - b.x_cm, a.y_cm - b.y_cm);
}

function edges(zone: readonly Spot[]): [Spot, Spot][] {
  return zone.map((spot, index) => [spot, zone[(index + 1) % zone.length] as Spot]);
}

/** Square centimetres, by the shoelace formula. */
export function area(zone: readonly Spot[]): number {
  return Math.abs(edges(zone).reduce((sum, [a, b]) => sum + a.x_cm * b.y_cm - b.x_cm * a.y_cm, 0)) / 2;
}

/** The even-odd rule. */
export function inside(zone: readonly Spot[], { x_cm, y_cm }: Spot): boolean {
  const passed = edges(zone).filter(([a, b]) => a.y_cm > y_cm !== b.y_cm > y_cm && x_cm < a.x_cm + ((y_cm - a.y_cm) / (b.y_cm - a.y_cm)) * (b.x_cm - a.x_cm));
  return passed.length % 2 === 1;
}

/** From a spot to the nearest point of the zone, in centimetres; nothing within it. */
export function toZone(zone: readonly Spot[], from: Spot): number {
  if (inside(zone, from)) return 0;
  const toEdge = ([a, b]: [Spot, Spot]): number => {
    const [dx, dy] = [b.x_cm - a.x_cm, b.y_cm - a.y_cm];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((from.x_cm - a.x_cm) * dx + (from.y_cm - a.y_cm) * dy) / length));
    return distance(from, { x_cm: a.x_cm + share * dx, y_cm: a.y_cm + share * dy });
  };
  return Math.min(...edges(zone).map(toEdge));
}

export function middle(zone: readonly Spot[]): Spot {
  const mean = (value: (spot: Spot) => number) => zone.reduce((sum, spot) => sum + value(spot), 0) / Math.max(1, zone.length);
  return { x_cm: mean((spot) => spot.x_cm), y_cm: mean((spot) => spot.y_cm) };
}

function turn(a: Spot, b: Spot, c: Spot): number {
  return Math.sign((b.x_cm - a.x_cm) * (c.y_cm - a.y_cm) - (b.y_cm - a.y_cm) * (c.x_cm - a.x_cm));
}

function lies(on: [Spot, Spot], spot: Spot): boolean {
  const [a, b] = on;
  const between = (value: number, from: number, to: number) => value >= Math.min(from, to) && value <= Math.max(from, to);
  return turn(a, b, spot) === 0 && between(spot.x_cm, a.x_cm, b.x_cm) && between(spot.y_cm, a.y_cm, b.y_cm);
}

function meet(one: [Spot, Spot], other: [Spot, Spot]): boolean {
  const crossing = turn(one[0], one[1], other[0]) !== turn(one[0], one[1], other[1]) && turn(other[0], other[1], one[0]) !== turn(other[0], other[1], one[1]);
  return crossing || lies(one, other[0]) || lies(one, other[1]) || lies(other, one[0]) || lies(other, one[1]);
}

/** Whether two sides meet anywhere but in the corner between neighbours. */
function crosses(zone: readonly Spot[]): boolean {
  const all = edges(zone);
  return all.some((one, i) =>
    all.some((other, j) => {
      if (j <= i) return false;
      if (j === i + 1) return lies(one, other[1]) || lies(other, one[0]);
      if (i === 0 && j === all.length - 1) return lies(one, other[0]) || lies(other, one[1]);
      return meet(one, other);
    }),
  );
}

export type Fault = "crossing" | "area" | "no_camera" | "note";

/** What keeps a sketch from being saved as part of a plan. */
export function faultsOf(sketch: Sketch): Fault[] {
  const { zone, marks, width_cm, depth_cm } = sketch;
  return [
    ...(crosses(zone) ? (["crossing"] as const) : area(zone) < LEAST_AREA * width_cm * depth_cm ? (["area"] as const) : []),
    ...(marks.some(({ kind }) => kind === "camera") ? [] : (["no_camera"] as const)),
    ...(marks.some(({ note }) => textErrors(["", "", note ?? "", NAME]).length > 0) ? (["note"] as const) : []),
  ];
}

/** Numbers of signs that stand within the zone: whoever reads them is seen already. */
export function lateSigns(sketch: Sketch): number[] {
  return sketch.marks.flatMap(({ kind, at }, index) => (kind === "sign" && inside(sketch.zone, at) ? [index + 1] : []));
}

/** Centimetres between the lines of the grid, so that some ten are drawn. */
export function gridOf({ width_cm, depth_cm }: Sketch): number {
  const longest = Math.max(width_cm, depth_cm);
  return [100, 200, 500, 1_000, 2_000, 5_000].find((step) => longest / step <= 12) ?? 10_000;
}

/** Metres as people say them: whole, or with one digit. */
export function metres(cm: number): string {
  return String(Math.round(cm / 10) / 10);
}

/** What somebody typed as metres, in centimetres. */
export function typedMetres(text: string, least: number, most: number): number | undefined {
  const cm = Math.round((Number(text.trim().replace(",", ".")) * 100) / GRAIN) * GRAIN;
  return text.trim() !== "" && Number.isFinite(cm) && cm >= least && cm <= most ? cm : undefined;
}

