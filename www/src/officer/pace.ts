import type { Heartbeat as Said } from "../api/types";
import type { CameraState } from "./state";

/** Pictures are counted over so long. */
const COUNTED_MS = 5_000;

/** What the camera is doing, as the server names it; nothing while that is about to change. */
export function cameraSaid({ kind }: CameraState): Said["camera"] | undefined {
  switch (kind) {
    case "on":
      return "running";
    case "off":
      return "off";
    case "denied":
    case "insecure":
      return "refused";
    case "none":
      return "missing";
    case "busy":
      return "busy";
    // Muted by the system: no picture comes.
    case "paused":
    case "lost":
      return "lost";
    case "starting":
      return undefined;
  }
}

/** Counts pictures that were looked at, on a clock in milliseconds that never steps back. */
export class Pace {
  #times: number[] = [];
  /** Since when pictures are expected. */
  #since = 0;

  start(now: number): void {
    this.#times = [];
    this.#since = now;
  }

  frame(now: number): void {
    this.#times.push(now);
    while ((this.#times[0] ?? now) < now - COUNTED_MS) this.#times.shift();
  }

  perSecond(now: number): number {
    const counted = Math.min(COUNTED_MS, now - this.#since);
    const recent = this.#times.filter((time) => time > now - COUNTED_MS);
    return counted <= 0 ? 0 : (1000 * recent.length) / counted;
  }

  /** Since the last picture, or since one was expected. */
  sinceFrame(now: number): number {
    return now - Math.max(this.#times.at(-1) ?? 0, this.#since);
  }
}
