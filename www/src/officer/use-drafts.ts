import { createContext } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { Drafts } from "./drafts";
import type { HalfWritten } from "./engagement";
import { lease } from "./lease";
import { isLeftAlone, leavesNothing, type State } from "./state";
import { matchesOf, type Matched } from "./steps";
import { draftsSafe } from "./written";

const RENEW_MS = 60_000;

export type DraftsHere = {
  of: (alert: string) => HalfWritten | undefined;
  /** Whether the end of the deployment took names or a note from it. */
  isCut: (alert: string) => boolean;
  keep: (alert: Matched, draft: HalfWritten) => void;
  sent: (alert: string) => void;
  drop: (alert: string) => void;
};

/** Forms are deep inside. It is another one when drafts of a page before were found. */
export const DraftsContext = createContext<DraftsHere>({ of: () => undefined, isCut: () => false, keep: () => undefined, sent: () => undefined, drop: () => undefined });

/** Keeps forms that are half filled in. `writable`: the deployments of which something can be written down, as the server said last. */
export function useDrafts(state: State, writable: string[] | undefined): DraftsHere {
  const drafts = useMemo(() => new Drafts(draftsSafe(), Date.now), []);
  const [opened, setOpened] = useState<string>();
  const [taken, setTaken] = useState(0);
  const { session, deployment } = state;
  const signedIn = session.kind === "signed_in" ? session.session : undefined;
  const user = signedIn?.user.id;
  const device = signedIn?.device?.id;
  // The answers are taken after the end too, once there is a server.
  const over = leavesNothing(state) && !isLeftAlone(state);
  useEffect(() => {
    if (user === undefined || device === undefined || over) return;
    drafts.open(user).then(
      () => setOpened(user),
      () => undefined,
    );
  }, [user, device, over]);

  useEffect(() => {
    if (!over) return;
    setOpened(undefined);
    drafts.forget();
  }, [over]);

  const live = deployment.kind === "live" ? [deployment.deployment, ...deployment.others].map(({ id }) => id) : deployment.kind === "unknown" ? undefined : [];
  const known = deployment.kind === "live" && state.listed ? { deployment: deployment.deployment.id, matches: matchesOf(state.alerts) } : undefined;
  // Before a form that the end carries over keeps itself anew, without what went; and it is told of that.
  useLayoutEffect(() => {
    if (live !== undefined && writable !== undefined && drafts.only(lease.renewedAt, { live, all: writable }, known)) setTaken((times) => times + 1);
  }, [live?.join(), writable?.join(), known?.deployment, known?.matches.join(), opened]);

  useEffect(() => {
    const timer = setInterval(() => drafts.renew(lease.renewedAt), RENEW_MS);
    return () => clearInterval(timer);
  }, []);

  const keep = useCallback(({ id, deployment }: Matched, draft: HalfWritten) => user !== undefined && drafts.keep(user, lease.renewedAt, id, deployment, draft), [user]);
  return useMemo(() => ({ of: (alert) => drafts.of(alert), isCut: (alert) => drafts.isCut(alert), keep, sent: (alert) => drafts.sent(alert), drop: (alert) => drafts.drop(alert) }), [keep, opened, taken]);
}
