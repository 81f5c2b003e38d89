import { api, ask } from "../api/client";
import type { Heartbeat } from "../api/types";
import type { NoCamera } from "./camera";
import type { Frames } from "./frames";
import type { Tablet } from "./use-tablet";

/** The server alarms whoever runs the deployment where it hears nothing for three of these. */
export const EVERY_MS = 2_000;

/** Why a camera is not to be had, as the server names it. */
export const AMISS: Record<NoCamera, Heartbeat["camera"]> = { denied: "refused", insecure: "refused", none: "missing", busy: "busy" };

/** Of the engine, where this screen has one. */
export type Space = { model: string; pipeline: number };

/** How this device is doing (R129): no face, and nothing made from one. `frames`: pictures that were looked at so far. */
export function beat(camera: Heartbeat["camera"], seen: Frames, frames: number | undefined, space: Space | undefined, tablet: Tablet): Heartbeat {
  const now = performance.now();
  if (frames !== undefined) seen.count(frames, now);
  const running = camera === "running";
  return {
    camera,
    frames_per_second: running ? Number(seen.perSecond().toFixed(1)) : 0,
    milliseconds_since_frame: running ? Math.round(seen.sinceFrame(now)) : null,
    battery: tablet.battery ?? null,
    heat: tablet.pressure ?? null,
    model: space?.model ?? null,
    pipeline: space?.pipeline ?? null,
  };
}

/** `last`: it is sent even if the page goes meanwhile. */
export function tell(id: string, body: Heartbeat, last = false): Promise<unknown> {
  return ask(api.PUT("/v1/deployments/{id}/heartbeat", { params: { path: { id } }, body, keepalive: last }));
}
