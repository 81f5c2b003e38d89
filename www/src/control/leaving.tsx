import { useEffect, useRef } from "preact/hooks";
import { Button } from "../components/button/button";
import type { Untaken } from "../officer/outbox";
import { UntakenList } from "../officer/untaken";
import { strings } from "../strings";

type Props = { untaken: Untaken[]; onAgain: () => Promise<void>; onSeen: () => Promise<void>; onStay: () => void };

/** What signing out destroys, told before it does. It is only shown: a clipboard would keep it beyond the sign-out. */
export function Leaving({ untaken, onAgain, onSeen, onStay }: Props) {
  const words = strings.leaving;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const unsent = untaken.some(({ fate }) => fate === "unsent");
  const again = async () => {
    await onAgain();
    // What is still here is read anew.
    title.current?.focus();
  };
  return (
    <section class="v-notice v-notice--error" aria-labelledby="leaving" data-testid="not-taken">
      <h2 class="govuk-heading-m" id="leaving" tabIndex={-1} ref={title}>
        {unsent ? words.unsentTitle : words.title}
      </h2>
      <p>{unsent ? words.unsentLead : words.lead}</p>
      <UntakenList all={untaken} />
      <div class="govuk-button-group">
        {unsent && (
          <Button onPress={again} testId="not-taken-again">
            {strings.tryAgain}
          </Button>
        )}
        <Button kind="secondary" onPress={onStay} testId="not-taken-stay">
          {words.stay}
        </Button>
        <Button kind="warning" onPress={onSeen} testId="not-taken-seen">
          {words.seen}
        </Button>
      </div>
    </section>
  );
}
