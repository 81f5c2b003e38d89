import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { Deployment } from "../api/types";
import { Button } from "../components/button/button";
import { Dialog } from "../components/dialog/dialog";
import { strings } from "../strings";

const AGAIN_MS = 2_000;

type Stopping = { kind: "no" } | { kind: "asked" } | { kind: "stopping"; problem: string | undefined };

type Props = {
  deployment: Deployment;
  /** Whether something is being written down on this screen, of which the end takes names and notes. */
  writing: boolean;
  /** Called at once: this screen needs no server to stop. */
  onStop: () => void;
  onStopped: () => void;
};

/** Ends a deployment on every device: two touches in two places, and nothing to type. It asks the server until it answers. */
export function Stop({ deployment: { id, name }, writing, onStop, onStopped }: Props) {
  const [state, setState] = useState<Stopping>({ kind: "no" });
  const stopping = state.kind === "stopping";
  useEffect(() => {
    if (!stopping) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted = true;
    const end = async () => {
      const result = await ask(api.POST("/v1/deployments/{id}/end", { params: { path: { id } } }));
      if (!wanted) return;
      // Somebody else may have been quicker.
      if (result.ok || hasStatus(result.problem, 409)) {
        setState({ kind: "no" });
        onStopped();
        return;
      }
      setState({ kind: "stopping", problem: problemText(result.problem) });
      timer = setTimeout(() => void end(), AGAIN_MS);
    };
    void end();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [stopping, id]);

  const words = strings.stop;
  return (
    <div class={`v-stop${stopping ? " v-stop--stopping" : ""}`}>
      {state.kind === "stopping" ? (
        <>
          <p class="v-stop__state" role="alert" data-testid="stop-state">
            {state.problem === undefined ? words.stopping : words.notYet(state.problem)}
          </p>
          {state.problem !== undefined && (
            <Button kind="secondary" onPress={() => setState({ kind: "no" })} testId="stop-give-up">
              {words.giveUp}
            </Button>
          )}
        </>
      ) : (
        <Button kind="warning" onPress={() => setState({ kind: "asked" })} testId="stop-everywhere">
          <span aria-hidden="true">■ </span>
          {words.stop}
        </Button>
      )}
      {state.kind === "asked" && (
        <Dialog
          title={words.title}
          text={writing ? `${words.text(name)} ${strings.onDuty.endWhileWriting}` : words.text(name)}
          confirm={words.confirm}
          cancel={words.cancel}
          onConfirm={() => {
            onStop();
            setState({ kind: "stopping", problem: undefined });
          }}
          onCancel={() => setState({ kind: "no" })}
          testId="stop-dialog"
        />
      )}
    </div>
  );
}
