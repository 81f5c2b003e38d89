import { describe, expect, test } from "vitest";
import type { Alert, Deployment } from "../api/types";
import { alert as sample, decided as decidedSample } from "./sample";
import { captureState, initial, liveHere, modeOf, reduce, withAlerts, type Action, type State } from "./state";
import { WHOLE } from "./zone";

const pilot = (id: string, kind: "draft" | "live" | "paused" | "ended" = "live"): Deployment => ({
  id,
  name: `Pilot ${id}`,
  place: "Gate",
  created_at: "2026-11-23T09:00:00Z",
  ends_at: "2026-11-23T12:00:00Z",
  entries: 1,
  sought: 1,
  photos: 1,
  counters: { alerts: 0, lapsed: 0, withdrawn: 0, candidates: 0, faces_seen: 0, not_assessable: 0, kiosk: { visits: 0, unclear: 0, unproven: 0, staffed: 0 } },
  model: "0123456789abcdef",
  pipeline: 1,
  target_fpir_one_in: 6_000,
  duties: ["capture", "decide"],
  two_people: false,
  false_alert_level: "within",
  waiting: { alerts: 0, sights: 0, unwritten: 0, devices: 0, ailing: [] },
  course: [],
  pauses: [],
  complaints: 0, complaints_unrecorded: 0,
  state:
    kind === "live"
      ? { kind, started_at: "2026-11-23T10:00:00Z" }
      : kind === "paused"
        ? { kind, started_at: "2026-11-23T10:00:00Z", pause: { paused_at: "2026-11-23T10:30:00Z", cause: { kind: "false_alerts", false_alerts: 3, faces_seen: 900 } } }
      : kind === "ended"
        ? { kind, ended_at: "2026-11-23T11:00:00Z", reason: "time" }
        : { kind },
});

const alert = (id: string, version = 1, deployment = "a", raised_at = "2026-11-23T10:00:00Z"): Alert => sample(id, "t", { deployment, raised_at, version });

const run = (state: State, ...actions: Action[]) => actions.reduce(reduce, state);

const session: Action = {
  kind: "session",
  session: { kind: "signed_in", session: { user: { id: "u", name: "Ada", roles: [{ role: "operator" }] }, duties: ["capture", "decide"], device: { id: "d", name: "Tablet 1" } } },
};
const engineReady: Action = { kind: "engine", state: { kind: "ready", simd: "simd128", space: { model: "m", pipeline: 1 } } };
const live = run(
  initial,
  session,
  { kind: "server", server: "reachable" },
  { kind: "deployments", deployments: [pilot("a")] },
  { kind: "stream", stream: "open" },
  engineReady,
  { kind: "mode", mode: "capture" },
  { kind: "zone", deployment: "a", zone: WHOLE },
  { kind: "camera", camera: { kind: "on", deviceId: "c" } },
);

describe("the banner", () => {
  test("says live only when every part works", () => {
    expect(captureState(live).kind).toBe("live");
  });

  test("does not say live before the zone is known, and another pilot's zone is not this one's", () => {
    expect(captureState({ ...live, zone: undefined }).kind).toBe("loading");
    const both = run(live, { kind: "deployments", deployments: [pilot("a"), pilot("b")] }, { kind: "choose", id: "b" });
    expect(both.zone).toBeUndefined();
    expect(reduce(both, { kind: "zone", deployment: "a", zone: WHOLE }).zone).toBeUndefined();
    expect(reduce(both, { kind: "zone", deployment: "b", zone: WHOLE }).zone).toBe(WHOLE);
  });

  test.each<[string, Action, string]>([
    ["the camera is denied", { kind: "camera", camera: { kind: "denied" } }, "denied"],
    ["there is no camera", { kind: "camera", camera: { kind: "none" } }, "no_camera"],
    ["the camera is unplugged", { kind: "camera", camera: { kind: "lost" } }, "camera_lost"],
    ["another app has the camera", { kind: "camera", camera: { kind: "busy" } }, "camera_lost"],
    ["the server does not answer", { kind: "server", server: "lost" }, "no_server"],
    ["the events stop", { kind: "stream", stream: "lost" }, "no_server"],
    ["the server can't save", { kind: "failing", failing: true }, "server_failing"],
    ["the pilot's time is over while the server is away", { kind: "time_over", id: "a" }, "no_deployment"],
    ["the pilot ends", { kind: "deployment_changed", deployment: pilot("a", "ended") }, "no_deployment"],
    ["the pilot is paused", { kind: "deployment_changed", deployment: pilot("a", "paused") }, "paused"],
    ["nobody is signed in on a device of this server's", { kind: "session", session: { kind: "signed_out", paired: true } }, "signed_out"],
    ["nobody is signed in on a device that isn't paired", { kind: "session", session: { kind: "signed_out", paired: false } }, "not_paired"],
    ["nobody is signed in", { kind: "session", session: { kind: "signed_out" } }, "signed_out"],
    ["a model is corrupt", { kind: "engine", state: { kind: "failed", reason: "corrupt", message: "" } }, "engine_failed"],
    ["the engine still warms up", { kind: "engine", state: { kind: "warming_up" } }, "loading"],
  ])("does not say live when %s", (_, action, kind) => {
    expect(captureState(reduce(live, action)).kind).toBe(kind);
  });

  test("says that a device must be paired before it says anything of the camera", () => {
    const unpaired = reduce(live, { kind: "session", session: { kind: "signed_in", session: { user: { id: "u", name: "Ada", roles: [{ role: "operator" }] }, duties: ["capture", "decide"], device: null } } });
    expect(captureState(unpaired).kind).toBe("not_paired");
  });

  test("says which page of the browser has the camera, and that this one misses nothing", () => {
    const elsewhere = reduce(live, { kind: "holding", holding: "elsewhere" });
    expect(captureState(elsewhere)).toEqual({ kind: "elsewhere", taken: false });
    expect(captureState(reduce(live, { kind: "holding", holding: "taken" }))).toEqual({ kind: "elsewhere", taken: true });
    expect((["undecided", "alerts_only"] as const).map((mode) => captureState({ ...elsewhere, mode }))).toEqual([{ kind: "ready", elsewhere: true, unwatched: false }, { kind: "alerts_only", elsewhere: true, unwatched: false }]);
    // What is the device's as a whole comes first.
    expect(captureState(reduce(elsewhere, { kind: "server", server: "lost" })).kind).toBe("no_server");
    expect(captureState(reduce(live, { kind: "holding", holding: "held" })).kind).toBe("live");
  });

  test("says that another page signed out, and that nobody is matched, also once it hears whether the browser is paired", () => {
    const out = run(live, { kind: "session", session: { kind: "signed_out", elsewhere: true } }, { kind: "pairing", paired: true });
    expect(captureState(out)).toEqual({ kind: "signed_out", capturing: true, elsewhere: true });
    const again = run(out, session, { kind: "mode", mode: "undecided" }, { kind: "session", session: { kind: "signed_out" } });
    expect(captureState(again)).toEqual({ kind: "signed_out", capturing: false, elsewhere: false });
  });

  test("shows how much of the models has come", () => {
    const state = reduce(live, { kind: "engine", state: { kind: "loading", progress: { done: 30, total: 120 } } });
    expect(captureState(state)).toEqual({ kind: "loading", what: "models", fraction: 0.25 });
  });

  test("r42_nothing_starts_before_the_engine_is_warm", () => {
    const states = (["undecided", "capture"] as const).map((mode) => captureState({ ...live, mode, engine: { kind: "warming_up" } }));
    expect(states).toEqual([0, 1].map(() => ({ kind: "loading", what: "warm_up" })));
  });

  test("lets a screen without a working engine show alerts", () => {
    const state = run(live, { kind: "engine", state: { kind: "failed", reason: "unsupported", message: "" } }, { kind: "mode", mode: "alerts_only" });
    expect(captureState(state).kind).toBe("alerts_only");
  });
});

describe("what a person may do decides what the screen is for", () => {
  const may = (...duties: Deployment["duties"]) => run(live, { kind: "deployments", deployments: [{ ...pilot("a"), duties }] });

  test("who may not capture has alerts only, and no camera starts", () => {
    expect(modeOf(may("decide"))).toBe("alerts_only");
    expect(captureState(may("decide")).kind).toBe("alerts_only");
    expect(modeOf(may("decide", "capture"))).toBe("capture");
  });

  test("r5: who sees no alerts but may end it is told that it runs", () => {
    const commander = may("end");
    expect(captureState(commander).kind).toBe("watching");
    expect(captureState(reduce(commander, { kind: "server", server: "lost" })).kind).toBe("no_server");
  });
});

describe("the header", () => {
  const said = (state: State) => liveHere(state, captureState(state));
  const unwatched = { ...pilot("a"), waiting: { ...pilot("a").waiting, unwatched_since: "2026-11-23T10:05:00Z" } };

  test("r86 claims that faces are compared only where a camera looks, as the control room's does", () => {
    const alertsOnly = reduce(live, { kind: "mode", mode: "alerts_only" });
    expect(said(alertsOnly)).toBe(true);
    const blind = reduce(alertsOnly, { kind: "deployments", deployments: [unwatched] });
    expect([said(blind), captureState(blind)]).toEqual(["unwatched", { kind: "alerts_only", elsewhere: false, unwatched: true }]);
    // Another one beside it is watched.
    expect(said(reduce(blind, { kind: "deployments", deployments: [unwatched, pilot("b")] }))).toBe(true);
    // The server hears of this screen's own camera a moment later.
    expect(said(reduce(live, { kind: "deployments", deployments: [unwatched] }))).toBe(true);
  });

  test("says that nothing is live, or that nothing is known", () => {
    expect(said(reduce(live, { kind: "deployments", deployments: [pilot("a", "paused")] }))).toBe(false);
    expect(said(reduce(live, { kind: "deployments", deployments: [] }))).toBe(false);
    expect(said(reduce(live, { kind: "server", server: "lost" }))).toBe("unknown");
  });
});

describe("alerts", () => {
  test("the later version wins, whatever the order of arrival", () => {
    const decided: Alert = { ...decidedSample("1", "t", "false"), version: 3 };
    expect(withAlerts([alert("1", 1)], [decided, alert("1", 2)])).toEqual([decided]);
    expect(withAlerts([decided], [alert("1", 2)])).toEqual([decided]);
  });

  test("a new alert never comes before one that waits", () => {
    const first = alert("2", 1, "a", "2026-11-23T10:00:00Z");
    const second = alert("1", 1, "a", "2026-11-23T10:00:05Z");
    expect(withAlerts([first], [second]).map(({ id }) => id)).toEqual(["2", "1"]);
  });

  test("another deployment's alerts are not shown", () => {
    expect(reduce(live, { kind: "alerts", alerts: [alert("1", 1, "b")] }).alerts).toEqual([]);
  });

  test("nothing of a pilot stays on the screen after its end, nor after signing out", () => {
    const withOne = reduce(live, { kind: "alerts", alerts: [alert("1")] });
    expect(withOne.alerts).toHaveLength(1);
    expect(reduce(withOne, { kind: "deployment_changed", deployment: pilot("a", "ended") }).alerts).toEqual([]);
    expect(reduce(withOne, { kind: "deployments", deployments: [] }).alerts).toEqual([]);
    expect(reduce(withOne, { kind: "session", session: { kind: "signed_out" } }).alerts).toEqual([]);
  });

  test("a sign-in that is being typed stays while a server that was lost is asked anew whether this browser is paired", () => {
    for (const paired of [true, false]) {
      const typing = { ...initial, session: { kind: "signed_out" as const, paired } };
      expect(reduce(typing, { kind: "session", session: { kind: "signed_out" } }).session).toEqual({ kind: "signed_out", paired });
      expect(reduce(reduce(typing, { kind: "session", session: { kind: "signed_out" } }), { kind: "pairing", paired: !paired }).session).toEqual({ kind: "signed_out", paired: !paired });
    }
    expect(reduce(live, { kind: "session", session: { kind: "signed_out" } }).session).toEqual({ kind: "signed_out" });
  });

  test("r75: nothing stays on the screen of a device that is locked out, though somebody is signed in on it", () => {
    const withOne = reduce(live, { kind: "alerts", alerts: [alert("1")] });
    const signedIn = withOne.session.kind === "signed_in" ? withOne.session.session : undefined;
    expect(signedIn).toBeDefined();
    const session = { ...signedIn!, device: null };
    expect(reduce(withOne, { kind: "session", session: { kind: "signed_in", session } }).alerts).toEqual([]);
    expect(reduce(withOne, { kind: "session", session: { kind: "signed_in", session: signedIn! } }).alerts).toHaveLength(1);
  });

  test("r75: nothing that one person saw stays for the next, also where nobody was signed out between", () => {
    const withOne = run(live, { kind: "alerts", alerts: [alert("1")], all: "a" });
    const signedIn = withOne.session.kind === "signed_in" ? withOne.session.session : undefined;
    const otto = { ...signedIn!, user: { ...signedIn!.user, id: "otto" } };
    const next = reduce(withOne, { kind: "session", session: { kind: "signed_in", session: otto } });
    expect(next).toMatchObject({ session: { session: { user: { id: "otto" } } }, deployment: { kind: "unknown" }, alerts: [], listed: false, zone: undefined });
  });

  test("all alerts of a deployment are known once its list was heard, and not before or of another", () => {
    const heard = (all?: string) => reduce(live, { kind: "alerts", alerts: [alert("1")], ...(all !== undefined && { all }) });
    expect([heard().listed, heard("b").listed, heard("a").listed]).toEqual([false, false, true]);
    expect(reduce(heard("a"), { kind: "alerts", alerts: [alert("2")] }).listed).toBe(true);
    expect(run(heard("a"), { kind: "deployments", deployments: [pilot("b")] }).listed).toBe(false);
  });

  test("r121: a browser that became a kiosk in another tab compares nobody here, and shows no alert", () => {
    const withOne = reduce(live, { kind: "alerts", alerts: [alert("1")] });
    const signedIn = withOne.session.kind === "signed_in" ? withOne.session.session : undefined;
    const kiosk = reduce(withOne, { kind: "session", session: { kind: "signed_in", session: { ...signedIn!, kiosk: "a" } } });
    expect(kiosk.alerts).toEqual([]);
    expect(kiosk.deployment.kind).toBe("unknown");
  });

  test("a pause keeps what waits on the screen, and the pilot goes on by itself", () => {
    const withOne = reduce(live, { kind: "alerts", alerts: [alert("1")] });
    const paused = reduce(withOne, { kind: "deployment_changed", deployment: pilot("a", "paused") });
    expect(paused.alerts).toHaveLength(1);
    expect(captureState(reduce(paused, { kind: "deployments", deployments: [pilot("a", "paused")] })).kind).toBe("paused");
    expect(captureState(reduce(paused, { kind: "deployment_changed", deployment: pilot("a") })).kind).toBe("live");
  });

  test("asking for the list again keeps the alerts of the same pilot", () => {
    const withOne = reduce(live, { kind: "alerts", alerts: [alert("1")] });
    expect(reduce(withOne, { kind: "deployments", deployments: [pilot("b"), pilot("a")] }).alerts).toHaveLength(1);
  });
});

describe("the deployment", () => {
  test("a draft is not followed", () => {
    expect(run(initial, { kind: "deployments", deployments: [pilot("a", "draft")] }).deployment.kind).toBe("none");
  });

  test("the next pilot is taken after one has ended", () => {
    const ended = reduce(live, { kind: "deployment_changed", deployment: pilot("a", "ended") });
    const next = reduce(ended, { kind: "deployments", deployments: [pilot("b"), pilot("a", "ended")] });
    expect(next.deployment).toMatchObject({ kind: "live", deployment: { id: "b" } });
  });

  test("choosing another live pilot drops the alerts of the first", () => {
    const two = run(live, { kind: "deployments", deployments: [pilot("b"), pilot("a")] }, { kind: "alerts", alerts: [alert("1")] });
    const chosen = reduce(two, { kind: "choose", id: "b" });
    expect(chosen.deployment).toMatchObject({ kind: "live", deployment: { id: "b" } });
    expect(chosen.alerts).toEqual([]);
  });

  test("of a pilot whose time is over leave the screen though the server can't say so", () => {
    const shown = run(live, { kind: "alerts", alerts: [alert("1")] }, { kind: "server", server: "lost" });
    expect(shown.alerts).toHaveLength(1);
    expect(run(shown, { kind: "time_over", id: "b" }).alerts).toHaveLength(1);
    expect(run(shown, { kind: "time_over", id: "a" }).alerts).toHaveLength(0);
  });
});
