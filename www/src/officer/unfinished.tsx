import { useCallback, useContext, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import type { Alert, Deployment } from "../api/types";
import { clockTime, dayAndTime } from "../lib/time";
import { strings } from "../strings";
import { conflicts } from "./conflict";
import { Engagement } from "./engagement-form";
import { isUnrecorded, matchOf, type Matched } from "./steps";
import { DraftsContext } from "./use-drafts";

type Props = { ended: Deployment[]; me: { id: string; name: string }; onWriting: (match: string, writing: boolean, of?: Deployment) => void };

/**
 * Matches of deployments that ended a short while ago, of which nobody wrote down what came of them, or of which something is half
 * written: whoever was speaking to somebody when it ended still can, also once the next one is live. Names and pictures are gone, so time
 * and place tell which it was.
 */
export function Unfinished({ ended, me, onWriting }: Props) {
  const [alerts, setAlerts] = useState<Alert[]>([]);
  const drafts = useContext(DraftsContext);
  // What somebody else wrote down meanwhile changes the number.
  const ids = ended.map(({ id, waiting }) => `${id} ${waiting.unwritten}`).join();
  const load = useCallback(async () => {
    const lists = await Promise.all(ended.map(({ id }) => ask(api.GET("/v1/deployments/{id}/alerts", { params: { path: { id } } }))));
    setAlerts(lists.flatMap((list) => (list.ok ? list.value : [])));
  }, [ids]);
  useEffect(() => void load(), [load]);

  const about = (match: Matched) => ended.find(({ id }) => id === match.deployment);
  const matches = conflicts(alerts).flatMap((conflict) => matchOf(conflict) ?? []);
  const shown = matches.filter((match) => about(match) !== undefined && (isUnrecorded(match, me.id) || drafts.of(match.id) !== undefined));
  if (shown.length === 0) return null;
  const words = strings.intervention;
  return (
    <section class="v-officer__unfinished" aria-labelledby="unfinished-title" data-testid="unfinished">
      <h2 class="v-officer__title" id="unfinished-title">
        {strings.owed.title(shown.length)}
      </h2>
      <p>{words.unfinishedLead}</p>
      {shown.map((match) => {
        const deployment = about(match);
        const mayEngage = deployment?.two_people === false || match.state.sight?.verdict === "confirmed";
        return (
          <article key={match.id} class="v-alert" data-testid="unfinished-match" aria-labelledby={`unfinished-${match.id}`}>
            <h3 class="v-alert__heading" id={`unfinished-${match.id}`}>
              {deployment?.name}
            </h3>
            {deployment?.waiting.unwritten_until != null && <p class="v-alert__facts">{strings.owed.untilHere(dayAndTime(deployment.waiting.unwritten_until))}</p>}
            <p class="v-alert__facts">
              {strings.alerts.seenAt(clockTime(match.raised_at))} {strings.alerts.by(match.device.name)}.{" "}
              {strings.alerts.outcome.true(match.state.by.name, clockTime(match.state.at))}.
            </p>
            <Engagement alert={match} mayEngage={mayEngage} afterEnd me={me} onWriting={(of, writing) => onWriting(of, writing, deployment)} onAlerts={() => void load()} onStale={() => void load()} />
          </article>
        );
      })}
    </section>
  );
}
