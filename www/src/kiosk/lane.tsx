import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import type { Lane as LaneState, Session } from "../api/types";
import { useTablet } from "../live/use-tablet";
import { strings } from "../strings";
import { Vision } from "../vision/client";
import type { EngineState } from "../vision/protocol";
import { closeCamera, openCamera } from "./camera";
import { Steady, headOf, sayOf, type Head, type Say } from "./guidance";
import { useHeartbeat } from "./heartbeat";
import { Again, Frame, Shut, Staffed, Thanks, Title, Ways, Welcome } from "./screens";
import { Silhouette } from "./silhouette";
import { Speech } from "./speech";
import { WELCOME, step, type Closed, type Event, type Stage } from "./state";
import { useCamera } from "./use-camera";

const words = strings.kiosk;
const ASK_MS = 4_000;
const TICK_MS = 250;
/** A camera or a worker that gives no frame for so long has stalled; the page starts anew (R126). */
const STALLED_MS = 10_000;
/** The engine is asked for again after this. */
const LOAD_AGAIN_MS = 5_000;
/** A language that somebody chose and left is let go after this. */
const LANGUAGE_MS = 60_000;

type View = { head: Head | undefined; say: Say };

export function Lane({ onSession, onLost }: { onSession: (session: Session) => void; onLost: () => void }) {
  const [lane, setLane] = useState<LaneState>();
  const [silent, setSilent] = useState(false);
  const [engine, setEngine] = useState<EngineState>({ kind: "loading", progress: { done: 0, total: 1 } });
  const [sound, setSound] = useState(true);
  const [view, setView] = useState<View>();
  const [stage, setStage] = useState<Stage>(WELCOME);
  const current = useRef<Stage>(WELCOME);
  const video = useRef<HTMLVideoElement>(null);
  const vision = useRef<Vision>(undefined);
  const seen = useRef(0);
  const looked = useRef<number>(undefined);
  const tablet = useTablet();
  const steady = useRef(new Steady());
  const speech = useMemo(() => new Speech(), []);

  const go = useCallback((event: Event) => {
    const { stage: next, counted } = step(current.current, event);
    if (counted !== undefined) vision.current?.endVisit(counted.outcome, counted.staffed);
    if (next === current.current) return;
    current.current = next;
    setStage(next);
  }, []);

  // What the server says of this lane

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/kiosk"));
    setSilent(!result.ok && result.problem.kind === "unreachable");
    if (result.ok) setLane(result.value.lane);
    else if (result.problem.kind !== "unreachable") onLost();
  }, []);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), ASK_MS);
    return () => clearInterval(timer);
  }, []);

  // The engine, ready before anybody may begin (R42)

  useEffect(() => {
    const eyes = new Vision((message) => {
      switch (message.kind) {
        case "engine":
          setEngine(message.state);
          break;
        case "faces": {
          seen.current = performance.now();
          looked.current = message.counts.frames;
          const { visit, faces, width, height } = message;
          if (visit === undefined) break;
          const now = performance.now();
          setView({ head: headOf(visit.visitor, faces, width, height), say: steady.current.next(sayOf(visit), now) });
          go({ kind: "look", standing: visit.standing, hint: visit.hint, now });
          break;
        }
        case "sent":
          if (message.candidate === true) go({ kind: "sent", outcome: message.outcome });
          break;
        case "stream_ended":
          seen.current = 0;
          break;
        default:
          break;
      }
    }, "kiosk");
    vision.current = eyes;
    return () => eyes.close();
  }, []);
  useEffect(() => {
    if (engine.kind !== "failed") return undefined;
    const timer = setTimeout(() => vision.current?.load(), LOAD_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [engine]);
  const open = lane?.kind === "open" ? lane : undefined;
  const id = open?.deployment;
  const zone = JSON.stringify(open?.zone);
  useEffect(() => {
    vision.current?.setDeployment(open === undefined ? undefined : { id: open.deployment, zone: open.zone });
  }, [id, zone]);

  // The camera, on only while somebody is here who began

  const running = stage.kind === "capturing" || stage.kind === "finishing";
  const { camera, fail } = useCamera(running);
  useEffect(() => {
    if (!running) return undefined;
    let gone = false;
    let stream: MediaStream | undefined;
    seen.current = performance.now();
    steady.current = new Steady();
    setView(undefined);
    void openCamera().then((opened) => {
      if (gone) return closeCamera(opened);
      const track = typeof opened === "object" ? opened.getVideoTracks()[0] : undefined;
      if (typeof opened === "string" || track === undefined || video.current === null) {
        closeCamera(opened);
        fail(typeof opened === "string" ? opened : "none");
        go({ kind: "home" });
        return;
      }
      stream = opened;
      seen.current = performance.now();
      video.current.srcObject = opened;
      void video.current.play().catch(() => undefined);
      vision.current?.start(video.current, track);
      vision.current?.beginVisit();
    });
    return () => {
      gone = true;
      vision.current?.stop();
      closeCamera(stream);
      if (video.current !== null) video.current.srcObject = null;
    };
  }, [running]);
  useHeartbeat({ deployment: id, running, camera, frames: () => looked.current, space: engine.kind === "ready" ? engine.space : undefined, tablet });
  useEffect(() => {
    const timer = setInterval(() => {
      const now = performance.now();
      go({ kind: "time", now });
      const { kind } = current.current;
      if ((kind === "capturing" || kind === "finishing") && now - seen.current > STALLED_MS) location.reload();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);

  // Whoever comes next begins as the one before did

  const why: Closed | undefined =
    silent ? "server" : lane?.kind === "closed" ? lane.why : engine.kind === "failed" ? "engine" : camera !== undefined ? (`camera_${camera}` as const) : undefined;
  const opening = lane === undefined || engine.kind === "loading" || engine.kind === "warming_up";
  const shut = why !== undefined || opening;
  useEffect(() => {
    if (shut && stage.kind !== "thanks" && stage.kind !== "staffed" && stage.kind !== "welcome") go({ kind: "home" });
  }, [shut, stage.kind]);
  useEffect(() => {
    if (stage.kind !== "welcome") return undefined;
    setSound(true);
    if (location.search === "") return undefined;
    const timer = setTimeout(() => location.replace(location.pathname), LANGUAGE_MS);
    return () => clearTimeout(timer);
  }, [stage.kind]);
  const begun = useRef(false);
  useEffect(() => {
    if (stage.kind !== "welcome") begun.current = true;
    else if (begun.current && location.search !== "") location.replace(location.pathname);
  }, [stage.kind]);

  const caption = view === undefined ? words.starting : words.say[view.say];
  useEffect(() => {
    const said = {
      welcome: undefined,
      capturing: view === undefined ? undefined : caption,
      finishing: words.finishing.title,
      thanks: words.thanks.title,
      again: [words.again.title, ...(stage.kind === "again" && stage.why !== undefined ? [words.again.why[stage.why]] : [])].join(". "),
      staffed: words.staffed.title,
    }[stage.kind];
    if (sound && !shut && said !== undefined) speech.say(said);
    else speech.silence();
  }, [stage.kind, caption, sound, shut]);

  const start = () => {
    // What was said last in the attempt before is not said for a moment in this one.
    setView(undefined);
    go({ kind: "start", now: performance.now() });
  };
  const toStaff = () => go({ kind: "staffed_lane", now: performance.now() });
  if (shut && stage.kind !== "thanks" && stage.kind !== "staffed") return <Shut why={why} onSession={onSession} />;
  return (
    <Frame name={stage.kind} onSession={onSession} {...(Speech.exists() ? { sound, onSound: () => setSound(!sound) } : {})}>
      {stage.kind === "welcome" && open !== undefined && <Welcome lane={open} onStart={start} onStaffed={toStaff} />}
      {running && (
        <>
          {/* Some browsers give frames only from an element that plays; nobody sees it. */}
          <video ref={video} class="govuk-visually-hidden" muted playsInline aria-hidden="true" tabIndex={-1} />
          {stage.kind === "finishing" ? (
            <>
              <Title>{words.finishing.title}</Title>
              <p class="v-kiosk__text">{words.finishing.text}</p>
            </>
          ) : (
            <div class="v-kiosk__caption" role="status">
              <h1 class="v-kiosk__title" data-testid="kiosk-caption" data-say={view?.say ?? "starting"}>
                {caption}
              </h1>
            </div>
          )}
          <Silhouette head={view?.head} say={stage.kind === "finishing" ? "hold" : (view?.say ?? "nobody")} label={words.picture} />
          {stage.kind === "capturing" && <Ways onStaffed={toStaff} />}
        </>
      )}
      {stage.kind === "thanks" && <Thanks />}
      {stage.kind === "again" && <Again why={stage.why} ask={stage.ask} onStart={start} onStaffed={toStaff} />}
      {stage.kind === "staffed" && <Staffed chosen={stage.chosen} onDone={() => go({ kind: "home" })} />}
    </Frame>
  );
}
