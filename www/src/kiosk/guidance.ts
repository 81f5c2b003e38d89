import type { Ask, Face, Fault, Hint, Visit } from "../vision/wasm/vedette.js";

type Turn = Exclude<Ask, "ahead">;

/** What the person is told, one thing at a time. */
export type Say = Hint | Ask | "hold";

/**
 * Why an attempt came to nothing, as the person is told: what stood in the way, or how the head turned. Nothing was compared, so it
 * is the same for everyone; and a picture hears no more than a head that turned too fast.
 */
export type Why = Exclude<Hint, "nobody" | "turned"> | `${"little" | "other_way"}_${Turn}` | "ahead" | "late" | "lost" | "slowly";

/** Where the visitor's head is, as in a mirror: shares of the picture's width and height, and how it is turned (-1..=1, to the left of the screen). */
export type Head = { x: number; y: number; width: number; turn: number };

/** [`Say`] stays so long before it gives way, so that nobody is told two things in one breath. */
const STEADY_MS = 700;
/** Of the engine's measure of a turn: whoever is asked to turn has done so at some 0.24. */
const WHOLE_TURN = 0.3;

export function sayOf({ standing, hint }: Visit): Say {
  // Whatever is asked next, nobody can follow it while something stands in the way.
  if (hint !== undefined && hint !== "turned" && standing.kind !== "failed") return hint;
  if (standing.kind === "asking") return standing.ask;
  return "hold";
}

/**
 * `hint` and `ask`: of the look at which it failed. `turned`: whether a turn was asked before or at it. Without a fault the attempt's
 * time was over.
 */
export function whyOf(fault: Fault | undefined, hint: Hint | undefined, ask: Ask, turned: boolean): Why {
  // What stood in the way is what to mend, whatever came of it.
  if (hint !== undefined && hint !== "nobody" && hint !== "turned" && hint !== "uncertain") return hint;
  switch (fault) {
    case undefined:
      return hint === "nobody" ? "lost" : inTime(hint, ask, turned);
    case "late":
      return inTime(hint, ask, turned);
    case "other_way":
      return ask === "ahead" ? "slowly" : `other_way_${ask}`;
    case "gone":
      return "lost";
    case "flat":
    case "jumped":
    case "another":
      return "slowly";
  }
}

/** What did not come in time. A face that turns is less certain by itself. */
function inTime(hint: Hint | undefined, ask: Ask, turned: boolean): Why {
  if (ask !== "ahead") return `little_${ask}`;
  if (hint === "uncertain") return hint;
  return turned ? "late" : "ahead";
}

export function headOf(visitor: string | undefined, faces: Face[], width: number, height: number): Head | undefined {
  const face = faces.find(({ track }) => track === visitor);
  if (face === undefined || width === 0 || height === 0) return undefined;
  const { box, landmarks } = face;
  const [right, left, nose] = landmarks;
  const apart = Math.max(1, Math.hypot(left.x - right.x, left.y - right.y));
  const turned = (nose.x - (left.x + right.x) / 2) / apart;
  return {
    x: 1 - (box.x + box.width / 2) / width,
    y: (box.y + box.height / 2) / height,
    width: box.width / Math.min(width, height),
    turn: Math.max(-1, Math.min(1, -turned / WHOLE_TURN)),
  };
}

/** Lets a word stand for a moment. */
export class Steady {
  #said: Say | undefined;
  #since = Number.NEGATIVE_INFINITY;

  next(say: Say, now: number): Say {
    if (say !== this.#said && now - this.#since >= STEADY_MS) {
      this.#said = say;
      this.#since = now;
    }
    return this.#said ?? say;
  }
}
