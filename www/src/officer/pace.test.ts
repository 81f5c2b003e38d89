import { expect, test } from "vitest";
import { cameraSaid, Pace } from "./pace";

test("r129: pictures are counted over the last seconds, and a camera that stands still is told by the time since the last", () => {
  const pace = new Pace();
  pace.start(1_000);
  for (let time = 1_100; time <= 11_000; time += 100) pace.frame(time);
  expect(pace.perSecond(11_000)).toBeCloseTo(10, 0);
  expect(pace.sinceFrame(11_000)).toBe(0);
  expect(pace.sinceFrame(15_500)).toBe(4_500);
  expect(pace.perSecond(16_500)).toBe(0);
});

test("r129: a camera that never gave a picture stands still since it was started", () => {
  const pace = new Pace();
  pace.start(2_000);
  expect(pace.sinceFrame(6_000)).toBe(4_000);
  pace.frame(6_500);
  pace.start(9_000);
  expect(pace.sinceFrame(9_500)).toBe(500);
});

test("r129: each state of a camera has a word, but for one that is about to change", () => {
  expect(cameraSaid({ kind: "on", deviceId: "" })).toBe("running");
  expect(cameraSaid({ kind: "paused" })).toBe("lost");
  expect(cameraSaid({ kind: "insecure" })).toBe("refused");
  expect(cameraSaid({ kind: "starting" })).toBeUndefined();
});
