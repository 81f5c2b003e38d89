import { expect, test } from "vitest";
import { strings as cy } from "../strings/cy";
import { strings as en } from "../strings/en";
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
  expect(whyOf("late", undefined, "left", true)).toBe("little_left");
  expect(whyOf("late", "uncertain", "right", true)).toBe("little_right");
  expect(whyOf("late", "turned", "ahead", true)).toBe("late");
  expect(whyOf("other_way", undefined, "left", true)).toBe("other_way_left");
  expect(whyOf("gone", "nobody", "left", true)).toBe("lost");
  expect(whyOf("late", "too_small", "left", true)).toBe("too_small");
  expect(whyOf(undefined, "nobody", "left", true)).toBe("lost");
});

test("r124 whoever was asked for no turn yet hears of none", () => {
  for (const hint of [undefined, "turned"] as const) expect(whyOf(undefined, hint, "ahead", false)).toBe("ahead");
  expect(whyOf(undefined, "uncertain", "ahead", false)).toBe("uncertain");
});

test("r124 what is spoken is understood without seeing the screen: to which side, and not as an arrow shows", () => {
  for (const language of [en, cy]) {
    const { say, again } = language.kiosk;
    for (const text of [...Object.values(say), ...Object.values(again.why)]) expect(text).not.toMatch(/arrow|saeth/i);
    for (const side of ["left", "right"] as const) {
      const word = say[side].split(" ").at(-1)!;
      for (const why of ["little", "other_way"] as const) expect(again.why[`${why}_${side}`]).toContain(word);
    }
  }
});

test("r121 a picture is told nothing that a head that turned too fast is not", () => {
  expect(new Set((["flat", "jumped", "another"] as const).map((fault) => whyOf(fault, undefined, "right", true)))).toEqual(new Set(["slowly"]));
});
