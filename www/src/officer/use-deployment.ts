import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus } from "../api/problem";
import type { Deployment } from "../api/types";
import { follow } from "../live/events";
import { lease } from "./lease";
import { captureState, modeOf, seesAlerts, type Dispatch, type State } from "./state";
import type { Server } from "./use-server";

const DEPLOYMENTS_MS = 4_000;
const ZONE_AGAIN_MS = 2_000;
/** So long after the end of a deployment the server still takes what came of its matches. */
const WRITTEN_WITHIN_MS = 24 * 3_600_000;
/** How often a screen without a server looks whether the deployment's time is over. */
const TIME_OVER_MS = 2_000;

export type Following = {
  /** Deployments that have ended, of which something can still be written down. */
  ended: Deployment[];
  /** Deployments of which something can be written down, as the server said last; nothing before it did. */
  writable: string[] | undefined;
  loadDeployments: () => Promise<void>;
  /** Asks for the live deployment's alerts again. */
  reload: () => void;
};

function isStillWritten({ state, duties }: Deployment): boolean {
  return state.kind === "ended" && duties.includes("decide") && Date.now() - Date.parse(state.ended_at) < WRITTEN_WITHIN_MS;
}

/** Follows the deployment that is live: its end, its zone, its alerts and its events. */
export function useDeployment(state: State, dispatch: Dispatch, { loadSession, checkHealth }: Server): Following {
  const [ended, setEnded] = useState<Deployment[]>([]);
  const [writable, setWritable] = useState<string[]>();
  const deployment = state.deployment.kind === "live" ? state.deployment.deployment.id : undefined;
  const session = state.session.kind === "signed_in" ? state.session.session : undefined;
  const user = session?.user.id;
  const device = session?.device?.id;
  const serverLost = state.server === "lost";
  const reads = seesAlerts(state);

  const loadDeployments = useCallback(async () => {
    const result = await ask(api.GET("/v1/deployments"));
    if (result.ok) {
      lease.renew();
      dispatch({ kind: "deployments", deployments: result.value });
      const over = result.value.filter(isStillWritten);
      setEnded(over);
      setWritable([...result.value.filter(({ state: { kind } }) => kind === "live" || kind === "paused"), ...over].map(({ id }) => id));
    } else if (hasStatus(result.problem, 401)) void loadSession();
    else if (result.problem.kind === "unreachable") dispatch({ kind: "server", server: "lost" });
  }, []);

  const loadAlerts = useCallback(async (id: string) => {
    const result = await ask(api.GET("/v1/deployments/{id}/alerts", { params: { path: { id } } }));
    if (result.ok) dispatch({ kind: "alerts", alerts: result.value, all: id });
  }, []);

  const following = device !== undefined && !serverLost;
  useEffect(() => {
    if (!following) return undefined;
    void loadDeployments();
    // A live deployment tells of its own end; this finds the next one, and one more that goes live beside it.
    const timer = setInterval(() => void loadDeployments(), DEPLOYMENTS_MS);
    return () => clearInterval(timer);
  }, [following, user]);

  useEffect(() => {
    if (deployment === undefined || device === undefined || !reads) return undefined;
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
          // What somebody is writing about one that ended is asked for again at once.
          if (event.deployment.state.kind === "ended") void loadDeployments();
          break;
      }
    });
  }, [deployment, device, reads]);

  const zoneMissing = modeOf(state) === "capture" && deployment !== undefined && following && state.zone === undefined;
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

  // A server that is away can't say that the deployment is over, and names and pictures must not stay on the screen for that.
  const endsAt = state.deployment.kind === "live" ? Date.parse(state.deployment.deployment.ends_at) : undefined;
  const away = captureState(state).kind === "no_server";
  useEffect(() => {
    if (!away || endsAt === undefined || deployment === undefined) return undefined;
    const timer = setInterval(() => {
      if (Date.now() >= endsAt) dispatch({ kind: "time_over", id: deployment });
    }, TIME_OVER_MS);
    return () => clearInterval(timer);
  }, [away, endsAt, deployment]);

  const reload = () => deployment !== undefined && void loadAlerts(deployment);
  return { ended, writable, loadDeployments, reload };
}
