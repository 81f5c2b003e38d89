import { render } from "preact";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { Alert, Deployment, Session, Zone } from "../api/types";
import { Banner, type Tone } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { SelectField } from "../components/field/field";
import { Layout } from "../components/layout/layout";
import { SignIn } from "../components/sign-in";
import { follow } from "../live/events";
import { pauseText } from "../lib/pause";
import { keepShell } from "../lib/shell";
import { strings } from "../strings";
import { Vision } from "../vision/client";
import type { Counts, EngineFailure } from "../vision/protocol";
import { AlertCard } from "./alert-card";
import { Attention, keepAwake, vibrates } from "./attention";
import { Camera } from "./camera";
import { conflicts, type Conflict } from "./conflict";
import { drawFaces } from "./overlay";
import { Receipts } from "./receipts";
import { callFor, isNews, queue, stepOf, type Step, type Waiting } from "./steps";
import { Stop } from "./stop";
import { Unfinished } from "./unfinished";
import { ZoneForm, ZoneHandles, ZoneOutline } from "./zone-editor";
import { isWhole } from "./zone";
import { captureState, initial, modeOf, reduce, seesAlerts, type CaptureState, type Mode } from "./state";

const HEALTH_MS = 5_000;
const HEALTH_WHEN_LOST_MS = 2_000;
const DEPLOYMENTS_MS = 4_000;
/** What waits calls again after this, and sooner where the server says that nobody came. */
const CALL_AGAIN_MS = { waits: 10_000, urgent: 5_000 };
const FLASH_MS = 1_500;
/** Models that did not arrive are asked for again after this, then after twice as long, and so on up to the most. */
const LOAD_AGAIN_MS = 1_000;
const ZONE_AGAIN_MS = 2_000;
const LOAD_AGAIN_MOST_MS = 30_000;
const STEADY_AFTER_MS = 60_000;
/** What may be well again without anybody's doing. */
const MENDS = new Set<EngineFailure>(["unreachable", "crashed"]);
/** So long after the end of a deployment the server still takes what came of its matches. */
const WRITTEN_WITHIN_MS = 24 * 3_600_000;
/** How often a screen without a server looks whether the pilot's time is over. */
const TIME_OVER_MS = 2_000;

/** What the screen was doing is in its address, so that a reload goes on with it; nothing is stored. */
function modeFromAddress(): Mode {
  if (location.hash === "#live") return "capture";
  return location.hash === "#alerts" ? "alerts_only" : "undecided";
}

/** States in which an alert may come, so that its sound is worth a button. */
const SOUNDING = new Set<CaptureState["kind"]>(["live", "paused", "alerts_only", "camera_lost", "no_camera", "denied", "no_server", "server_failing", "engine_failed"]);

type Words = { tone: Tone; title: string; text: string };

function words(state: CaptureState): Words {
  const all = strings.officer.states;
  switch (state.kind) {
    case "loading":
      if (state.what === "warm_up") return { tone: "waiting", ...all.warming_up };
      if (state.what === "camera") return { tone: "waiting", ...all.starting };
      if (state.what === "page") return { tone: "waiting", ...all.connecting };
      return { tone: "waiting", ...all.loading(Math.floor((state.fraction ?? 0) * 100)) };
    case "watching":
      return { tone: "live", ...all.watching(state.deployment.name, state.deployment.place) };
    case "ready":
      return { tone: "ready", ...all.ready };
    case "alerts_only":
      return { tone: "ready", ...all.alerts_only };
    case "paused":
      return { tone: "stopped", ...all.paused(pauseText(state.why)) };
    case "live":
      return { tone: "live", ...all.live(state.deployment.name, state.deployment.place) };
    case "no_camera":
      return { tone: "stopped", ...all.no_camera };
    case "denied":
      return { tone: "stopped", ...(state.why === "insecure" ? all.insecure : all.denied) };
    case "camera_lost":
      return { tone: "stopped", ...{ lost: all.camera_lost, busy: all.camera_busy, paused: all.camera_paused }[state.why] };
    case "no_server":
      return { tone: "stopped", ...all.no_server };
    case "server_failing":
      return { tone: "stopped", ...all.server_failing };
    case "no_deployment":
      return { tone: "stopped", ...(state.ended ? all.ended : all.no_deployment) };
    case "not_paired":
      return { tone: "stopped", ...all.not_paired };
    case "signed_out":
      return { tone: "stopped", ...all.signed_out };
    case "engine_failed":
      return { tone: "stopped", ...all[`engine_${state.reason}`] };
  }
}

function Officer() {
  const [state, dispatch] = useReducer(reduce, { ...initial, mode: modeFromAddress() });
  const [stream, setStream] = useState<MediaStream>();
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const [deviceId, setDeviceId] = useState("");
  const [counts, setCounts] = useState<Counts>();
  const [sound, setSound] = useState<"on" | "off" | "blocked">("blocked");
  const [flash, setFlash] = useState(false);
  /** Deployments that have ended, of which something can still be written down. */
  const [ended, setEnded] = useState<Deployment[]>([]);
  const [picture, setPicture] = useState<{ width: number; height: number }>();
  /** The zone as it is being changed; nothing while it is not. */
  const [draft, setDraft] = useState<{ zone: Zone; corner: number }>();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const attention = useMemo(() => new Attention(), []);

  const show = captureState(state);
  const mode = modeOf(state);
  const signedIn = state.session.kind === "signed_in" ? state.session.session : undefined;
  const deviceName = signedIn?.device ?? undefined;
  const deployment = state.deployment.kind === "live" ? state.deployment.deployment.id : undefined;
  const serverLost = state.server === "lost";
  const reads = seesAlerts(state);

  useEffect(() => {
    // What is brought up must stand below the banner, however many lines it has.
    const banner = document.querySelector<HTMLElement>(".v-banner");
    if (banner === null) return undefined;
    const observer = new ResizeObserver(() => document.documentElement.style.setProperty("--banner-height", `${banner.offsetHeight}px`));
    observer.observe(banner);
    return () => observer.disconnect();
  }, []);

  // The session and the server

  const loadSession = useCallback(async () => {
    const result = await ask(api.GET("/v1/session"));
    if (result.ok) {
      dispatch({ kind: "server", server: "reachable" });
      dispatch({ kind: "session", session: { kind: "signed_in", session: result.value } });
    } else if (hasStatus(result.problem, 401)) {
      dispatch({ kind: "server", server: "reachable" });
      dispatch({ kind: "session", session: { kind: "signed_out" } });
    } else if (result.problem.kind === "unreachable") {
      dispatch({ kind: "server", server: "lost" });
    }
  }, []);

  const checkHealth = useCallback(async () => {
    const reply = await fetch("/v1/health", { cache: "no-store", signal: AbortSignal.timeout(4_000) }).catch(() => undefined);
    dispatch({ kind: "server", server: reply?.ok === true ? "reachable" : "lost" });
  }, []);

  useEffect(() => {
    const timer = setInterval(() => void checkHealth(), serverLost ? HEALTH_WHEN_LOST_MS : HEALTH_MS);
    // Also when the server is back: the session may be gone, or the page may never have had one.
    if (!serverLost) void loadSession();
    return () => clearInterval(timer);
  }, [serverLost]);

  // The deployment, its alerts and its events

  const loadDeployments = useCallback(async () => {
    const result = await ask(api.GET("/v1/deployments"));
    if (result.ok) {
      dispatch({ kind: "deployments", deployments: result.value });
      setEnded(result.value.filter(isStillWritten));
    } else if (hasStatus(result.problem, 401)) void loadSession();
    else if (result.problem.kind === "unreachable") dispatch({ kind: "server", server: "lost" });
  }, []);

  const loadAlerts = useCallback(async (id: string) => {
    const result = await ask(api.GET("/v1/deployments/{id}/alerts", { params: { path: { id } } }));
    if (result.ok) dispatch({ kind: "alerts", alerts: result.value });
  }, []);

  const following = deviceName !== undefined && !serverLost;
  useEffect(() => {
    if (!following) return undefined;
    void loadDeployments();
    // A live deployment tells of its own end; this finds the next one, and one more that goes live beside it.
    const timer = setInterval(() => void loadDeployments(), DEPLOYMENTS_MS);
    return () => clearInterval(timer);
  }, [following]);

  useEffect(() => {
    if (deployment === undefined || deviceName === undefined || !reads) return undefined;
    return follow(deployment, (event) => {
      switch (event.kind) {
        case "open":
          dispatch({ kind: "stream", stream: "open" });
          dispatch({ kind: "server", server: "reachable" });
          void loadAlerts(deployment);
          break;
        case "lost":
          dispatch({ kind: "stream", stream: "lost" });
          void checkHealth();
          break;
        case "refused":
          dispatch({ kind: "stream", stream: "lost" });
          void loadSession();
          void loadDeployments();
          break;
        case "alert":
          dispatch({ kind: "alerts", alerts: [event.alert] });
          break;
        case "deployment":
          dispatch({ kind: "deployment_changed", deployment: event.deployment });
          // An entry may have been deleted, and its alerts show its name.
          void loadAlerts(deployment);
          break;
      }
    });
  }, [deployment, deviceName?.id, reads]);

  // The engine and the camera

  const vision = useRef<Vision>(undefined);
  const camera = useRef<Camera>(undefined);
  useEffect(() => {
    camera.current = new Camera({ onState: (next) => dispatch({ kind: "camera", camera: next }), onStream: setStream, onDevices: setDevices });
  }, []);
  useEffect(() => {
    // An officer who only reads alerts needs no engine, and its ten megabytes need not be fetched.
    if (deviceName === undefined || mode === "alerts_only" || vision.current !== undefined) return;
    vision.current = new Vision((message) => {
      switch (message.kind) {
        case "engine":
          dispatch({ kind: "engine", state: message.state });
          break;
        case "faces":
          setCounts(message.counts);
          if (canvas.current !== null && video.current !== null) drawFaces(canvas.current, video.current, message.faces, message.width, message.height, comparing.current);
          break;
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
    });
  }, [deviceName?.id, mode]);

  const engineState = state.engine;
  const loads = useRef(0);
  useEffect(() => {
    if (engineState.kind === "ready") {
      // One that stops again and again is asked for less and less often.
      const timer = setTimeout(() => (loads.current = 0), STEADY_AFTER_MS);
      return () => clearTimeout(timer);
    }
    if (serverLost || engineState.kind !== "failed" || !MENDS.has(engineState.reason)) return undefined;
    const timer = setTimeout(() => vision.current?.load(), Math.min(LOAD_AGAIN_MOST_MS, LOAD_AGAIN_MS * 2 ** loads.current));
    loads.current += 1;
    return () => clearTimeout(timer);
  }, [serverLost, engineState]);

  const zone = state.zone;
  const zoneMissing = mode === "capture" && deployment !== undefined && deviceName !== undefined && !serverLost && zone === undefined;
  useEffect(() => {
    if (!zoneMissing || deployment === undefined) return undefined;
    const load = async () => {
      const result = await ask(api.GET("/v1/deployments/{id}/zone", { params: { path: { id: deployment } } }));
      if (result.ok) dispatch({ kind: "zone", deployment, zone: result.value });
    };
    void load();
    const timer = setInterval(() => void load(), ZONE_AGAIN_MS);
    return () => clearInterval(timer);
  }, [zoneMissing, deployment]);

  const paused = show.kind === "paused";
  const capturing = mode === "capture" && !paused && deployment !== undefined && signedIn !== undefined && zone !== undefined;
  useEffect(() => {
    if (!capturing) return undefined;
    camera.current?.start(deviceId);
    return () => camera.current?.stop();
  }, [capturing, deviceId]);

  const engineReady = state.engine.kind === "ready";
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
  }, [capturing, deployment, zone, deviceName?.id]);

  const live = show.kind === "live";
  const comparing = useRef(false);
  comparing.current = live;

  // A server that is away can't say that the pilot is over, and names and pictures must not stay on the screen for that.
  const endsAt = state.deployment.kind === "live" ? Date.parse(state.deployment.deployment.ends_at) : undefined;
  const away = show.kind === "no_server";
  useEffect(() => {
    if (!away || endsAt === undefined || deployment === undefined) return undefined;
    const timer = setInterval(() => {
      if (Date.now() >= endsAt) dispatch({ kind: "time_over", id: deployment });
    }, TIME_OVER_MS);
    return () => clearInterval(timer);
  }, [away, endsAt, deployment]);

  useEffect(() => (live || mode === "alerts_only" ? keepAwake() : undefined), [live, mode]);

  // Alerts

  const current = state.deployment.kind === "live" ? state.deployment.deployment : undefined;
  const twoPeople = current?.two_people ?? true;
  const viewer = { user: signedIn?.user.id, twoPeople };
  const faces = useMemo(() => conflicts(state.alerts), [state.alerts]);
  const waiting = useMemo(() => queue(faces, viewer), [faces, viewer.user, twoPeople]);
  /** What was opened here, and what it asked then: once it asks something else, it is to be opened again. */
  const [openedHere, setOpenedHere] = useState<{ key: string; step: Step["kind"] }>();
  const isOpened = (conflict: Conflict, step: Step) => conflict.key === openedHere?.key && step.kind === openedHere.step;
  const opened = waiting.find(({ conflict, step }) => isOpened(conflict, step));
  /** A form on a card is being filled in: the page must not move under it. */
  const [writing, setWriting] = useState(false);
  const settled = faces.map((conflict) => ({ conflict, step: stepOf(conflict, viewer) })).reverse();
  const goingOn = settled.filter(({ step: { kind } }) => kind === "await_second" || kind === "engage");
  const done = settled.filter(({ step: { kind } }) => kind === "done");

  const receipts = useMemo(
    () =>
      new Receipts(async (id, kind) => {
        const result = await ask(api.POST("/v1/alerts/{id}/receipts", { params: { path: { id } }, body: { kind } }));
        if (result.ok) {
          dispatch({ kind: "alerts", alerts: [result.value] });
          return "kept";
        }
        const { problem } = result;
        return problem.kind === "unreachable" || problem.status >= 500 || problem.status === 429 ? "lost" : "gone";
      }),
    [],
  );
  useEffect(() => receipts.received(faces.flatMap(({ open }) => open.map(({ id }) => id))), [faces]);
  // Whoever signs in next receives anew.
  useEffect(() => () => receipts.forget(), [deviceName?.id, signedIn?.user.id]);

  const calledTo = useRef<Waiting[]>([]);
  useEffect(() => {
    const news = isNews(calledTo.current, waiting);
    calledTo.current = waiting;
    if (!news) return;
    attention.call(false);
    setFlash(true);
    // The first alert stands at the top of the page, wherever the officer had scrolled to; what she is busy with stays.
    if (!writing && opened === undefined) scrollTo(0, 0);
  }, [waiting]);
  useEffect(() => {
    if (!flash) return undefined;
    const timer = setTimeout(() => setFlash(false), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flash]);
  const call = callFor(waiting, opened?.conflict.key);
  useEffect(() => {
    if (call === "none") return undefined;
    const again = () => {
      attention.call(call === "urgent");
      setFlash(true);
    };
    if (call === "urgent") again();
    const timer = setInterval(again, CALL_AGAIN_MS[call]);
    return () => clearInterval(timer);
  }, [call]);

  useEffect(() => {
    // Any touch will do: after a reload nobody presses the start button again.
    const unlock = async () => {
      const unlocked = await attention.unlock();
      setSound((before) => (before === "blocked" && unlocked ? "on" : before));
    };
    addEventListener("pointerdown", unlock);
    addEventListener("keydown", unlock);
    return () => {
      removeEventListener("pointerdown", unlock);
      removeEventListener("keydown", unlock);
    };
  }, []);
  attention.muted = sound === "off";

  // What the officer does

  const setMode = (mode: Mode) => {
    history.replaceState(null, "", { undecided: "#", capture: "#live", alerts_only: "#alerts" }[mode]);
    dispatch({ kind: "mode", mode });
  };
  const goLive = async () => {
    setMode("capture");
    await attention.unlock();
  };
  const alertsOnly = async () => {
    setMode("alerts_only");
    await attention.unlock();
  };
  const changing = live && draft !== undefined && picture !== undefined ? draft : undefined;
  useEffect(() => {
    // What was being changed belongs to the picture that was on the screen.
    if (!live) setDraft(undefined);
  }, [live]);
  const saveZone = async (wanted: Zone): Promise<string | undefined> => {
    if (deployment === undefined) return undefined;
    const result = await ask(api.PUT("/v1/deployments/{id}/zone", { params: { path: { id: deployment } }, body: wanted }));
    if (!result.ok) return strings.officer.zone.notSaved(problemText(result.problem));
    dispatch({ kind: "zone", deployment, zone: result.value });
    setDraft(undefined);
    return undefined;
  };
  const signOut = async () => {
    await ask(api.DELETE("/v1/session"));
    setMode("undecided");
    await loadSession();
  };
  const onSession = (session: Session) => dispatch({ kind: "session", session: { kind: "signed_in", session } });
  // Kept here, because a card that was decided elsewhere moves to another list.
  const [problems, setProblems] = useState(new Map<string, string | undefined>());
  const onAlerts = (alerts: Alert[]) => dispatch({ kind: "alerts", alerts });
  useEffect(() => {
    // They name people, and go with the alerts.
    setProblems(new Map());
  }, [deployment, signedIn?.user.id]);
  const card = ({ conflict, step }: { conflict: Conflict; step: Step }) => (
    <AlertCard
      key={conflict.key}
      conflict={conflict}
      step={step}
      opened={isOpened(conflict, step)}
      me={{ id: signedIn?.user.id ?? "", name: signedIn?.user.name ?? "" }}
      thisDevice={deviceName?.id}
      twoPeople={twoPeople}
      singlePerson={current?.operation?.plan.single_person}
      problem={problems.get(conflict.key)}
      onOpen={() => setOpenedHere({ key: conflict.key, step: step.kind })}
      tellOpened={async (alerts) => {
        await Promise.all(alerts.map((id) => receipts.opened(id)));
      }}
      onWriting={setWriting}
      onProblem={(text) => setProblems((before) => new Map(before).set(conflict.key, text))}
      onAlerts={onAlerts}
      onStale={() => deployment !== undefined && void loadAlerts(deployment)}
    />
  );

  const { tone, title, text } = words(show);
  const nav =
    signedIn !== undefined
      ? [{ href: "/control.html", text: strings.nav.control, current: false }]
      : [];
  const choices = state.deployment.kind === "live" ? [state.deployment.deployment, ...state.deployment.others] : [];
  const anyWaiting = waiting.length > 0;
  const showCamera = mode === "capture" && !paused && deployment !== undefined;

  return (
    <Layout live={live || show.kind === "alerts_only" || show.kind === "watching"} nav={nav} session={signedIn} onSignOut={signedIn === undefined ? undefined : signOut} field>
      <h1 class="govuk-visually-hidden">{strings.officer.title}</h1>
      <Banner
        tone={tone}
        title={title}
        text={text}
        state={show.kind}
        {...(detailOf(show) === undefined ? {} : { detail: detailOf(show) as string })}
        {...(show.kind === "loading" && show.fraction !== undefined ? { progress: show.fraction } : {})}
        testId="capture-state"
        {...(current === undefined
          ? {}
          : {
              about: (
                <span data-testid="deployment-kind">
                  <strong>{current.operation === undefined ? strings.kinds.exerciseLong : strings.kinds.operationLong}</strong> {strings.kinds.id(current.id)}
                </span>
              ),
            })}
      >
        {show.kind === "ready" && (
          <>
            <Button onPress={goLive} testId="go-live">
              {strings.officer.goLive}
            </Button>
            <Button kind="secondary" onPress={alertsOnly} testId="alerts-only">
              {strings.officer.alertsOnly}
            </Button>
          </>
        )}
        {show.kind === "alerts_only" && current?.duties.includes("capture") && (
          <Button kind="secondary" onPress={goLive} testId="go-live">
            {strings.officer.startCamera}
          </Button>
        )}
        {(show.kind === "live" || show.kind === "camera_lost") && (
          <Button kind="secondary" onPress={alertsOnly} testId="stop-camera">
            {strings.officer.stop}
          </Button>
        )}
        {(show.kind === "denied" || show.kind === "no_camera") && (
          <>
            <Button kind="secondary" onPress={() => camera.current?.start(deviceId)} testId="retry-camera">
              {strings.tryAgain}
            </Button>
            <Button kind="secondary" onPress={alertsOnly} testId="alerts-only">
              {strings.officer.alertsOnly}
            </Button>
          </>
        )}
        {show.kind === "engine_failed" && (
          <>
            <Button kind="secondary" onPress={() => (show.reason === "mismatch" ? location.reload() : vision.current?.load())} testId="retry-engine">
              {strings.tryAgain}
            </Button>
            <Button kind="secondary" onPress={alertsOnly} testId="alerts-only">
              {strings.officer.alertsOnly}
            </Button>
          </>
        )}
        {show.kind === "not_paired" && <NotPaired session={signedIn} onPaired={loadSession} />}
        {deviceName !== undefined && SOUNDING.has(show.kind) && (
          <SoundButton sound={sound} onSound={(next) => setSound(next)} unlock={() => attention.unlock()} />
        )}
        {writing && anyWaiting && (
          <Button onPress={() => scrollTo(0, 0)} testId="go-there">
            {strings.intervention.goThere(waiting.length)}
          </Button>
        )}
        {current !== undefined && deviceName !== undefined && current.duties.includes("end") && (
          <Stop key={current.id} deployment={current} onStop={() => setMode("alerts_only")} onStopped={() => void loadDeployments()} />
        )}
      </Banner>
      {current?.false_alert_level === "warning" && (
        <p class="v-officer__warning" role="status" data-testid="false-alert-warning">
          <strong>{strings.pause.warningTitle}</strong> {strings.pause.warning}
        </p>
      )}
      {state.session.kind === "signed_out" && (
        <div class="v-officer__form">
          <SignIn onSession={onSession} level={2} />
        </div>
      )}
      {signedIn !== undefined && deviceName !== undefined && (
        <div class={`v-officer${anyWaiting ? " v-officer--alerting" : ""}${showCamera ? "" : " v-officer--no-camera"}${flash ? " v-officer--flash" : ""}`}>
          <section class="v-officer__camera" aria-labelledby="camera-title" hidden={!showCamera}>
            <h2 class="govuk-visually-hidden" id="camera-title">
              {strings.officer.view}
            </h2>
            <div class="v-stage">
              <video
                ref={video}
                muted
                playsInline
                autoplay
                aria-label={strings.officer.viewLabel}
                data-testid="camera-video"
                onResize={({ currentTarget: { videoWidth: width, videoHeight: height } }) => setPicture(width > 0 && height > 0 ? { width, height } : undefined)}
              />
              <canvas ref={canvas} aria-hidden="true" data-testid="camera-overlay" />
              {changing !== undefined && picture !== undefined ? (
                <ZoneHandles
                  zone={changing.zone}
                  picture={picture}
                  selected={changing.corner}
                  onSelect={(corner) => setDraft((now) => now && { ...now, corner })}
                  onChange={(next) => setDraft((now) => now && { ...now, zone: next })}
                />
              ) : (
                live && zone !== undefined && picture !== undefined && <ZoneOutline zone={zone} picture={picture} />
              )}
            </div>
            {changing !== undefined && (
              <ZoneForm
                zone={changing.zone}
                selected={changing.corner}
                onChange={(next) => setDraft((now) => now && { zone: next, corner: Math.min(now.corner, next.corners.length - 1) })}
                onSave={() => saveZone(changing.zone)}
                onCancel={() => setDraft(undefined)}
              />
            )}
            <dl class="v-legend" aria-label={strings.officer.legend}>
              <div>
                <dt class="v-legend__box v-legend__box--assessing" aria-hidden="true" />
                <dd>{strings.officer.legendAssessing}</dd>
              </div>
              <div>
                <dt class="v-legend__box v-legend__box--sent" aria-hidden="true" />
                <dd>{strings.officer.legendSent}</dd>
              </div>
              <div>
                <dt class="v-legend__box v-legend__box--not" aria-hidden="true" />
                <dd>{strings.officer.legendNot}</dd>
              </div>
            </dl>
            {live && changing === undefined && zone !== undefined && (
              <div class="v-officer__zone">
                <p data-testid="zone-now">
                  {strings.officer.zone.now(isWhole(zone), strings.officer.zone.percent(zone.smallest * 100), strings.officer.zone.percent(zone.largest * 100))}
                </p>
                <Button kind="secondary" onPress={() => setDraft({ zone, corner: 0 })} testId="zone-edit">
                  {strings.officer.zone.edit}
                </Button>
              </div>
            )}
            <div class="v-officer__settings">
              {devices.length > 0 && (
                <SelectField
                  id="camera-choice"
                  label={strings.officer.camera}
                  value={deviceId !== "" ? deviceId : state.camera.kind === "on" ? state.camera.deviceId : ""}
                  onInput={setDeviceId}
                  options={devices.map((device, index) => ({ value: device.deviceId, text: device.label !== "" ? device.label : `${strings.officer.camera} ${index + 1}` }))}
                />
              )}
              {choices.length > 1 && (
                <SelectField
                  id="deployment-choice"
                  label={strings.officer.chooseDeployment}
                  value={deployment ?? ""}
                  onInput={(id) => dispatch({ kind: "choose", id })}
                  options={choices.map(({ id, name, place }) => ({ value: id, text: `${name}, ${place}` }))}
                />
              )}
            </div>
            {counts !== undefined && state.engine.kind === "ready" && (
              <details class="govuk-details v-officer__details">
                <summary class="govuk-details__summary">
                  <span class="govuk-details__summary-text">{strings.officer.details}</span>
                </summary>
                <div class="govuk-details__text" data-testid="engine-counts" data-sent={counts.sent} data-dropped={counts.dropped} data-frames={counts.frames}>
                  <p>{strings.officer.engine(state.engine.simd, Math.round(counts.stepMs), counts.frames)}</p>
                  <p>{strings.officer.counts(counts.sent, counts.dropped)}</p>
                </div>
              </details>
            )}
          </section>
          <section class="v-officer__alerts" aria-labelledby="alerts-title">
            <h2 class="govuk-visually-hidden" id="alerts-title">
              {strings.alerts.title}
            </h2>
            <p class="v-officer__waiting" role="status" data-testid="alerts-waiting" data-count={waiting.length}>
              {anyWaiting ? strings.alerts.waiting(waiting.length) : reads ? strings.alerts.none : ""}
            </p>
            {opened !== undefined && card(opened)}
            {waiting.filter((one) => one !== opened).map(card)}
            {goingOn.length > 0 && <h2 class="v-officer__title">{strings.intervention.goingOn}</h2>}
            {goingOn.map(card)}
            {done.length > 0 && <h2 class="v-officer__title">{strings.alerts.decided}</h2>}
            {done.map(card)}
            {deployment === undefined && <Unfinished ended={ended} me={{ id: signedIn.user.id, name: signedIn.user.name }} />}
          </section>
        </div>
      )}
    </Layout>
  );
}

function isStillWritten({ state, duties }: Deployment): boolean {
  return state.kind === "ended" && duties.includes("decide") && Date.now() - Date.parse(state.ended_at) < WRITTEN_WITHIN_MS;
}

/** A finer name of the state, where several share one. */
function detailOf(state: CaptureState): string | undefined {
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
    default:
      return undefined;
  }
}

type SoundState = "on" | "off" | "blocked";

function SoundButton({ sound, onSound, unlock }: { sound: SoundState; onSound: (sound: SoundState) => void; unlock: () => Promise<boolean> }) {
  const text = { on: strings.officer.soundOn, off: strings.officer.soundOff(vibrates()), blocked: strings.officer.soundBlocked }[sound];
  const press = async () => {
    if (sound === "on") onSound("off");
    else onSound((await unlock()) ? "on" : "blocked");
  };
  return (
    <Button kind="secondary" onPress={press} testId="sound">
      {text}
    </Button>
  );
}

/** An administrator can pair the browser in hand; anyone else needs a code. */
function NotPaired({ session, onPaired }: { session: Session | undefined; onPaired: () => Promise<void> }) {
  const [problem, setProblem] = useState<string>();
  const pairThis = async () => {
    const result = await ask(api.POST("/v1/devices/this", { body: { device_name: strings.devices.thisDevice } }));
    if (result.ok) await onPaired();
    else setProblem(problemText(result.problem));
  };
  return (
    <>
      <a class="govuk-button govuk-button--secondary v-button" href="/pair.html" data-testid="to-pair">
        {strings.officer.states.pairLink}
      </a>
      {session?.duties.includes("keep_devices") && (
        <Button kind="secondary" onPress={pairThis} testId="pair-this">
          {strings.devices.pairThis}
        </Button>
      )}
      {problem !== undefined && <p role="alert">{problem}</p>}
    </>
  );
}

void keepShell();
const root = document.getElementById("app");
if (root !== null) render(<Officer />, root);
