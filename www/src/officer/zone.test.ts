import { describe, expect, test } from "vitest";
import { MOST_CORNERS, SMALLEST_FROM, WHOLE, isWhole, moved, withCorner, withLargest, withSmallest, withoutCorner } from "./zone";

describe("a zone", () => {
  test("is whole wherever its outline begins, and not when a corner moved", () => {
    expect(isWhole(WHOLE)).toBe(true);
    expect(isWhole({ ...WHOLE, corners: [...WHOLE.corners].reverse() })).toBe(true);
    expect(isWhole(moved(WHOLE, 2, { x: 0.9, y: 1 }))).toBe(false);
    expect(isWhole(withCorner(WHOLE))).toBe(false);
  });

  test("keeps its corners in the picture", () => {
    expect(moved(WHOLE, 0, { x: -3, y: 0.123456 }).corners[0]).toEqual({ x: 0, y: 0.1235 });
    expect(moved(WHOLE, 0, { x: 7, y: 7 }).corners[0]).toEqual({ x: 1, y: 1 });
  });

  test("gets a new corner in the middle of its longest side, up to the most", () => {
    const triangle = { ...WHOLE, corners: [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 0, y: 0.2 }] };
    expect(withCorner(triangle).corners).toEqual([{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 0.5, y: 0.1 }, { x: 0, y: 0.2 }]);
    let zone = WHOLE;
    for (let press = 0; press < 20; press += 1) zone = withCorner(zone);
    expect(zone.corners).toHaveLength(MOST_CORNERS);
  });

  test("keeps three corners at least", () => {
    const triangle = withoutCorner(WHOLE, 3);
    expect(triangle.corners).toEqual(WHOLE.corners.slice(0, 3));
    expect(withoutCorner(triangle, 0)).toBe(triangle);
  });

  test("keeps room between the smallest and the largest face, within what the server takes", () => {
    for (let share = 0; share <= 1.2; share += 0.05) {
      for (const zone of [withSmallest({ ...WHOLE, largest: 0.1 }, share), withLargest({ ...WHOLE, smallest: 0.3 }, share)]) {
        expect(zone.smallest).toBeGreaterThanOrEqual(SMALLEST_FROM);
        expect(zone.largest).toBeLessThanOrEqual(1);
        expect(zone.largest).toBeGreaterThan(zone.smallest);
      }
    }
  });
});
