import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../components/button/button";
import type { Untaken } from "../officer/outbox";
import { UntakenList, untakenText } from "../officer/untaken";
import { strings } from "../strings";

/** What signing out destroys, told before it does. */
export function Leaving({ untaken, onSeen, onStay }: { untaken: Untaken[]; onSeen: () => Promise<void>; onStay: () => void }) {
  const words = strings.leaving;
  const title = useRef<HTMLHeadingElement>(null);
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  useEffect(() => title.current?.focus(), []);
  // Browsers have it on pages that came by HTTPS only; the text can be marked and copied all the same.
  const mayCopy = "clipboard" in navigator;
  const copy = async () => {
    const done = await navigator.clipboard.writeText(untakenText(untaken)).then(() => true, () => false);
    setCopied(done ? "yes" : "failed");
  };
  return (
    <section class="v-notice v-notice--error" aria-labelledby="leaving" data-testid="not-taken">
      <h2 class="govuk-heading-m" id="leaving" tabIndex={-1} ref={title}>
        {words.title}
      </h2>
      <p>{words.lead}</p>
      <UntakenList all={untaken} />
      <div class="govuk-button-group">
        {mayCopy && (
          <Button kind="secondary" onPress={copy} testId="not-taken-copy">
            {words.copy}
          </Button>
        )}
        <Button kind="secondary" onPress={onStay} testId="not-taken-stay">
          {words.stay}
        </Button>
        <Button kind="warning" onPress={onSeen} testId="not-taken-seen">
          {words.seen}
        </Button>
      </div>
      <p role="status">{copied === "yes" ? words.copied : copied === "failed" ? words.notCopied : ""}</p>
    </section>
  );
}
