import { expect, test } from "vitest";
import type { Face } from "../vision/wasm/vedette.js";
import { Steady, headOf, sayOf, whyOf } from "./guidance";

const face = (nose: number): Face => ({
  track: "a",
  box: { x: 100, y: 300, width: 200, height: 240 },
  landmarks: [
    { x: 150, y: 380 },
    { x: 250, y: 380 },
    { x: nose, y: 430 },
    { x: 160, y: 480 },
    { x: 240, y: 480 },
  ],
  state: "assessing",
});

test("what stands in the way is said before what is asked, and a turn that was asked for is in nobody's way", () => {
  expect(sayOf({ standing: { kind: "asking", ask: "left" } })).toBe("left");
  expect(sayOf({ standing: { kind: "asking", ask: "ahead" }, hint: "too_dark" })).toBe("too_dark");
  expect(sayOf({ standing: { kind: "asking", ask: "ahead" }, hint: "turned" })).toBe("ahead");
  expect(sayOf({ standing: { kind: "passed" } })).toBe("hold");
});

test("r124 the drawn head is where the person is, as in a mirror, however high", () => {
  expect(headOf("a", [face(200)], 720, 1280)).toMatchObject({ x: 1 - 200 / 720, y: 420 / 1280, turn: -0 });
  // The person's own left is to the right in the camera's picture and to the left in a mirror.
  expect(headOf("a", [face(230)], 720, 1280)?.turn).toBe(-1);
  expect(headOf(undefined, [face(200)], 720, 1280)).toBeUndefined();
});

test("nobody is told two things in one breath", () => {
  const steady = new Steady();
  expect(steady.next("ahead", 0)).toBe("ahead");
  expect(steady.next("blurred", 100)).toBe("ahead");
  expect(steady.next("left", 800)).toBe("left");
});

test("r124 why a turn failed is told by what to do otherwise, and what stood in the way comes first", () => {
  expect(whyOf("late", undefined, "left")).toBe("little");
  expect(whyOf("late", "turned", "ahead")).toBe("late");
  expect(whyOf("other_way", undefined, "left")).toBe("other_way");
  expect(whyOf("gone", "nobody", "left")).toBe("lost");
  expect(whyOf("late", "too_small", "left")).toBe("too_small");
  expect(whyOf(undefined, "nobody", "left")).toBe("lost");
});

test("r121 a picture is told nothing that a head that turned too fast is not", () => {
  expect(new Set((["flat", "jumped", "another"] as const).map((fault) => whyOf(fault, undefined, "right")))).toEqual(new Set(["slowly"]));
});
