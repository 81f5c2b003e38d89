import { useEffect, useRef } from "preact/hooks";
import { api, ask } from "../api/client";
import type { Deployment, Heartbeat } from "../api/types";
import { cameraSaid, Frames } from "./frames";
import type { CameraState } from "./state";
import type { Tablet } from "./use-tablet";

/** The server alarms whoever runs the deployment where it hears nothing for three of these. */
const EVERY_MS = 2_000;

type Watching = {
  deployment: Deployment | undefined;
  /** Nothing is said while the screen gets ready: its camera would seem to stand still. */
  settled: boolean;
  /** Whether there is a server, and somebody signed in. */
  reachable: boolean;
  camera: CameraState;
  /** Pictures that were looked at so far. */
  frames: number | undefined;
  /** Of the engine, where this screen has one. */
  space: { model: string; pipeline: number } | undefined;
  tablet: Tablet;
};

/**
 * Says every two seconds how this device is doing (R129): no face, and nothing made from one. Whoever is about to sign out calls
 * what is returned, while the server still listens: a device that leaves is not silent.
 */
export function useHeartbeat({ deployment, settled, ...said }: Watching): () => Promise<void> {
  const latest = useRef({ ...said, deployment });
  latest.current = { ...said, deployment };
  const sent = useRef<Promise<unknown>>(Promise.resolve());
  const seen = useRef(new Frames());

  const on = settled && said.camera.kind === "on";
  useEffect(() => {
    if (on) seen.current.start(performance.now());
  }, [on]);

  const id = deployment !== undefined && deployment.state.kind === "live" && deployment.duties.includes("capture") ? deployment.id : undefined;
  useEffect(() => {
    if (id === undefined || !settled) return undefined;
    // What is lost on the way is not sent again: the next one says more.
    const say = () => {
      const body = beat(latest.current, seen.current);
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
    const body = beat({ ...latest.current, camera: { kind: "off" } }, seen.current);
    if (body !== undefined) await tell(from, body, true);
  };
  useEffect(() => (id === undefined ? undefined : () => void leave(id)), [id]);
  return async () => {
    if (id !== undefined) await leave(id);
  };
}

/** `last`: it is sent even if the page goes meanwhile. */
function tell(id: string, body: Heartbeat, last = false): Promise<unknown> {
  return ask(api.PUT("/v1/deployments/{id}/heartbeat", { params: { path: { id } }, body, keepalive: last }));
}

function beat({ camera: state, frames, space, tablet }: Pick<Watching, "camera" | "frames" | "space" | "tablet">, seen: Frames): Heartbeat | undefined {
  const camera = cameraSaid(state);
  if (camera === undefined) return undefined;
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
