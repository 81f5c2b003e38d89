import { useEffect, useRef } from "preact/hooks";
import type { Heartbeat } from "../api/types";
import type { NoCamera } from "../live/camera";
import { Frames } from "../live/frames";
import { AMISS, beat, EVERY_MS, tell, type Space } from "../live/heartbeat";
import type { Tablet } from "../live/use-tablet";

export type Lane = {
  /** While the lane is open; of what is closed nobody waits to hear. */
  deployment: string | undefined;
  /** Somebody stands before the camera. */
  running: boolean;
  /** Why its camera is not to be had, where it isn't. */
  camera: NoCamera | undefined;
  /** Pictures that were looked at so far. */
  frames: () => number | undefined;
  space: Space | undefined;
  tablet: Tablet;
};

/** A kiosk's camera is on only while a visitor is there; that it could not be is told all the same. */
function cameraSaid({ running, camera }: Pick<Lane, "running" | "camera">): Heartbeat["camera"] {
  if (running) return "running";
  return camera === undefined ? "waiting" : AMISS[camera];
}

/** Says every two seconds how this kiosk is doing (R129). Whoever signs in on it ends that, and the server knows. */
export function useHeartbeat(lane: Lane): void {
  const latest = useRef(lane);
  latest.current = lane;
  const seen = useRef(new Frames());

  const { deployment, running } = lane;
  useEffect(() => {
    if (running) seen.current.start(performance.now());
  }, [running]);
  useEffect(() => {
    if (deployment === undefined) return undefined;
    // What is lost on the way is not sent again: the next one says more.
    const say = () => {
      const { frames, space, tablet } = latest.current;
      void tell(deployment, beat(cameraSaid(latest.current), seen.current, frames(), space, tablet));
    };
    say();
    const timer = setInterval(say, EVERY_MS);
    return () => clearInterval(timer);
  }, [deployment]);
}
