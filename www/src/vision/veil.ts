import { area, grown, within } from "./box";
import type { Box, Face } from "./wasm/vedette.js";

/**
 * A picture waits for frames taken so much later to be looked at: who is only just coming into view, or was missed in one
 * frame, is found in the next ones, and hidden in the earlier one too.
 */
export const AHEAD_MS = 300;
/** A face stays hidden where it was for so long after it was last found there. */
export const BEHIND_MS = 600;
/** Between looks further apart than that somebody who comes into view goes further than what is hidden of them reaches. */
const FAR_APART_MS = 50;
/** What is hidden reaches this far beyond the detector's box, in parts of its size, to cover the head. */
const MARGIN = 0.35;
/** Blocks across a hidden face. Fewer than ten can't be recognised. */
const BLOCKS = 7;

export type Size = { width: number; height: number };
type Looked = { at: number; faces: Face[] };

/** What of a picture is hidden, and the side of the blocks that hide it; in pixels of the frame. */
export type Hidden = { area: Box; block: number };

/** A picture that may be shown: nobody in it is recognisable once `hidden` is drawn. */
export type Shown<Picture> = { picture: Picture; faces: Face[]; hidden: Hidden[] };

function joined(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

/** One area for each face, wherever it was in these frames: areas shifted against each other would show more between them. */
export function hiding(looked: Looked[], frame: Size): Hidden[] {
  const tracks = new Map<string, Hidden>();
  for (const { faces } of looked) {
    for (const { track, box } of faces) {
      const head = grown(box, MARGIN);
      const known = tracks.get(track);
      const block = Math.max(known?.block ?? 1, Math.ceil(Math.sqrt(area(head)) / BLOCKS));
      tracks.set(track, { area: known === undefined ? head : joined(known.area, head), block });
    }
  }
  return [...tracks.values()].map(({ area: whole, block }) => ({ area: within(whole, frame), block }));
}

/** Holds pictures back until it is known where faces are in them. What is not looked at is never shown. */
export class Veil<Picture> {
  #looked: Looked[] = [];
  #held: (Looked & { picture: Picture })[] = [];
  readonly #release: (picture: Picture) => void;

  constructor(release: (picture: Picture) => void) {
    this.#release = release;
  }

  /**
   * A frame was looked at. Returns the newest picture that may be shown now, if there is one that wasn't yet; it is the
   * caller's from then on.
   */
  looked(looked: Looked, picture: Picture | undefined, frame: Size): Shown<Picture> | undefined {
    const before = this.#looked.at(-1);
    const nobody = this.#looked.every(({ faces }) => faces.length === 0);
    if (before !== undefined && nobody && looked.faces.length > 0 && looked.at - before.at > FAR_APART_MS) this.#releaseHeld();
    this.#looked.push(looked);
    if (picture !== undefined) this.#held.push({ ...looked, picture });
    const ripe = this.#held.filter(({ at }) => at <= looked.at - AHEAD_MS);
    const shown = ripe.pop();
    if (shown === undefined) return undefined;
    for (const older of ripe) this.#release(older.picture);
    this.#held = this.#held.slice(ripe.length + 1);
    this.#looked = this.#looked.filter(({ at }) => at >= shown.at - BEHIND_MS);
    return { picture: shown.picture, faces: shown.faces, hidden: hiding(this.#looked, frame) };
  }

  clear(): void {
    this.#releaseHeld();
    this.#looked = [];
  }

  #releaseHeld(): void {
    for (const { picture } of this.#held.splice(0)) this.#release(picture);
  }
}
