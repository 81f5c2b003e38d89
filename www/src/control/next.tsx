import type { Deployment } from "../api/types";
import { goTo } from "../components/contents/contents";
import { strings } from "../strings";
import { hrefOf, todos } from "./home/todo";
import { said, waitsFor } from "./home/todo-words";

/** What comes next of an operation that is prepared: whoever may do it is led there, and others are told for whom it waits. */
export function Next({ pilot }: { pilot: Deployment }) {
  const [next] = todos([pilot]);
  if (next === undefined) return null;
  const { step, yours, roles } = next;
  const text = said(step, pilot);
  if (!yours) {
    return (
      <p class="govuk-body v-pilot__next" data-testid="pilot-next" data-step={step}>
        <strong>{strings.pilot_page.next(text)}</strong> {waitsFor(roles)}.
      </p>
    );
  }
  const href = hrefOf(step, pilot);
  if (href !== `#/pilot/${pilot.id}`) {
    return (
      <a class="govuk-button v-button" href={href} data-testid="pilot-next" data-step={step}>
        {text}
      </a>
    );
  }
  const part = step === "fill_list" ? "list-links" : "authorisation";
  return (
    <a
      class="govuk-button v-button"
      href={`#${part}`}
      data-testid="pilot-next"
      data-step={step}
      onClick={(event) => {
        event.preventDefault();
        goTo(part);
      }}
    >
      {strings.pilot_page.next(text)}
    </a>
  );
}
