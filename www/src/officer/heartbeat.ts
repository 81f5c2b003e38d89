import { useEffect, useRef } from "preact/hooks";
import type { Deployment, Heartbeat } from "../api/types";
import { Frames } from "../live/frames";
import { AMISS, beat, EVERY_MS, tell, type Space } from "../live/heartbeat";
import type { Tablet } from "../live/use-tablet";
import type { CameraState } from "./state";

type Watching = {
  deployment: Deployment | undefined;
  /** Nothing is said while the screen gets ready: its camera would seem to stand still. */
  settled: boolean;
  /** Whether there is a server, and somebody signed in. */
  reachable: boolean;
  camera: CameraState;
  /** Pictures that were looked at so far. */
  frames: number | undefined;
  space: Space | undefined;
  tablet: Tablet;
};

/**
 * Says every two seconds how this device is doing (R129): no face, and nothing made from one. Whoever is about to sign out calls
 * what is returned, while the server still listens: a device that leaves is not silent.
 */
export function useHeartbeat({ deployment, settled, ...rest }: Watching): () => Promise<void> {
  const latest = useRef({ ...rest, deployment });
  latest.current = { ...rest, deployment };
  const sent = useRef<Promise<unknown>>(Promise.resolve());
  const seen = useRef(new Frames());

  const on = settled && rest.camera.kind === "on";
  useEffect(() => {
    if (on) seen.current.start(performance.now());
  }, [on]);

  const id = deployment !== undefined && deployment.state.kind === "live" && deployment.duties.includes("capture") ? deployment.id : undefined;
  useEffect(() => {
    if (id === undefined || !settled) return undefined;
    // What is lost on the way is not sent again: the next one says more.
    const say = () => {
      const body = said(latest.current, seen.current);
      if (body !== undefined) sent.current = tell(id, body);
    };
    say();
    const timer = setInterval(say, EVERY_MS);
    return () => clearInterval(timer);
  }, [id, settled]);

  const leave = async (from: string) => {
    const { reachable, deployment: now } = latest.current;
    // One that is not live forgets its devices. Without a server the device is silent indeed.
    if (!reachable || now === undefined || (now.id === from && now.state.kind !== "live")) return;
    // After the one under way, which says otherwise.
    await sent.current;
    const body = said({ ...latest.current, camera: { kind: "off" } }, seen.current);
    if (body !== undefined) await tell(from, body, true);
  };
  useEffect(() => (id === undefined ? undefined : () => void leave(id)), [id]);
  return async () => {
    if (id !== undefined) await leave(id);
  };
}

function said({ camera: state, frames, space, tablet }: Pick<Watching, "camera" | "frames" | "space" | "tablet">, seen: Frames): Heartbeat | undefined {
  const camera = cameraSaid(state);
  return camera === undefined ? undefined : beat(camera, seen, frames, space, tablet);
}

/** What the camera is doing, as the server names it; nothing while that is about to change. */
export function cameraSaid({ kind }: CameraState): Heartbeat["camera"] | undefined {
  switch (kind) {
    case "on":
      return "running";
    case "off":
      return "off";
    // Muted by the system: no picture comes.
    case "paused":
    case "lost":
      return "lost";
    case "starting":
      return undefined;
    default:
      return AMISS[kind];
  }
}
