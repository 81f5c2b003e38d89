import { describe, expect, test } from "vitest";
import type { Face } from "./wasm/vedette.js";
import { AHEAD_MS, BEHIND_MS, hiding, Veil } from "./veil";

const FRAME = { width: 640, height: 480 };
const face = (track: string, x: number, width = 100): Face => ({ track, box: { x, y: 200, width, height: 120 }, landmarks: [] as unknown as Face["landmarks"], state: "assessing" });
const covers = ({ x, y, width, height }: Face["box"], inner: Face["box"]) =>
  x <= inner.x && y <= inner.y && x + width >= inner.x + inner.width && y + height >= inner.y + inner.height;

/** Frames at these times, one face in each at these places; what was shown, by the frames' own names. */
function run(frames: { at: number; x: number | undefined }[]) {
  const released: string[] = [];
  const veil = new Veil<string>((picture) => released.push(picture));
  const shown = frames.flatMap(({ at, x }) => veil.looked({ at, faces: x === undefined ? [] : [face("t", x)] }, `${at}`, FRAME) ?? []);
  return { veil, released, shown };
}

describe("what may be shown of the camera's picture", () => {
  test("r38_a_picture_is_shown_with_its_own_faces_hidden_however_late_it_is", () => {
    // A slow machine looks at every tenth frame of somebody who walks across the view.
    for (const step of [33, 100, 400, 1_500]) {
      const frames = Array.from({ length: 12 }, (_, n) => ({ at: n * step, x: n * 45 }));
      const { shown } = run(frames);
      expect(shown.length, `${step}`).toBeGreaterThan(0);
      for (const { picture, faces, hidden } of shown) {
        const frame = frames.find(({ at }) => `${at}` === picture);
        expect(faces[0]?.box.x).toBe(frame?.x);
        expect(hidden.some(({ area }) => covers(area, faces[0]?.box ?? area)), `frame ${picture}, ${step} ms apart`).toBe(true);
      }
    }
  });

  test("r38_no_picture_is_shown_before_what_comes_after_it_was_looked_at", () => {
    const veil = new Veil<string>(() => undefined);
    expect(veil.looked({ at: 0, faces: [] }, "first", FRAME)).toBeUndefined();
    expect(veil.looked({ at: AHEAD_MS - 1, faces: [] }, undefined, FRAME)).toBeUndefined();
    expect(veil.looked({ at: AHEAD_MS, faces: [face("t", 50)] }, undefined, FRAME)?.picture).toBe("first");
  });

  test("r38_a_face_that_the_detector_found_a_moment_late_is_hidden_in_the_pictures_before", () => {
    const { shown } = run([{ at: 0, x: undefined }, { at: 40, x: undefined }, { at: 80, x: 60 }, { at: 340, x: 80 }]);
    expect(shown.map(({ picture }) => picture)).toEqual(["40"]);
    expect(shown[0]?.hidden.some(({ area }) => covers(area, face("t", 60).box))).toBe(true);
  });

  test("r38_no_picture_of_an_idle_scene_is_shown_in_which_somebody_may_have_been_missed", () => {
    // Whoever goes their own width between two looks, and was missed in the first, stood where nothing hides them.
    const { shown, released } = run([...[0, 100, 200, 300, 400].map((at) => ({ at, x: undefined })), { at: 500, x: 200 }, ...[533, 566, 600, 633, 666, 700, 800].map((at) => ({ at, x: 200 }))]);
    expect(shown.map(({ picture }) => picture)).toEqual(["0", "100", "500"]);
    expect(released).toEqual(["200", "300", "400"]);
  });

  test("r38_a_face_that_was_missed_for_a_moment_stays_hidden", () => {
    const missed = Array.from({ length: 10 }, (_, n) => ({ at: n * 100, x: n === 0 || n > 6 ? 50 : undefined }));
    for (const { picture, hidden } of run(missed).shown.filter(({ picture }) => Number(picture) <= BEHIND_MS)) {
      expect(hidden.some(({ area }) => covers(area, face("t", 50).box)), picture).toBe(true);
    }
  });

  test("a face is hidden by few blocks, however far it went meanwhile", () => {
    const looked = [0, 100, 200].map((at) => ({ at, faces: [face("t", at)] }));
    const [hidden, ...others] = hiding(looked, FRAME);
    expect(others).toEqual([]);
    expect(hidden?.area.width).toBeGreaterThan(300);
    expect((hidden?.block ?? 0) * 7).toBeGreaterThanOrEqual(100);
  });

  test("nothing is hidden outside the picture", () => {
    const [hidden] = hiding([{ at: 0, faces: [face("t", -60)] }], FRAME);
    expect(hidden?.area.x).toBe(0);
    expect((hidden?.area.x ?? 0) + (hidden?.area.width ?? 0)).toBeLessThanOrEqual(FRAME.width);
  });

  test("what is not shown is let go, and nothing is kept after the end", () => {
    const { veil, released, shown } = run([0, 50, 100, 500, 900].map((at) => ({ at, x: 10 })));
    expect(shown.map(({ picture }) => picture)).toEqual(["100", "500"]);
    expect(released).toEqual(["0", "50"]);
    veil.clear();
    expect(released).toEqual(["0", "50", "900"]);
  });
});
