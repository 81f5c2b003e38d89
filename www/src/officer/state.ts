import type { Alert, Deployment, Session, Zone } from "../api/types";
import type { Live, OwnCamera } from "../components/layout/layout";
import type { Paused } from "../lib/pause";
import { liveOf } from "../live/compared";
import { isElsewhere, type Holding } from "../live/one-camera";
import type { EngineState } from "../vision/protocol";

export type SessionState =
  | { kind: "unknown" }
  /** `paired`: whether the browser is a device of this server's; nothing until that is known. `elsewhere`: by another page of the browser. */
  | { kind: "signed_out"; paired?: boolean; elsewhere?: true }
  /** This screen has heard nothing of its server for too long. */
  | { kind: "locked" }
  | { kind: "signed_in"; session: Session };

export type DeploymentChoice =
  | { kind: "unknown" }
  | { kind: "none" }
  | { kind: "live"; deployment: Deployment; others: Deployment[] }
  | { kind: "ended"; deployment: Deployment };

export type CameraState =
  | { kind: "off" }
  | { kind: "starting" }
  | { kind: "on"; deviceId: string }
  | { kind: "denied" }
  /** The page is not a secure context, so the browser offers no camera at all. */
  | { kind: "insecure" }
  | { kind: "none" }
  | { kind: "lost" }
  | { kind: "busy" }
  | { kind: "paused" };

/** What the officer asked of this screen. */
export type Mode = "undecided" | "capture" | "alerts_only";

export type State = {
  session: SessionState;
  /** Whether the last thing asked of the server got any reply. */
  server: "unknown" | "reachable" | "lost";
  /** The server answers, but could not save or compare what it was last sent. */
  failing: boolean;
  /** The stream of events of the deployment. */
  stream: "idle" | "open" | "lost";
  deployment: DeploymentChoice;
  engine: EngineState;
  camera: CameraState;
  /** Which page of this browser has its camera. */
  holding: Holding;
  mode: Mode;
  /** Where faces count, of the live deployment; nothing is looked at before it is known. */
  zone: Zone | undefined;
  /** Oldest first, so that a new alert never moves the card under a finger. */
  alerts: Alert[];
  /** Whether these are all of the live deployment, and not only what was heard of since. */
  listed: boolean;
};

/** Alerts and zone belong to one deployment and whoever looks; another's must not stay on the screen. */
const BLANK = { zone: undefined, alerts: [], listed: false, stream: "idle" } satisfies Partial<State>;

export const initial: State = {
  session: { kind: "unknown" },
  server: "unknown",
  failing: false,
  stream: "idle",
  deployment: { kind: "unknown" },
  engine: { kind: "loading", progress: { done: 0, total: 0 } },
  camera: { kind: "off" },
  holding: "unknown",
  mode: "undecided",
  zone: undefined,
  alerts: [],
  listed: false,
};

export type Action =
  | { kind: "session"; session: SessionState }
  /** Of a browser in which nobody is signed in. */
  | { kind: "pairing"; paired: boolean }
  | { kind: "server"; server: "reachable" | "lost" }
  | { kind: "failing"; failing: boolean }
  /** That deployment's time is over, whatever the server can say of it. */
  | { kind: "time_over"; id: string }
  | { kind: "lease_over" }
  | { kind: "stream"; stream: State["stream"] }
  | { kind: "deployments"; deployments: Deployment[] }
  | { kind: "deployment_changed"; deployment: Deployment }
  | { kind: "choose"; id: string }
  | { kind: "engine"; state: EngineState }
  | { kind: "camera"; camera: CameraState }
  | { kind: "holding"; holding: Holding }
  | { kind: "mode"; mode: Mode }
  | { kind: "zone"; deployment: string; zone: Zone }
  /** `all`: of the deployment whose all they are. */
  | { kind: "alerts"; alerts: Alert[]; all?: string };

export type Dispatch = (action: Action) => void;

/** Puts alerts into a list. The later version of an alert wins, in whatever order replies and events arrive. */
export function withAlerts(list: Alert[], news: Alert[]): Alert[] {
  const byId = new Map(list.map((alert) => [alert.id, alert]));
  for (const alert of news) {
    const known = byId.get(alert.id);
    if (known === undefined || alert.version >= known.version) byId.set(alert.id, alert);
  }
  return [...byId.values()].sort((a, b) => Date.parse(a.raised_at) - Date.parse(b.raised_at) || (a.id < b.id ? -1 : 1));
}

function choose(state: State, deployments: Deployment[], preferred: string | undefined): State {
  // One that stands still is followed too: its alerts may wait, and it may go on.
  const live = deployments.filter(({ state: { kind } }) => kind === "live" || kind === "paused");
  const chosen = live.find(({ id }) => id === preferred) ?? live[0];
  if (chosen !== undefined) {
    const same = state.deployment.kind === "live" && state.deployment.deployment.id === chosen.id;
    return {
      ...state,
      deployment: { kind: "live", deployment: chosen, others: live.filter(({ id }) => id !== chosen.id) },
      ...(same ? {} : BLANK),
    };
  }
  const was = state.deployment;
  if (was.kind === "live" || was.kind === "ended") {
    const now = deployments.find(({ id }) => id === was.deployment.id) ?? was.deployment;
    return { ...state, deployment: { kind: "ended", deployment: now }, ...BLANK };
  }
  return { ...state, deployment: { kind: "none" }, ...BLANK };
}

function isAllowed(session: SessionState): boolean {
  // A browser that became a kiosk in another tab compares nobody here.
  return session.kind === "unknown" || (session.kind === "signed_in" && session.session.device != null && session.session.kiosk == null);
}

/** Another tab may have changed who is signed in, and nobody was signed out between. */
function isAnother(before: SessionState, now: SessionState): boolean {
  return before.kind === "signed_in" && now.kind === "signed_in" && before.session.user.id !== now.session.user.id;
}

/** Nothing of a sign-in that is being typed goes while it is asked again whether the browser is paired. */
function stillSignedOut(before: SessionState, now: SessionState): SessionState {
  return before.kind === "signed_out" && now.kind === "signed_out" ? { ...before, ...now } : now;
}

/** What this screen does. Whoever may not capture has alerts only, whatever the screen was asked for. */
export function modeOf({ mode, session, deployment }: State): Mode {
  const may = deployment.kind === "live" ? deployment.deployment.duties : session.kind === "signed_in" ? session.session.duties : undefined;
  return may === undefined || may.includes("capture") ? mode : "alerts_only";
}

/** Whether what is answered here reaches the server, and what others answer this screen, as far as is known. */
export function isConnected({ server, stream }: State): boolean {
  return server !== "lost" && stream !== "lost";
}

/** Whether whoever looks may see the alerts of the deployment that is live. */
export function seesAlerts({ deployment }: State): boolean {
  return deployment.kind === "live" && deployment.deployment.duties.includes("decide");
}

/** The deployment's time is over, and no server says what becomes of it. */
export function isLeftAlone({ server, deployment }: State): boolean {
  return server === "lost" && deployment.kind === "ended";
}

/** Whoever is not signed in on an officer's device of this server leaves nothing on it. Without a server the end of a deployment counts too. */
export function leavesNothing(state: State): boolean {
  const { session } = state;
  return session.kind === "locked" || (session.kind !== "unknown" && !isAllowed(session)) || isLeftAlone(state);
}

export function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case "session":
      // Whoever is not signed in has no business with what the screen still shows, nor has a device that is locked out, or somebody else.
      if (!isAllowed(action.session) || isAnother(state.session, action.session)) {
        return { ...state, session: stillSignedOut(state.session, action.session), deployment: { kind: "unknown" }, ...BLANK };
      }
      return { ...state, session: action.session };
    case "pairing":
      return state.session.kind === "signed_out" ? { ...state, session: { ...state.session, paired: action.paired } } : state;
    case "server":
      return state.server === action.server ? state : { ...state, server: action.server };
    case "failing":
      return state.failing === action.failing ? state : { ...state, failing: action.failing };
    case "time_over": {
      if (state.deployment.kind !== "live" || state.deployment.deployment.id !== action.id) return state;
      return choose(state, state.deployment.others, undefined);
    }
    case "lease_over":
      // Who is signed in is asked again once there is a server.
      return { ...state, session: { kind: "locked" }, server: "lost", deployment: { kind: "unknown" }, ...BLANK };
    case "stream":
      return { ...state, stream: action.stream };
    case "deployments":
      return choose(state, action.deployments, state.deployment.kind === "live" ? state.deployment.deployment.id : undefined);
    case "deployment_changed": {
      if (state.deployment.kind !== "live") return state;
      const { deployment, others } = state.deployment;
      const changed = [deployment, ...others].map((known) => (known.id === action.deployment.id ? action.deployment : known));
      return choose(state, changed, deployment.id);
    }
    case "choose":
      return state.deployment.kind === "live"
        ? choose(state, [state.deployment.deployment, ...state.deployment.others], action.id)
        : state;
    case "engine":
      return { ...state, engine: action.state };
    case "camera":
      return { ...state, camera: action.camera };
    case "holding":
      return { ...state, holding: action.holding };
    case "mode":
      return { ...state, mode: action.mode };
    case "zone":
      return state.deployment.kind === "live" && state.deployment.deployment.id === action.deployment ? { ...state, zone: action.zone } : state;
    case "alerts": {
      const current = state.deployment.kind === "live" ? state.deployment.deployment.id : undefined;
      const alerts = withAlerts(state.alerts, action.alerts.filter(({ deployment }) => deployment === current));
      return { ...state, alerts, listed: state.listed || (action.all !== undefined && action.all === current) };
    }
  }
}

/** What the banner says. Exactly one holds at any moment, the one that the officer must mend first. */
export type CaptureState =
  | { kind: "loading"; what: "page" | "models" | "warm_up" | "camera"; fraction?: number }
  /** `capturing`: the camera was to match. `elsewhere`: another page of this browser signed out. */
  | { kind: "signed_out"; capturing: boolean; elsewhere: boolean }
  | { kind: "not_paired" }
  | { kind: "locked" }
  /** `blind`: since it was loaded this page has had no server, so it knows neither who looks nor what waits. */
  | { kind: "no_server"; blind: boolean }
  | { kind: "server_failing" }
  | { kind: "no_deployment"; ended: boolean }
  | { kind: "engine_failed"; reason: Extract<EngineState, { kind: "failed" }>["reason"]; message: string }
  /** Of the live deployment this person sees no alerts. `unwatched`: no camera of any device looks, so that nobody is compared. */
  | { kind: "watching"; deployment: Deployment; unwatched: boolean }
  /** `elsewhere`: another page of this browser has its camera. */
  | { kind: "ready"; elsewhere: boolean; unwatched: boolean }
  | { kind: "alerts_only"; elsewhere: boolean; unwatched: boolean }
  /** This page was to have it. `taken`: and had it before. */
  | { kind: "elsewhere"; taken: boolean }
  | { kind: "no_camera" }
  | { kind: "denied"; why: "refused" | "insecure" }
  | { kind: "camera_lost"; why: "lost" | "busy" | "paused" }
  | { kind: "paused"; why: Paused }
  | { kind: "live"; deployment: Deployment };

export function captureState(state: State): CaptureState {
  const { session, server, stream, deployment, engine, camera, holding } = state;
  const mode = modeOf(state);
  const elsewhere = isElsewhere(holding);
  // Who has signed in here could do nothing before.
  if (session.kind === "signed_out") {
    return session.paired === false ? { kind: "not_paired" } : { kind: "signed_out", capturing: mode === "capture", elsewhere: session.elsewhere === true };
  }
  if (session.kind === "locked") return { kind: "locked" };
  if (server === "lost") return { kind: "no_server", blind: session.kind === "unknown" };
  if (session.kind === "unknown") return { kind: "loading", what: "page" };
  if (session.session.device == null) return { kind: "not_paired" };
  if (engine.kind === "failed" && mode !== "alerts_only") {
    return { kind: "engine_failed", reason: engine.reason, message: engine.message };
  }
  if (deployment.kind === "unknown") return { kind: "loading", what: "page" };
  if (deployment.kind !== "live") return { kind: "no_deployment", ended: deployment.kind === "ended" };
  const unwatched = liveOf([deployment.deployment]) === "unwatched";
  if (!seesAlerts(state)) return { kind: "watching", deployment: deployment.deployment, unwatched };
  if (stream === "lost") return { kind: "no_server", blind: false };
  if (deployment.deployment.state.kind === "paused") return { kind: "paused", why: deployment.deployment.state };
  if (mode === "alerts_only") return { kind: "alerts_only", elsewhere, unwatched };
  if (mode === "capture" && elsewhere) return { kind: "elsewhere", taken: holding === "taken" };
  if (engine.kind === "warming_up") return { kind: "loading", what: "warm_up" };
  if (engine.kind !== "ready") {
    const { done, total } = engine.kind === "loading" ? engine.progress : { done: 0, total: 0 };
    return { kind: "loading", what: "models", fraction: total > 0 ? Math.min(1, done / total) : 0 };
  }
  if (mode === "undecided") return { kind: "ready", elsewhere, unwatched };
  if (state.zone === undefined) return { kind: "loading", what: "page" };
  switch (camera.kind) {
    case "off":
    case "starting":
      return { kind: "loading", what: "camera" };
    case "denied":
      return { kind: "denied", why: "refused" };
    case "insecure":
      return { kind: "denied", why: "insecure" };
    case "none":
      return { kind: "no_camera" };
    case "lost":
    case "busy":
    case "paused":
      return { kind: "camera_lost", why: camera.kind };
    case "on":
      if (state.failing) return { kind: "server_failing" };
      return { kind: "live", deployment: deployment.deployment };
  }
}

/** What the page's header says of the camera: never that it matches where the state bar says that it doesn't. */
export function ownCamera(show: CaptureState): OwnCamera {
  if (show.kind !== "live") return "off";
  return show.deployment.sought > 0 ? "on" : "nobody";
}

/** What the page's header says of facial recognition, as every page's does. That this screen's own camera looks is known here first. */
export function liveHere(state: State, show: CaptureState): Live {
  const { deployment } = state;
  if (!isConnected(state) || deployment.kind === "unknown") return "unknown";
  if (show.kind === "live") return true;
  return deployment.kind === "live" ? liveOf([deployment.deployment, ...deployment.others]) : false;
}
