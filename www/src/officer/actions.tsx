import type { Deployment, Session } from "../api/types";
import { Button } from "../components/button/button";
import { Switch } from "../components/switch/switch";
import { strings } from "../strings";
import { vibrates } from "./attention";
import { NotPaired } from "./not-paired";
import type { CaptureState } from "./state";
import { Stop } from "./stop";
import type { Calls } from "./use-calls";

/** States in which an alert may come, so that its sound is worth a button. */
const SOUNDING = new Set<CaptureState["kind"]>(["live", "paused", "alerts_only", "camera_lost", "no_camera", "denied", "no_server", "server_failing", "engine_failed", "elsewhere"]);

type Props = {
  show: CaptureState;
  session: Session | undefined;
  deployment: Deployment | undefined;
  calls: Calls;
  writing: boolean;
  onLive: () => Promise<void>;
  onAlertsOnly: () => Promise<void>;
  onTakeOver: () => void;
  onRetryCamera: () => void;
  onRetryEngine: () => void;
  onPaired: () => Promise<void>;
  onStop: () => void;
  onStopped: () => void;
};

/** The next step of each state, and what can be done at any time. */
export function Actions(props: Props) {
  const { show, session, deployment, calls, writing, onLive, onAlertsOnly, onTakeOver, onRetryCamera, onRetryEngine, onPaired, onStop, onStopped } = props;
  const paired = session?.device != null;
  const alertsOnly = (
    <Button kind="secondary" onPress={onAlertsOnly} testId="alerts-only">
      {strings.officer.alertsOnly}
    </Button>
  );
  return (
    <>
      {show.kind === "ready" && (
        <>
          <Button onPress={onLive} testId="go-live">
            {strings.officer.goLive}
          </Button>
          {alertsOnly}
        </>
      )}
      {show.kind === "alerts_only" && deployment?.duties.includes("capture") && (
        <Button kind="secondary" onPress={onLive} testId="go-live">
          {strings.officer.startCamera}
        </Button>
      )}
      {(show.kind === "live" || show.kind === "camera_lost") && (
        <Button kind="secondary" onPress={onAlertsOnly} testId="stop-camera">
          {strings.officer.stop}
        </Button>
      )}
      {show.kind === "elsewhere" && (
        <>
          <Button onPress={onTakeOver} testId="take-over">
            {strings.onDuty.tab.takeOver}
          </Button>
          {alertsOnly}
        </>
      )}
      {(show.kind === "denied" || show.kind === "no_camera") && (
        <>
          <Button kind="secondary" onPress={onRetryCamera} testId="retry-camera">
            {strings.tryAgain}
          </Button>
          {alertsOnly}
        </>
      )}
      {show.kind === "engine_failed" && (
        <>
          <Button kind="secondary" onPress={() => (show.reason === "mismatch" ? location.reload() : onRetryEngine())} testId="retry-engine">
            {strings.tryAgain}
          </Button>
          {alertsOnly}
        </>
      )}
      {show.kind === "not_paired" && <NotPaired session={session} onPaired={onPaired} />}
      {paired && SOUNDING.has(show.kind) && <SoundSwitch calls={calls} />}
      {deployment !== undefined && paired && deployment.duties.includes("end") && (
        <Stop key={deployment.id} deployment={deployment} writing={writing} onStop={onStop} onStopped={onStopped} />
      )}
    </>
  );
}

/** What the browser blocks is off too, until it is touched. */
function SoundSwitch({ calls: { sound, untouched, setSound, unlock } }: { calls: Calls }) {
  const on = sound === "on";
  const press = async () => {
    if (on) setSound("off");
    else setSound((await unlock()) ? "on" : "blocked");
  };
  return (
    <>
      {sound === "blocked" && untouched && (
        <p class="v-banner__note" role="status" data-testid="sound-blocked">
          {strings.officer.soundBlocked}
        </p>
      )}
      <Switch name={strings.officer.sound} state={on ? strings.officer.soundOn : strings.officer.soundOff(vibrates())} on={on} onPress={press} testId="sound" />
    </>
  );
}
