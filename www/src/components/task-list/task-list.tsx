import type { ComponentChildren } from "preact";

export type Task = {
  id: string;
  title: string;
  href: string;
  hint?: string;
  state: ComponentChildren;
  /** Nothing more is to be done with it. */
  done: boolean;
};

/** Parts of a piece of work, each with how far it has come. */
export function TaskList({ tasks, testId }: { tasks: Task[]; testId?: string }) {
  return (
    <ul class="govuk-task-list" data-testid={testId}>
      {tasks.map(({ id, title, href, hint, state, done }) => (
        <li key={id} class="govuk-task-list__item govuk-task-list__item--with-link">
          <div class="govuk-task-list__name-and-hint">
            <a class="govuk-link govuk-task-list__link" href={href} aria-describedby={`${id}-hint ${id}-state`} data-testid={id}>
              {title}
            </a>
            {hint !== undefined && (
              <div id={`${id}-hint`} class="govuk-task-list__hint">
                {hint}
              </div>
            )}
          </div>
          <div class={`govuk-task-list__status${done ? " v-task-list__done" : ""}`} id={`${id}-state`} data-testid={`${id}-state`}>
            {state}
          </div>
        </li>
      ))}
    </ul>
  );
}
