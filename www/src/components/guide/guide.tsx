import { strings } from "../../strings";

export type GuideStep = "admin" | "pilot" | "enrol" | "live";
const order: GuideStep[] = ["admin", "pilot", "enrol", "live"];

/** The way from an empty server to a first alert: what is done of it, and the first step that isn't. */
export function Guide({ done, links = {} }: { done: readonly GuideStep[]; links?: Partial<Record<GuideStep, string>> }) {
  const next = order.find((step) => !done.includes(step));
  const list = (
    <ol class="v-guide__list">
      {order.map((step, index) => {
        const state = done.includes(step) ? "done" : step === next ? "now" : "later";
        const href = links[step];
        const name = strings.guide.steps[step];
        return (
          <li key={step} class={`v-guide__step v-guide__step--${state}`} aria-current={state === "now" ? "step" : undefined}>
            <span class="v-guide__number" aria-hidden="true">
              {state === "done" ? "✓" : index + 1}
            </span>
            <span class="v-guide__name">
              {href !== undefined && state !== "done" ? <a href={href}>{name}</a> : name}
              <span class="v-guide__state">{strings.guide[state]}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
  return (
    <nav class="v-guide" aria-label={strings.guide.title} data-testid="guide" data-step={next ?? "done"}>
      {next === undefined ? (
        // Nobody needs it any more, and it keeps from sight what goes on.
        <details class="govuk-details v-guide__done">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{strings.guide.allDone}</span>
          </summary>
          {list}
        </details>
      ) : (
        list
      )}
    </nav>
  );
}
