import type { ComponentChildren } from "preact";
import type { Deployment } from "../api/types";
import { Banner } from "../components/banner/banner";
import { strings } from "../strings";
import type { CaptureState } from "./state";
import { detailOf, words } from "./words";

type Props = {
  show: CaptureState;
  deployment: Deployment | undefined;
  gauges: ComponentChildren;
  /** For how long nobody has been matched, where somebody should be. */
  clock: ComponentChildren;
  /** What can be done about the state. */
  children: ComponentChildren;
};

/** What this screen does, and for which deployment: always in sight, whatever else is on it. */
export function StateBar({ show, deployment, gauges, clock, children }: Props) {
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
      {...(deployment === undefined ? {} : { about: <About deployment={deployment} /> })}
      clock={clock}
      gauges={gauges}
    >
      {children}
    </Banner>
  );
}

function About({ deployment: { operation, name, place, id } }: { deployment: Deployment }) {
  return (
    <span class="v-banner__line" data-testid="deployment-kind">
      <strong>{operation === undefined ? strings.kinds.exerciseLong : strings.kinds.operationLong}</strong>
      <span class="v-banner__where" data-testid="deployment-where">
        {strings.tablet.where(name, place)}
      </span>
      <span class="v-banner__id">{strings.kinds.id(id)}</span>
    </span>
  );
}
