import { createContext } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { Drafts } from "./drafts";
import type { Draft } from "./engagement";
import { lease } from "./lease";
import { leavesNothing, type State } from "./state";
import { writableOf, type Matched } from "./steps";
import { draftsSafe } from "./written";

const RENEW_MS = 60_000;

export type DraftsHere = {
  of: (alert: string) => Draft | undefined;
  keep: (alert: Matched, draft: Draft) => void;
  drop: (alert: string) => void;
};

/** Forms are deep inside. It is another one when drafts of a page before were found. */
export const DraftsContext = createContext<DraftsHere>({ of: () => undefined, keep: () => undefined, drop: () => undefined });

/** Keeps forms that are half filled in. */
export function useDrafts(state: State): DraftsHere {
  const drafts = useMemo(() => new Drafts(draftsSafe(), Date.now), []);
  const [opened, setOpened] = useState<string>();
  const { session, deployment } = state;
  const signedIn = session.kind === "signed_in" ? session.session : undefined;
  const user = signedIn?.user.id;
  const device = signedIn?.device?.id;
  useEffect(() => {
    if (user === undefined || device === undefined) return;
    drafts.open(user).then(
      () => setOpened(user),
      () => undefined,
    );
  }, [user, device]);

  const over = leavesNothing(state);
  useEffect(() => {
    if (!over) return;
    setOpened(undefined);
    drafts.forget();
  }, [over]);

  const live = deployment.kind === "live" ? [deployment.deployment, ...deployment.others].map(({ id }) => id) : deployment.kind === "unknown" ? undefined : [];
  const known = deployment.kind === "live" && state.listed ? { deployment: deployment.deployment.id, alerts: writableOf(state.alerts, user) } : undefined;
  useEffect(() => {
    if (live !== undefined) drafts.only(live, known);
  }, [live?.join(), known?.deployment, known?.alerts.join(), opened]);

  useEffect(() => {
    const timer = setInterval(() => drafts.renew(lease.renewedAt), RENEW_MS);
    return () => clearInterval(timer);
  }, []);

  const keep = useCallback(({ id, deployment }: Matched, draft: Draft) => user !== undefined && drafts.keep(user, lease.renewedAt, id, deployment, draft), [user]);
  return useMemo(() => ({ of: (alert) => drafts.of(alert), keep, drop: (alert) => drafts.drop(alert) }), [keep, opened]);
}
