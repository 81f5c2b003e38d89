import { expect, test } from "vitest";
import { Frames } from "./frames";

test("r129: pictures are counted over the last seconds, and a camera that stands still is told by the time since the last", () => {
  const frames = new Frames();
  frames.start(1_000);
  for (let time = 1_000; time <= 11_000; time += 500) frames.count(time / 100, time);
  expect(frames.perSecond()).toBeCloseTo(10);
  expect(frames.sinceFrame(11_200)).toBe(200);
  for (let time = 11_500; time <= 17_000; time += 500) frames.count(110, time);
  expect(frames.perSecond()).toBe(0);
  expect(frames.sinceFrame(17_000)).toBe(6_000);
});

test("r129: a camera that never gave a picture stands still since one was expected", () => {
  const frames = new Frames();
  frames.start(2_000);
  expect(frames.sinceFrame(6_000)).toBe(4_000);
  frames.count(0, 6_000);
  frames.count(0, 6_500);
  expect(frames.perSecond()).toBe(0);
});

test("r129: an engine that starts anew is no negative pace", () => {
  const frames = new Frames();
  frames.count(900, 1_000);
  frames.count(5, 2_000);
  frames.count(15, 3_000);
  expect(frames.perSecond()).toBe(10);
});
