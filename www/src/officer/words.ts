import type { Tone } from "../components/banner/banner";
import { pauseText } from "../lib/pause";
import { strings } from "../strings";
import type { CaptureState } from "./state";

export type Words = { tone: Tone; title: string; text: string };

/** What the state bar says: each state has its own message, and what to do next. */
export function words(state: CaptureState): Words {
  const all = strings.officer.states;
  const { tab } = strings.onDuty;
  const { unwatched } = strings;
  switch (state.kind) {
    case "loading":
      if (state.what === "warm_up") return { tone: "waiting", ...all.warming_up };
      if (state.what === "camera") return { tone: "waiting", ...all.starting };
      if (state.what === "page") return { tone: "waiting", ...all.connecting };
      return { tone: "waiting", ...all.loading(Math.floor((state.fraction ?? 0) * 100)) };
    case "watching":
      if (state.unwatched) return { tone: "stopped", title: strings.badge.unwatched, text: `${unwatched.title}. ${unwatched.todo}` };
      return { tone: "live", ...all.watching };
    case "ready":
      if (state.unwatched) return { tone: "ready", title: strings.badge.unwatched, text: `${unwatched.title}. ${state.elsewhere ? tab.ready : unwatched.ready}` };
      return { tone: "ready", ...all.ready, ...(state.elsewhere ? { text: tab.ready } : {}) };
    case "alerts_only":
      if (state.unwatched) return { tone: "stopped", title: strings.badge.unwatched, text: `${unwatched.title}. ${state.elsewhere ? unwatched.elsewhere : unwatched.alertsOnly}` };
      return { tone: "ready", ...all.alerts_only, ...(state.elsewhere ? { text: tab.alertsOnly } : {}) };
    case "elsewhere":
      return { tone: "ready", ...(state.taken ? tab.taken : tab.elsewhere) };
    case "paused":
      return { tone: "stopped", ...all.paused(pauseText(state.why)) };
    case "live":
      if (state.deployment.sought > 0) return { tone: "live", ...all.live };
      return { tone: "stopped", title: strings.owed.nobodyTitle(state.deployment.entries), text: strings.owed.nobodyText(state.deployment.entries) };
    case "no_camera":
      return { tone: "stopped", ...all.no_camera };
    case "denied":
      return { tone: "stopped", ...(state.why === "insecure" ? all.insecure : all.denied) };
    case "camera_lost":
      return { tone: "stopped", ...{ lost: all.camera_lost, busy: all.camera_busy, paused: all.camera_paused }[state.why] };
    case "locked":
      return { tone: "stopped", ...all.locked };
    case "no_server":
      return { tone: "stopped", ...(state.blind ? all.no_server_yet : all.no_server) };
    case "server_failing":
      return { tone: "stopped", ...all.server_failing };
    case "no_deployment":
      return { tone: "stopped", ...(state.ended ? all.ended : all.no_deployment) };
    case "not_paired":
      return { tone: "stopped", ...all.not_paired };
    case "signed_out":
      return { tone: "stopped", title: all.signed_out.title, text: [state.capturing && tab.notMatching, state.elsewhere && tab.signedOut, all.signed_out.text].filter(Boolean).join(" ") };
    case "engine_failed":
      return { tone: "stopped", ...all[`engine_${state.reason}`] };
  }
}

/** A finer name of the state, where several share one. */
export function detailOf(state: CaptureState): string | undefined {
  switch (state.kind) {
    case "loading":
      return state.what;
    case "denied":
    case "camera_lost":
      return state.why;
    case "engine_failed":
      return state.reason;
    case "no_deployment":
      return state.ended ? "ended" : "none";
    case "no_server":
      return state.blind ? "blind" : undefined;
    case "live":
      if (state.deployment.sought > 0) return undefined;
      return state.deployment.entries === 0 ? "nobody" : "undecided";
    case "elsewhere":
      return state.taken ? "taken" : undefined;
    case "watching":
      return state.unwatched ? "unwatched" : undefined;
    case "ready":
    case "alerts_only":
      return [state.unwatched && "unwatched", state.elsewhere && "elsewhere"].filter(Boolean).join(" ") || undefined;
    case "signed_out":
      return [state.capturing && "stopped", state.elsewhere && "elsewhere"].filter(Boolean).join(" ") || undefined;
    default:
      return undefined;
  }
}
