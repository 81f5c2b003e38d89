import type { ComponentChildren } from "preact";

type Props = { title: string; done: number; total: number; /** What else there is to say, such as the time left. */ detail: string; children?: ComponentChildren; testId?: string };

/** How far long work has come. The count is in the bar for screen readers to ask for, and is not read out at each step. */
export function ProgressPanel({ title, done, total, detail, children, testId }: Props) {
  return (
    <section class="v-progress" aria-labelledby="progress-title" data-testid={testId} data-done={done} data-total={total}>
      <h2 class="govuk-heading-m" id="progress-title">
        {title}
      </h2>
      <progress class="v-progress__bar" value={done} max={Math.max(1, total)} aria-labelledby="progress-title" aria-valuetext={detail} />
      <p class="govuk-body">{detail}</p>
      {children}
    </section>
  );
}
