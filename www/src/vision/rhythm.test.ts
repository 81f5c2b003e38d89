import { expect, test } from "vitest";
import { Rhythm } from "./rhythm";

/** Which frames of a camera are looked at, by their numbers; faces are in those of which `inView` says so. */
function looked(rhythm: Rhythm, frames: number, inView: (frame: number) => boolean, everyMs = 1_000 / 30): number[] {
  return Array.from({ length: frames }, (_, frame) => frame).filter((frame) => {
    const at = frame * everyMs;
    if (!rhythm.isDue(at)) return false;
    rhythm.looked(at, inView(frame));
    return true;
  });
}

test("every frame is looked at while somebody is in view, and for a while after", () => {
  const seen = looked(new Rhythm(), 300, (frame) => frame < 200);
  expect(seen.slice(0, 289)).toEqual(Array.from({ length: 289 }, (_, frame) => frame));
  expect(seen.length).toBeLessThan(300);
});

test("an idle scene is looked at ten times a second, and whoever comes is followed at once", () => {
  const comes = 3_000;
  const seen = looked(new Rhythm(), 3_060, (frame) => frame >= comes);
  const idle = seen.filter((frame) => frame >= 300 && frame < comes);
  expect(idle.length).toBe((comes - 300) / 3);
  const found = seen.find((frame) => frame >= comes) ?? Number.NaN;
  expect(found - comes).toBeLessThan(3);
  expect(seen.filter((frame) => frame >= found).length).toBe(3_060 - found);
});

test("a camera that is slower than that is looked at whole", () => {
  expect(looked(new Rhythm(), 100, () => false, 95).length).toBe(100);
});

test("whoever starts a visit is expected, however long nobody came before", () => {
  const rhythm = new Rhythm();
  looked(rhythm, 300, () => false);
  expect(rhythm.isDue(299 * (1_000 / 30) + 1)).toBe(false);
  rhythm.wake();
  expect(rhythm.isDue(299 * (1_000 / 30) + 1)).toBe(true);
});
