import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { strings } from "../../strings";

export type Tone = "live" | "ready" | "waiting" | "stopped";

type Props = {
  tone: Tone;
  title: string;
  text: string;
  /** The state's name for tests and style sheets. */
  state: string;
  detail?: string;
  /** Which deployment this is, in a line below. */
  about?: ComponentChildren;
  /** For how long it has been so: a clock for eyes, for read aloud each second it would drown everything else. */
  clock?: ComponentChildren;
  /** How this screen is doing. It changes often, and nobody is told each time. */
  gauges?: ComponentChildren;
  progress?: number;
  testId?: string;
  children?: ComponentChildren;
};

/** The state of this screen, always in sight. Colour is never the only sign: the title says it and the mark differs. */
export function Banner({ tone, title, text, state, detail, about, clock, gauges, progress, testId, children }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  const marks: Record<Tone, string> = { live: "●", ready: "▶", waiting: "…", stopped: "■" };
  return (
    <section class={`v-banner v-banner--${tone}${unfolded ? " v-banner--unfolded" : ""}`} data-testid={testId} data-state={state} data-detail={detail} aria-labelledby="state-title">
      <div class="v-banner__words">
        <div role="status">
          <h2 class="v-banner__title" id="state-title">
            <span aria-hidden="true" class="v-banner__mark">
              {marks[tone]}
            </span>
            {title}
          </h2>
          <p class="v-banner__text">{text}</p>
          {about !== undefined && <p class="v-banner__about">{about}</p>}
        </div>
        {clock}
      </div>
      {gauges}
      {progress !== undefined && <progress class="v-banner__progress" value={progress} max={1} aria-label={title} />}
      {children !== undefined && (
        <div class="v-banner__actions">
          {/* Shown where there is no room for all of it at once. */}
          <button type="button" class="govuk-button govuk-button--secondary v-button v-banner__more" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)} data-testid="banner-more">
            {strings.tablet.more}
            <span aria-hidden="true">{unfolded ? " ▴" : " ▾"}</span>
          </button>
          {children}
        </div>
      )}
    </section>
  );
}

/** A short word about something that just happened. */
export function Notice({ children, testId }: { children: ComponentChildren; testId?: string }) {
  return (
    <div class="v-notice" role="status" data-testid={testId}>
      {children}
    </div>
  );
}
