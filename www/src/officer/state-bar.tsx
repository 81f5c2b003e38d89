import type { ComponentChildren } from "preact";
import type { Deployment } from "../api/types";
import { Banner } from "../components/banner/banner";
import { shortTime } from "../lib/time";
import { strings } from "../strings";
import type { CaptureState } from "./state";
import { detailOf, words } from "./words";

type Props = {
  show: CaptureState;
  deployment: Deployment | undefined;
  /** The deployment of the form that is being filled in, where that has ended. */
  form: Deployment | undefined;
  gauges: ComponentChildren;
  /** For how long nobody has been matched, where somebody should be. */
  clock: ComponentChildren;
  /** What can be done about the state. */
  children: ComponentChildren;
};

/** What this screen does, and for which deployment: always in sight, whatever else is on it. */
export function StateBar({ show, deployment, form, gauges, clock, children }: Props) {
  const { tone, title, text } = words(show);
  const detail = detailOf(show);
  return (
    <Banner
      tone={tone}
      title={title}
      text={text}
      state={show.kind}
      {...(detail === undefined ? {} : { detail })}
      {...(show.kind === "loading" && show.fraction !== undefined ? { progress: show.fraction } : {})}
      testId="capture-state"
      {...(deployment === undefined && form === undefined ? {} : { about: <About deployment={deployment} form={form} /> })}
      clock={clock}
      gauges={gauges}
    >
      {children}
    </Banner>
  );
}

function About({ deployment, form }: Pick<Props, "deployment" | "form">) {
  return (
    <>
      {form !== undefined && <FormOf deployment={form} />}
      {deployment !== undefined && (
        <span class="v-banner__line" data-testid="deployment-kind">
          {form !== undefined && <span>{deployment.state.kind === "paused" ? strings.owed.pausedNow : strings.owed.liveNow}</span>}
          <strong>{deployment.operation === undefined ? strings.kinds.exerciseLong : strings.kinds.operationLong}</strong>
          <Where deployment={deployment} testId="deployment-where" />
          <span class="v-banner__id">{strings.kinds.id(deployment.id)}</span>
        </span>
      )}
    </>
  );
}

/** First, and set apart: whoever writes reads there what the screen is about, and it is not what is live. */
function FormOf({ deployment }: { deployment: Deployment }) {
  const { state } = deployment;
  return (
    <span class="v-banner__line v-banner__form" data-testid="form-of">
      <strong>{strings.owed.formOf}</strong>
      <Where deployment={deployment} testId="form-where" />
      {state.kind === "ended" && <span>{strings.owed.formEnded(shortTime(state.ended_at))}</span>}
    </span>
  );
}

function Where({ deployment: { name, place }, testId }: { deployment: Deployment; testId: string }) {
  return (
    <span class="v-banner__where" data-testid={testId}>
      {strings.tablet.where(name, place)}
    </span>
  );
}
