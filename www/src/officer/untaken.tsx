import { Fragment } from "preact";
import { clockTime } from "../lib/time";
import { strings } from "../strings";
import { answers } from "./answers";
import type { Untaken } from "./outbox";

const time = (at: number) => clockTime(new Date(at).toISOString());

/** What is not known to be recorded, each with why, and with what was written, to be written again. */
export function UntakenList({ all }: { all: Untaken[] }) {
  const words = strings.offline;
  const titles = { overtaken: words.conflict, refused: words.notTaken, unsent: words.unsent };
  return (
    <>
      {all.map(({ id, at, writing, text, fate }) => (
        <Fragment key={id}>
          <p class="v-officer__said">
            <strong>{titles[fate]}</strong> {(fate === "unsent" ? words.unsentText : words.notTakenText)(time(at), text)}
          </p>
          <ul class="govuk-list govuk-list--bullet" data-testid="not-taken-written">
            {answers(writing).map((answer) => (
              <li key={answer}>{answer}</li>
            ))}
          </ul>
        </Fragment>
      ))}
    </>
  );
}
