import type { Head, Say } from "./guidance";

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
  const y = between(HIGHEST, head?.y ?? MIDDLE, LOWEST) * TALL;
  const x = (head?.x ?? 0.5) * WIDE;
  const size = head === undefined ? 0 : between(0.4, head.width / WANTED, 1.7);
  const turn = head?.turn ?? 0;
  return (
    <svg class={`v-kiosk__drawing${say === "hold" ? " v-kiosk__drawing--held" : ""}`} viewBox={`0 0 ${WIDE} ${TALL}`} role="img" aria-label={label}>
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
    </svg>
  );
}
