import { strings } from "../strings";
import type { Advice, Reading } from "./meter";

const words = strings.tablet.meter;

/** Whether passing faces can be assessed, and what would help: as a picture, in words, and in pixels. */
export function MeterBar({ reading: { advice, largest, needed } }: { reading: Reading }) {
  return (
    <div class={`v-meter v-meter--${advice === "good" || advice === "nobody" ? advice : "faulty"}`} data-testid="meter" data-advice={advice}>
      <Sketch advice={advice} />
      <p class="v-meter__words">
        <strong>{words.advice[advice]}</strong>{" "}
        {needed > 0 && <span class="v-meter__size">{largest === undefined || advice === "nobody" ? words.needed(needed) : words.largest(largest, needed)}</span>}
      </p>
    </div>
  );
}

/** A face in a frame, as the camera sees it. */
function Sketch({ advice }: { advice: Advice }) {
  // A face of the size that is wanted fills the ring.
  const radius = { too_small: 7, nobody: 0, outside: 12, cut_off: 17 }[advice as string] ?? 15;
  const middle = advice === "outside" ? 46 : advice === "cut_off" ? 38 : 24;
  const turn = advice === "turned" ? 6 : 0;
  return (
    <svg class={`v-meter__sketch v-meter__sketch--${advice}`} viewBox="0 0 48 48" aria-hidden="true">
      <rect class="v-meter__frame" x="1" y="1" width="46" height="46" />
      <circle class="v-meter__ring" cx="24" cy="24" r="19" />
      {radius > 0 && (
        <g class="v-meter__face">
          <circle cx={middle} cy="24" r={radius} />
          <circle class="v-meter__eye" cx={middle - radius * 0.35 + turn} cy={24 - radius * 0.2} r={radius * 0.12} />
          <circle class="v-meter__eye" cx={middle + radius * 0.35 + turn} cy={24 - radius * 0.2} r={radius * 0.12} />
          <path class="v-meter__mouth" d={`M${middle - radius * 0.35 + turn} ${24 + radius * 0.4}h${radius * 0.7}`} />
        </g>
      )}
      {advice === "good" && <path class="v-meter__tick" d="M29 36l6 6l11 -15" />}
    </svg>
  );
}
