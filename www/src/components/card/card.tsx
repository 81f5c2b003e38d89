import type { ComponentChildren } from "preact";

/** A thing in a list: a heading, what belongs to it, and what can be done with it. */
export function Card({ title, children, actions, testId }: { title: ComponentChildren; children?: ComponentChildren; actions?: ComponentChildren; testId?: string }) {
  return (
    <article class="v-card" data-testid={testId}>
      <div class="v-card__body">
        <h3 class="v-card__title">{title}</h3>
        {children}
      </div>
      {actions !== undefined && <div class="v-card__actions">{actions}</div>}
    </article>
  );
}
