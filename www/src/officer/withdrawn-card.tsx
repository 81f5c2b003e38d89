import { useId } from "preact/hooks";
import type { Alert, Withdrawal } from "../api/types";
import { Button } from "../components/button/button";
import { clockTime, shortTime } from "../lib/time";
import { strings } from "../strings";
import { deviceName } from "./where";

type Props = {
  alert: Alert;
  withdrawal: Withdrawal;
  /** Whether it was open here when it was withdrawn. */
  followed: boolean;
  /** Whether something was given here just now, so that a second touch is a slip. */
  resting: boolean;
  /** Nothing once it is put away. */
  onPutAway: (() => void) | undefined;
};

/** Nobody looks for the person any more: no picture, no name, and nothing to answer. */
export function WithdrawnCard({ alert, withdrawal, followed, resting, onPutAway }: Props) {
  const id = useId();
  const words = strings.withdrawn;
  return (
    <article
      tabIndex={followed ? -1 : undefined}
      class={`v-alert${followed ? " v-alert--followed" : ""}`}
      data-testid="alert-card"
      data-alert={alert.id}
      data-state="withdrawn"
      data-step="withdrawn"
      aria-labelledby={id}
    >
      <h3 class="v-alert__heading" id={id}>
        <span class="v-alert__label">{words.heading}</span>
      </h3>
      <OffTheList withdrawal={withdrawal} text={words.letGo(shortTime(withdrawal.at))} announced={onPutAway !== undefined} />
      <p class="v-alert__facts">
        {strings.alerts.seenAt(clockTime(alert.raised_at))} {strings.alerts.by(deviceName(alert))}.
      </p>
      {onPutAway !== undefined && (
        <div class="v-engagement__buttons">
          <Button kind="secondary" inactive={resting} onPress={onPutAway} testId="withdrawn-put-away">
            {words.putAway}
          </Button>
        </div>
      )}
    </article>
  );
}

/** That the person was taken off the list, what to do now, and by whom and why it was done. */
export function OffTheList({ withdrawal: { by, why }, text, announced }: { withdrawal: Withdrawal; text: string; announced: boolean }) {
  const words = strings.withdrawn;
  return (
    <div class="v-alert__off" role={announced ? "alert" : undefined} data-testid="alert-withdrawn">
      <p class="v-alert__next">
        <strong>{text}</strong>
      </p>
      <p class="v-alert__facts">{by == null ? words.why[why] : words.by(words.why[why], by.name)}.</p>
    </div>
  );
}
