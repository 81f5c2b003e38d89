import { useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Session } from "../api/types";
import { Button } from "../components/button/button";
import { strings } from "../strings";

/** An administrator can pair the browser in hand; anyone else needs a code. */
export function NotPaired({ session, onPaired }: { session: Session | undefined; onPaired: () => Promise<void> }) {
  const [problem, setProblem] = useState<string>();
  const pairThis = async () => {
    const result = await ask(api.POST("/v1/devices/this", { body: { device_name: strings.devices.thisDevice } }));
    if (result.ok) await onPaired();
    else setProblem(problemText(result.problem));
  };
  return (
    <>
      <a class="govuk-button govuk-button--secondary v-button" href="/pair.html" data-testid="to-pair">
        {strings.officer.states.pairLink}
      </a>
      {session?.duties.includes("keep_devices") && (
        <Button kind="secondary" onPress={pairThis} testId="pair-this">
          {strings.devices.pairThis}
        </Button>
      )}
      {problem !== undefined && <p role="alert">{problem}</p>}
    </>
  );
}
