import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { isFinal } from "../api/problem";
import { bounded } from "../lib/ages";
import { store, stored } from "../lib/stored";
import { isElsewhere } from "../live/one-camera";
import { now } from "../vision/protocol";
import { asked, follow, none, resumed, type Gap, type Gaps, type Missed } from "./gap";
import { captureState, modeOf, type State } from "./state";

/** A gap outlives a reload of the page, which is what people try when there is no server. It says nothing of anyone. */
const STORED = "vedette-gap";
/** So does what ended before the server was told of it. */
const UNTOLD = "vedette-gaps-untold";
/** And what the officer has not put away. */
const UNSEEN = "vedette-gaps-unseen";
const TELL_AGAIN_MS = 5_000;

/** `told`: the server has written down all of it. */
export type GapsShown = { gaps: Gaps; told: boolean; seen: () => void };

/** Counts the time in which there is no server, and tells the server of it once there is one. */
export function useGaps(state: State): GapsShown {
  const [gaps, setGaps] = useState<Gaps>(() => ({ open: resumed(stored<Gap>(STORED), now()), missed: stored<Missed[]>(UNSEEN) ?? none.missed }));
  const [untold, setUntold] = useState(() => stored<Missed[]>(UNTOLD) ?? []);
  const show = captureState(state);
  // What another page of this browser misses is for that one to tell.
  const capturing = modeOf(state) === "capture" && !isElsewhere(state.holding);
  const deployment = state.deployment.kind === "live" ? state.deployment.deployment.id : undefined;
  // A page that was loaded without a server knows no deployment: the one before the reload still misses its camera.
  const unknown = state.deployment.kind === "unknown";
  const away = show.kind === "no_server" || show.kind === "server_failing" || show.kind === "locked";
  const missing = capturing && away ? (deployment ?? (unknown ? gaps.open?.deployment : undefined)) : undefined;
  const settled = show.kind !== "loading" || !unknown;

  useEffect(() => {
    if (!settled) return;
    const next = follow(gaps, missing, now(), () => crypto.randomUUID());
    if (next === gaps) return;
    setGaps(next);
    const news = next.missed.slice(gaps.missed.length);
    if (news.length > 0) setUntold((before) => [...before, ...news]);
    store(STORED, next.open);
  }, [missing, settled]);

  const live = state.deployment.kind === "live" ? [state.deployment.deployment, ...state.deployment.others].map(({ id }) => id) : [];
  const missed = asked(gaps.missed, live);
  useEffect(() => store(UNTOLD, untold.length === 0 ? undefined : untold), [untold]);
  useEffect(() => store(UNSEEN, missed.length === 0 ? undefined : missed), [gaps.missed, live.join()]);

  const reachable = state.server === "reachable" && state.session.kind === "signed_in";
  useEffect(() => {
    const first = untold[0];
    if (first === undefined || !reachable) return undefined;
    let here = true;
    const tell = async () => {
      const { id, began, ended } = first;
      const body = { id, began_ms_ago: bounded(now() - began), ended_ms_ago: bounded(now() - ended) };
      const result = await ask(api.POST("/v1/deployments/{id}/interruptions", { params: { path: { id: first.deployment } }, body }));
      // A refusal is final: the deployment may be long over.
      const final = result.ok || isFinal(result.problem);
      if (here && final) setUntold((before) => before.filter((one) => one !== first));
    };
    void tell();
    const timer = setInterval(() => void tell(), TELL_AGAIN_MS);
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, [untold[0], reachable]);

  return { gaps: { ...gaps, missed }, told: untold.length === 0, seen: () => setGaps((before) => ({ ...before, missed: [] })) };
}
