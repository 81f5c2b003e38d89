import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Vision } from "../vision/client";
import { now, type Counts, type EngineFailure } from "../vision/protocol";
import { keepAwake } from "./attention";
import { Camera } from "./camera";
import { Meter, type Reading } from "./meter";
import { draw, wipe } from "./overlay";
import { PaceOf, type Pace } from "./pace";
import { captureState, modeOf, type Dispatch, type State } from "./state";
import type { Following } from "./use-deployment";
import { useInSight } from "./use-in-sight";
import type { Server } from "./use-server";

/** Models that did not arrive are asked for again after this, then after twice as long, and so on up to the most. */
const LOAD_AGAIN_MS = 1_000;
const LOAD_AGAIN_MOST_MS = 30_000;
const STEADY_AFTER_MS = 60_000;
/** What may be well again without anybody's doing. */
const MENDS = new Set<EngineFailure>(["unreachable", "crashed"]);
/** Figures are for people, who read no faster. */
const FIGURES_MS = 500;
/** A picture that is older shows nothing that is so now. */
const STALE_MS = 3_000;

export type Figures = { counts: Counts; reading: Reading; pace: Pace | undefined };
type Size = { width: number; height: number };

export type Capture = {
  video: RefObject<HTMLVideoElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  /** The size of the camera's frames, while there is a picture of them. */
  picture: Size | undefined;
  figures: Figures | undefined;
  devices: MediaDeviceInfo[];
  deviceId: string;
  choose: (deviceId: string) => void;
  /** Asks for the camera again. */
  retryCamera: () => void;
  /** Loads the engine again. */
  retryEngine: () => void;
};

/** The engine and the camera. `watched`: whether the camera's picture has a place on the screen. */
export function useCapture(state: State, dispatch: Dispatch, watched: boolean, { loadSession, checkHealth }: Server, { loadDeployments }: Following): Capture {
  const [stream, setStream] = useState<MediaStream>();
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const [deviceId, setDeviceId] = useState("");
  const [picture, setPicture] = useState<Size>();
  const [figures, setFigures] = useState<Figures>();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const vision = useRef<Vision>(undefined);
  const camera = useRef<Camera>(undefined);

  const show = captureState(state);
  const live = show.kind === "live";
  const mode = modeOf(state);
  const { zone } = state;
  const signedIn = state.session.kind === "signed_in" ? state.session.session : undefined;
  const device = signedIn?.device?.id;
  const deployment = state.deployment.kind === "live" ? state.deployment.deployment.id : undefined;
  const serverLost = state.server === "lost";
  const session = state.session.kind;

  // What arrives with every frame stays out of the components, which are drawn anew much less often.
  const latest = useRef({ live, smallest: zone?.smallest ?? 0, counts: undefined as Counts | undefined, shownAt: 0, meter: new Meter(), pace: new PaceOf() });
  latest.current.live = live;
  latest.current.smallest = zone?.smallest ?? 0;

  const inSight = useInSight(video, watched && device !== undefined);
  const blank = () => {
    if (canvas.current !== null) wipe(canvas.current);
    setPicture(undefined);
  };

  useEffect(() => {
    camera.current = new Camera({ onState: (next) => dispatch({ kind: "camera", camera: next }), onStream: setStream, onDevices: setDevices });
  }, []);

  useEffect(() => {
    // An officer who only reads alerts needs no engine, and its ten megabytes need not be fetched. A page that captures by its address was
    // most likely loaded anew, or opened again on a tablet: the engine needn't wait for the server to say who is signed in.
    const wanted = device === undefined ? session === "unknown" && mode === "capture" : mode !== "alerts_only";
    if (!wanted || vision.current !== undefined) return;
    vision.current = new Vision((message) => {
      const here = latest.current;
      switch (message.kind) {
        case "engine":
          dispatch({ kind: "engine", state: message.state });
          // An engine that stopped looks at nothing, so there is nothing to show.
          if (message.state.kind === "failed") blank();
          break;
        case "faces":
          here.counts = message.counts;
          if (message.width === 0) blank();
          else here.meter.see(message.faces, message, here.smallest, message.takenAt);
          break;
        case "picture": {
          const { width, height } = message;
          here.shownAt = now();
          if (canvas.current !== null) draw(canvas.current, message.picture, message.faces, message, here.live);
          message.picture.close();
          setPicture((before) => (before?.width === width && before.height === height ? before : { width, height }));
          break;
        }
        case "stream_ended":
          camera.current?.lost();
          break;
        case "sent":
          if (message.outcome.kind === "answered") dispatch({ kind: "failing", failing: false });
          if (message.outcome.kind === "unreachable") void checkHealth();
          if (message.outcome.kind === "refused") {
            const { status, slug } = message.outcome;
            if (status >= 500) dispatch({ kind: "failing", failing: true });
            else if (slug === "model-mismatch") dispatch({ kind: "engine", state: { kind: "failed", reason: "mismatch", message: slug } });
            else if (status === 401 || status === 403) void loadSession();
            else if (slug === "deployment-not-live" || slug === "deployment-ended") void loadDeployments();
          }
          break;
        default:
          break;
      }
    }, "tablet");
  }, [device, mode, session]);

  const { engine } = state;
  const loads = useRef(0);
  useEffect(() => {
    if (engine.kind === "ready") {
      // One that stops again and again is started less and less often.
      const timer = setTimeout(() => (loads.current = 0), STEADY_AFTER_MS);
      return () => clearTimeout(timer);
    }
    if (serverLost || engine.kind !== "failed" || !MENDS.has(engine.reason)) return undefined;
    const timer = setTimeout(() => vision.current?.load(), Math.min(LOAD_AGAIN_MOST_MS, LOAD_AGAIN_MS * 2 ** loads.current));
    loads.current += 1;
    return () => clearTimeout(timer);
  }, [serverLost, engine]);

  const capturing = mode === "capture" && state.holding === "held" && show.kind !== "paused" && deployment !== undefined && signedIn !== undefined && zone !== undefined;
  useEffect(() => {
    if (!capturing) return undefined;
    camera.current?.start(deviceId);
    return () => camera.current?.stop();
  }, [capturing, deviceId]);

  const engineReady = engine.kind === "ready";
  const cameraOn = state.camera.kind === "on" || state.camera.kind === "paused";
  useEffect(() => {
    const element = video.current;
    const track = stream?.getVideoTracks()[0];
    if (element === null || stream === undefined || track === undefined || !cameraOn) return undefined;
    element.srcObject = stream;
    void element.play().catch(() => undefined);
    if (engineReady) vision.current?.start(element, track);
    return () => {
      vision.current?.stop();
      element.srcObject = null;
    };
  }, [stream, cameraOn, engineReady]);

  useEffect(() => {
    vision.current?.setDeployment(capturing && deployment !== undefined && zone !== undefined ? { id: deployment, zone } : undefined);
  }, [capturing, deployment, zone, device]);

  useEffect(() => {
    vision.current?.show(inSight && capturing);
    if (!inSight) blank();
  }, [inSight, capturing, device, mode]);

  const pictured = picture !== undefined;
  useEffect(() => {
    if (!pictured) return undefined;
    const timer = setInterval(() => latest.current.shownAt < now() - STALE_MS && blank(), FIGURES_MS);
    return () => clearInterval(timer);
  }, [pictured]);

  useEffect(() => {
    if (!live) return undefined;
    const { meter, pace } = latest.current;
    meter.clear();
    pace.clear();
    const timer = setInterval(() => {
      const { counts } = latest.current;
      const at = now();
      if (counts === undefined) return;
      pace.add({ at, seen: counts.seen, notAssessable: counts.notAssessable });
      setFigures({ counts, reading: meter.read(at), pace: pace.read() });
    }, FIGURES_MS);
    return () => {
      clearInterval(timer);
      setFigures(undefined);
    };
  }, [live, deployment]);

  const awake = live || mode === "alerts_only" || show.kind === "elsewhere";
  useEffect(() => (awake ? keepAwake() : undefined), [awake]);

  return {
    video,
    canvas,
    picture,
    figures,
    devices,
    deviceId: deviceId !== "" ? deviceId : state.camera.kind === "on" ? state.camera.deviceId : "",
    choose: setDeviceId,
    retryCamera: () => camera.current?.start(deviceId),
    retryEngine: () => vision.current?.load(),
  };
}
