import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { now } from "../vision/protocol";
import { follow, none, type Gaps, type Missed } from "./gap";
import { captureState, modeOf, type State } from "./state";

/** A gap outlives a reload of the page, which is what people try when there is no server. It says nothing of anyone. */
const STORED = "vedette-gap";
const TELL_AGAIN_MS = 5_000;

function stored(): Gaps {
  try {
    const text = sessionStorage.getItem(STORED);
    return text === null ? none : { open: JSON.parse(text) as Gaps["open"], missed: [] };
  } catch {
    return none;
  }
}

export type GapsShown = { gaps: Gaps; seen: () => void };

/** Counts the time in which there is no server, and tells the server of it once there is one. */
export function useGaps(state: State): GapsShown {
  const [gaps, setGaps] = useState(stored);
  const [untold, setUntold] = useState<Missed[]>([]);
  const show = captureState(state);
  const capturing = modeOf(state) === "capture";
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
    try {
      if (next.open === undefined) sessionStorage.removeItem(STORED);
      else sessionStorage.setItem(STORED, JSON.stringify(next.open));
    } catch {
      // A browser that stores nothing counts until the page is loaded anew.
    }
  }, [missing, settled]);

  const reachable = state.server === "reachable" && state.session.kind === "signed_in";
  useEffect(() => {
    const first = untold[0];
    if (first === undefined || !reachable) return undefined;
    let here = true;
    const tell = async () => {
      const { id, began, ended } = first;
      const body = { id, began_ms_ago: Math.max(0, Math.round(now() - began)), ended_ms_ago: Math.max(0, Math.round(now() - ended)) };
      const result = await ask(api.POST("/v1/deployments/{id}/interruptions", { params: { path: { id: first.deployment } }, body }));
      // A refusal is final: the deployment may be long over.
      const final = result.ok || (result.problem.kind === "problem" && result.problem.status < 500 && result.problem.status !== 429);
      if (here && final) setUntold((before) => before.filter((one) => one !== first));
    };
    void tell();
    const timer = setInterval(() => void tell(), TELL_AGAIN_MS);
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, [untold[0], reachable]);

  return { gaps, seen: () => setGaps((before) => ({ ...before, missed: [] })) };
}
