import { describe, expect, test } from "vitest";
import type { Face, Reason } from "../vision/wasm/vedette.js";
import { Meter } from "./meter";

const FRAME = { width: 1280, height: 720 };
const SMALLEST = 0.05;
type Seen = Face["state"] | Reason;
const STATES: readonly string[] = ["outside", "assessing", "sent"];

const face = (track: string, seen: Seen, width = 100): Face => {
  const box = { x: 0, y: 0, width, height: width };
  const landmarks = [] as unknown as Face["landmarks"];
  return STATES.includes(seen) ? { track, box, landmarks, state: seen as Face["state"] } : { track, box, landmarks, state: "not_assessable", reason: seen as Reason };
};

/** Each face is in view all the time until `until`. */
function read(faces: Face[], until: number, now = until) {
  const meter = new Meter();
  for (let at = 0; at <= until; at += 100) meter.see(faces, FRAME, SMALLEST, at);
  return meter.read(now);
}

describe("the meter of passing faces", () => {
  test("r47_what_most_faces_lack_is_said", () => {
    expect(read([face("a", "too_dark"), face("b", "too_dark"), face("c", "blurred")], 2_000).advice).toBe("too_dark");
    expect(read([face("a", "sent"), face("b", "too_dark"), face("c", "too_dark")], 2_000).advice).toBe("too_dark");
    expect(read([face("a", "sent"), face("b", "too_dark")], 2_000).advice).toBe("good");
    expect(read([face("a", "assessing")], 200).advice).toBe("good");
  });

  test("r47_a_face_smaller_than_the_zone_wants_is_too_small_and_told_in_pixels", () => {
    expect(read([face("a", "outside", 40)], 2_000)).toEqual({ advice: "too_small", largest: 40, needed: 64 });
    expect(read([face("a", "outside", 100)], 2_000).advice).toBe("outside");
    expect(read([face("a", "outside", 100), face("b", "turned")], 2_000).advice).toBe("turned");
  });

  test("nothing is asked for while somebody is only just coming closer", () => {
    expect(read([face("a", "too_small")], 1_000).advice).toBe("nobody");
    expect(read([face("a", "too_small")], 1_600).advice).toBe("too_small");
    // Who went without ever being assessed counts at once.
    expect(read([face("a", "too_small")], 1_000, 1_600).advice).toBe("too_small");
  });

  test("who was assessed once stays good though she turns away, and is forgotten after a while", () => {
    const meter = new Meter();
    meter.see([face("a", "sent")], FRAME, SMALLEST, 0);
    for (let at = 100; at <= 3_000; at += 100) meter.see([face("a", "turned")], FRAME, SMALLEST, at);
    expect(meter.read(3_000).advice).toBe("good");
    expect(meter.read(9_000)).toEqual({ advice: "nobody", largest: undefined, needed: 64 });
  });
});
