import { useContext, useEffect, useState } from "preact/hooks";
import { Button } from "../components/button/button";
import { clockTime } from "../lib/time";
import { strings } from "../strings";
import { now } from "../vision/protocol";
import { total } from "./gap";
import type { GapsShown } from "./use-gaps";
import { UntakenList } from "./untaken";
import { OutboxContext } from "./use-outbox";

const TICK_MS = 1_000;
const words = strings.offline;
const at = (ms: number) => clockTime(new Date(ms).toISOString());

type Props = {
  gaps: GapsShown;
  /** Somebody is to be looked at or let go: what can wait takes one line. */
  hurried: boolean;
};

/** What this screen missed and what it keeps because there is no server, or was none. */
export function Offline({ gaps: { gaps, told, seen }, hurried }: Props) {
  return (
    <>
      {gaps.open === undefined && gaps.missed.length > 0 && (
        <div class="v-officer__warning v-officer__warning--missed" role="status" data-testid="missed" data-times={gaps.missed.length}>
          <p class="v-officer__said">
            <strong>{words.missedTitle(words.lasted(total(gaps, now())))}</strong>{" "}
            <span class="v-officer__more">
              {gaps.missed.length === 1 ? words.missedOnce(at(gaps.missed[0]?.began ?? 0), at(gaps.missed[0]?.ended ?? 0)) : words.missedOften(gaps.missed.length, at(gaps.missed.at(-1)?.ended ?? 0))}
            </span>{" "}
            {told ? words.told : words.untold}
          </p>
          <Button kind="secondary" onPress={seen} testId="missed-seen">
            {words.seen}
          </Button>
        </div>
      )}
      <Unopened />
      <NotTaken hurried={hurried} />
    </>
  );
}

/** Ticks within the state bar, which says what it is that lasts. */
export function NotMatchingFor({ began }: { began: number }) {
  const [present, setPresent] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setPresent(now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="v-banner__clock" role="timer" data-testid="missing">
      <strong>{words.missing(words.lasted(Math.max(0, present - began)), at(began))}</strong> <span class="v-banner__after">{words.missingText}</span>
    </p>
  );
}

/** What a page before kept: how much of it, and nothing of what it says. */
function Unopened() {
  const { unopened } = useContext(OutboxContext);
  if (unopened === 0) return null;
  return (
    <p class="v-officer__warning" role="status" data-testid="kept-unopened">
      <strong>{words.unopened(unopened)}</strong> {words.unopenedText(unopened)}
    </p>
  );
}

function NotTaken({ hurried }: { hurried: boolean }) {
  const { untaken, lost, seen } = useContext(OutboxContext);
  const [asked, setAsked] = useState(false);
  const some = untaken.length > 0 || lost > 0;
  useEffect(() => {
    // What comes later is folded again.
    if (!some) setAsked(false);
  }, [some]);
  if (!some) return null;
  if (hurried && !asked) {
    return (
      <div class="v-officer__warning v-officer__warning--missed" role="alert" data-testid="not-taken">
        <p class="v-officer__said">
          <strong>{words.waitsToBeRead(untaken.length + lost)}</strong>
        </p>
        <Button kind="secondary" onPress={() => setAsked(true)} testId="not-taken-read">
          {words.read}
        </Button>
      </div>
    );
  }
  return (
    <div class="v-officer__warning" role="alert" data-testid="not-taken">
      <UntakenList all={untaken} />
      {lost > 0 && (
        <p class="v-officer__said">
          <strong>{words.lostTitle}</strong> {words.lost(lost)}
        </p>
      )}
      <Button kind="secondary" onPress={seen} testId="not-taken-seen">
        {words.seen}
      </Button>
    </div>
  );
}

/** On the card of the alert that it is about. */
export function KeptHere({ alert }: { alert: string }) {
  const { kept } = useContext(OutboxContext);
  return (
    <>
      {kept
        .filter((one) => one.alert === alert)
        .map(({ id, at: written, writing }) => (
          <p key={id} class="v-alert__outcome" role="status" data-testid="kept-offline">
            {words.kept(words.keptKinds[writing.kind], at(written))}
          </p>
        ))}
    </>
  );
}
