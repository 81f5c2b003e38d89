import type { Ask } from "../vision/wasm/vedette.js";
import type { Head, Say, Why } from "./guidance";

/** The drawing is as tall as a person's picture: shares of the camera's picture become units of these. */
const WIDE = 90;
const TALL = 120;
/** Half the width of the oval, and the share of the picture's shorter side that a face should have to fill it. */
const OVAL = 20;
const WANTED = 0.34;
/** Where the oval is while nobody stands there, and as far up and down as it follows. */
const MIDDLE = 0.45;
const HIGHEST = 0.26;
const LOWEST = 0.74;

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/**
 * The person's head as a drawing, as in a mirror, and an oval in which it should be. The oval follows the head up and down, so that
 * nobody has to stoop or stretch. No picture of anybody is shown.
 */
export function Silhouette({ head, say, label }: { head: Head | undefined; say: Say; label: string }) {
  return (
    <svg class={`v-kiosk__drawing${say === "hold" ? " v-kiosk__drawing--held" : ""}`} viewBox={`0 0 ${WIDE} ${TALL}`} role="img" aria-label={label}>
      <Drawn head={head} say={say} />
    </svg>
  );
}

function Drawn({ head, say }: { head: Head | undefined; say: Say }) {
  const y = between(HIGHEST, head?.y ?? MIDDLE, LOWEST) * TALL;
  const x = (head?.x ?? 0.5) * WIDE;
  const size = head === undefined ? 0 : between(0.4, head.width / WANTED, 1.7);
  const turn = head?.turn ?? 0;
  return (
    <>
      {head !== undefined && (
        <g class="v-kiosk__head" transform={`translate(${x} ${head.y * TALL}) scale(${size})`}>
          <path d="M-30 62c0-24 14-30 30-30s30 6 30 30z" class="v-kiosk__body" />
          <ellipse rx="17" ry="23" class="v-kiosk__face" />
          <path d={`M${-7 + 9 * turn} -5h2M${5 + 9 * turn} -5h2`} class="v-kiosk__line" />
          <path d={`M${10 * turn} -3l${turn < 0 ? -3 : turn > 0 ? 3 : 1.5} 9h-3`} class="v-kiosk__line" />
          <path d={`M${-5 + 8 * turn} 12h10`} class="v-kiosk__line" />
        </g>
      )}
      <ellipse cx={WIDE / 2} cy={y} rx={OVAL} ry={27} class="v-kiosk__oval" />
      {say === "left" && <path d={`M22 ${y}H6m6-7l-7 7 7 7`} class="v-kiosk__arrow" />}
      {say === "right" && <path d={`M${WIDE - 22} ${y}h16m-6-7l7 7-7 7`} class="v-kiosk__arrow" />}
      {say === "too_small" && <path d={`M${WIDE / 2} 8v10m-6-5l6 6 6-6`} class="v-kiosk__arrow" />}
      {say === "too_near" && <path d={`M${WIDE / 2} 18v-10m-6 5l6-6 6 6`} class="v-kiosk__arrow" />}
      {(say === "too_dark" || say === "too_bright") && <path d="M14 9a5 5 0 1 0 .1 0zM14 2v3M14 23v3M2 14h3M23 14h3M6 6l2 2M20 20l2 2M6 22l2-2M20 8l2-2" class="v-kiosk__arrow v-kiosk__arrow--fine" />}
    </>
  );
}

const AHEAD: Head = { x: 0.5, y: MIDDLE, width: WANTED, turn: 0 };

/** What was amiss, with what to do about it: as it is drawn during a visit. */
function drawnAs(why: Why, ask: Ask): { head: Head | undefined; say: Say } {
  const turn = { left: -1, ahead: 0, right: 1 }[ask];
  switch (why) {
    case "little_left":
    case "little_right":
    case "other_way_left":
    case "other_way_right":
      return { head: { ...AHEAD, turn }, say: ask };
    case "slowly":
      return { head: { ...AHEAD, turn: turn / 2 }, say: ask };
    case "ahead":
    case "late":
      return { head: AHEAD, say: "ahead" };
    case "lost":
      return { head: undefined, say: "nobody" };
    case "cut_off":
      return { head: { ...AHEAD, x: 0.9 }, say: "cut_off" };
    case "too_small":
      return { head: { ...AHEAD, width: WANTED / 2 }, say: why };
    case "too_near":
      return { head: { ...AHEAD, width: 1.6 * WANTED }, say: why };
    case "several":
    case "too_dark":
    case "too_bright":
    case "covered":
    case "uncertain":
    case "blurred":
      return { head: AHEAD, say: why };
  }
}

/** Says what the words beside it say. */
export function Shown({ why, ask }: { why: Why; ask: Ask }) {
  return (
    <svg class="v-kiosk__drawing v-kiosk__drawing--shown" viewBox={`0 0 ${WIDE} ${TALL}`} aria-hidden="true">
      <Drawn {...drawnAs(why, ask)} />
    </svg>
  );
}
