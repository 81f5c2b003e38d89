import { Fragment } from "preact";
import { clockTime } from "../lib/time";
import { strings } from "../strings";
import { answers } from "./answers";
import type { Untaken } from "./outbox";

const time = (at: number) => clockTime(new Date(at).toISOString());

/** What the server did not take, each with why, and with what was written, to be written again. */
export function UntakenList({ all }: { all: Untaken[] }) {
  const words = strings.offline;
  return (
    <>
      {all.map(({ id, at, writing, text, conflict }) => (
        <Fragment key={id}>
          <p class="v-officer__said">
            <strong>{conflict ? words.conflict : words.notTaken}</strong> {words.notTakenText(time(at), text)}
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

/** As text, to be kept elsewhere. */
export function untakenText(all: Untaken[]): string {
  return all.map(({ at, writing }) => [time(at), ...answers(writing)].join("\n")).join("\n\n");
}
