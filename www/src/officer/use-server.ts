import { useCallback, useEffect, useRef } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus } from "../api/problem";
import { backToLane } from "../lib/lane";
import { signOut as endSession } from "../lib/sign-out";
import { onSignedOut } from "../lib/signed-out";
import { lease } from "./lease";
import type { Dispatch } from "./state";

const HEALTH_MS = 5_000;
const HEALTH_WHEN_LOST_MS = 2_000;
const REPLY_WITHIN_MS = 4_000;

export type Server = {
  loadSession: () => Promise<void>;
  checkHealth: () => Promise<void>;
  signOut: () => Promise<void>;
};

/** Who is signed in, and whether the server answers at all. */
export function useServer(serverLost: boolean, dispatch: Dispatch): Server {
  /** Another page of this browser said that it signed out. */
  const elsewhere = useRef(false);
  const loadSession = useCallback(async () => {
    const result = await ask(api.GET("/v1/session"));
    if (result.ok) {
      elsewhere.current = false;
      lease.renew();
      dispatch({ kind: "server", server: "reachable" });
      dispatch({ kind: "session", session: { kind: "signed_in", session: result.value } });
      backToLane(result.value);
    } else if (hasStatus(result.problem, 401)) {
      dispatch({ kind: "server", server: "reachable" });
      dispatch({ kind: "session", session: { kind: "signed_out", ...(elsewhere.current ? { elsewhere: true } : {}) } });
      const setup = await ask(api.GET("/v1/setup"));
      // Whoever can't be told signs in, as on a device that is paired.
      dispatch({ kind: "pairing", paired: !setup.ok || setup.value.paired });
    } else if (result.problem.kind === "unreachable") {
      // Whatever ends the session before there is a server again is not known here.
      elsewhere.current = false;
      dispatch({ kind: "server", server: "lost" });
    }
  }, []);

  const checkHealth = useCallback(async () => {
    const reply = await fetch("/v1/health", { cache: "no-store", signal: AbortSignal.timeout(REPLY_WITHIN_MS) }).catch(() => undefined);
    dispatch({ kind: "server", server: reply?.ok === true ? "reachable" : "lost" });
  }, []);

  const signOut = useCallback(async () => {
    await endSession();
    await loadSession();
  }, []);

  useEffect(
    () =>
      onSignedOut(() => {
        elsewhere.current = true;
        void loadSession();
      }),
    [],
  );

  useEffect(() => {
    const timer = setInterval(() => void checkHealth(), serverLost ? HEALTH_WHEN_LOST_MS : HEALTH_MS);
    // Also when the server is back: the session may be gone, or the page may never have had one.
    if (!serverLost) void loadSession();
    return () => clearInterval(timer);
  }, [serverLost]);

  return { loadSession, checkHealth, signOut };
}
