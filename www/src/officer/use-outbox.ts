import { createContext } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { isFinal, type Problem } from "../api/problem";
import type { Alert } from "../api/types";
import { forgetShell } from "../lib/shell";
import { lease } from "./lease";
import { ages, send, untaken as asUntaken, type Kept, type Untaken, type Writing } from "./outbox";
import { captureState, leavesNothing, type Dispatch, type State } from "./state";
import { outboxSafe } from "./written";

const SEND_AGAIN_MS = 5_000;
const COUNT_AGAIN_MS = 5_000;

/** What became of something that was written. */
export type Written = { kind: "taken"; alert: Alert } | { kind: "kept" } | { kind: "refused"; problem: Problem };

export type OutboxHere = {
  kept: Kept[];
  /** How many a page before kept, while nobody can say here who looks: they stay closed until the server does. */
  unopened: number;
  untaken: Untaken[];
  /** How many were destroyed before there was a server. */
  lost: number;
  /** Sends it, or keeps it where no answer comes. `id`: the same for the same again. */
  write: (alert: Alert, writing: Writing, id: string) => Promise<Written>;
  seen: () => void;
};

/** Forms are deep inside, and only they write. */
export const OutboxContext = createContext<OutboxHere>({ kept: [], unopened: 0, untaken: [], lost: 0, write: async () => ({ kind: "refused", problem: { kind: "unreachable" } }), seen: () => undefined });

/** Keeps what is written without a server, and sends it when there is one. */
export function useOutbox(state: State, dispatch: Dispatch): OutboxHere {
  const outbox = useMemo(() => outboxSafe(), []);
  const [kept, setKept] = useState<Kept[]>([]);
  const [unopened, setUnopened] = useState(0);
  const [untaken, setUntaken] = useState<Untaken[]>([]);
  const [lost, setLost] = useState(0);
  const { session, server } = state;
  const signedIn = session.kind === "signed_in" ? session.session : undefined;
  const user = signedIn?.user.id;
  const device = signedIn?.device?.id;

  const letGo = () => {
    setLost((before) => before + kept.length);
    setKept([]);
    setUntaken([]);
  };
  useEffect(() => {
    if (user === undefined || device === undefined) return;
    // Another tab may have changed who is signed in.
    letGo();
    outbox.open(user).then(setKept, () => undefined);
  }, [user, device]);

  // After a reload without a server the lease of before runs on, and nobody else watches it.
  const show = captureState(state);
  const blind = show.kind === "no_server" && show.blind;
  useEffect(() => {
    if (!blind) return undefined;
    let here = true;
    const count = async () => {
      const { kind, count } = await outbox.count();
      if (!here) return;
      setUnopened(kind === "fresh" ? count : 0);
      if (kind === "fresh") return;
      await outbox.forget();
      setLost((others) => others + count);
    };
    // What can't be counted now is counted the next time.
    const look = () => void count().catch(() => undefined);
    look();
    const timer = setInterval(look, COUNT_AGAIN_MS);
    return () => {
      here = false;
      clearInterval(timer);
      setUnopened(0);
    };
  }, [blind]);

  const over = leavesNothing(state);
  const writer = useRef<string>(undefined);
  writer.current = over ? undefined : user;
  useEffect(() => {
    if (!over) return;
    letGo();
    void outbox.forget().catch(() => undefined);
    if (signedIn !== undefined && device === undefined) void forgetShell();
  }, [over]);

  const first = kept[0];
  const reachable = server === "reachable" && user !== undefined && device !== undefined;
  useEffect(() => {
    if (first === undefined || !reachable) return undefined;
    let here = true;
    const deliver = async () => {
      const result = await send(first, true);
      if (!here) return;
      const { problem } = result.ok ? { problem: undefined } : result;
      if (problem !== undefined && !isFinal(problem)) return;
      await outbox.remove(first.id).catch(() => undefined);
      setKept((before) => before.filter(({ id }) => id !== first.id));
      if (result.ok) dispatch({ kind: "alerts", alerts: [result.value] });
      if (problem !== undefined) setUntaken((before) => [...before, asUntaken(first, problem)]);
    };
    void deliver();
    const timer = setInterval(() => void deliver(), SEND_AGAIN_MS);
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, [first?.id, reachable]);

  const write = useCallback(
    async (alert: Alert, writing: Writing, id: string): Promise<Written> => {
      const one: Kept = { id, alert: alert.id, at: ages.note(id), writing };
      const result = await send(one, false);
      if (result.ok) return { kind: "taken", alert: result.value };
      const refused: Written = { kind: "refused", problem: result.problem };
      // Nothing is kept of whoever has left meanwhile.
      if (result.problem.kind !== "unreachable" || user === undefined || writer.current !== user) return refused;
      // The server may have taken it, and its answer was lost: it goes again under the same number.
      try {
        await outbox.keep(user, lease.renewedAt, one);
      } catch {
        return refused;
      }
      setKept((before) => [...before, one]);
      return { kind: "kept" };
    },
    [user],
  );

  const seen = useCallback(() => {
    setUntaken([]);
    setLost(0);
  }, []);
  return useMemo(() => ({ kept, unopened, untaken, lost, write, seen }), [kept, unopened, untaken, lost, write]);
}
