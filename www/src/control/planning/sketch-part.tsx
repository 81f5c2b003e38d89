import { useState } from "preact/hooks";
import type { Sketch } from "../../api/types";
import { Button } from "../../components/button/button";
import { Dialog } from "../../components/dialog/dialog";
import { begun } from "../../components/sketch/sketch";
import { SketchEditor } from "../../components/sketch/sketch-editor";
import { strings } from "../../strings";

type Props = { sketch: Sketch | undefined; error: string | undefined; onChange: (sketch: Sketch | undefined) => void };

/** The drawing of a plan; a plan may do without one. */
export function SketchPart({ sketch, error, onChange }: Props) {
  const words = strings.sketch;
  const [removing, setRemoving] = useState(false);
  return (
    // The summary of errors leads here.
    <div id="plan-sketch" tabIndex={-1} class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`}>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <p class="govuk-body">{words.lead}</p>
      {error !== undefined && <p class="govuk-error-message">{error}</p>}
      {sketch === undefined ? (
        <>
          <p class="govuk-body">{words.none}</p>
          <Button kind="secondary" onPress={() => onChange(begun())} testId="sketch-begin">
            {words.begin}
          </Button>
        </>
      ) : (
        <SketchEditor sketch={sketch} onChange={onChange} onRemove={() => setRemoving(true)} />
      )}
      {removing && (
        <Dialog
          testId="sketch-remove-dialog"
          title={words.removeTitle}
          text={words.removeText}
          confirm={words.remove}
          onConfirm={() => {
            onChange(undefined);
            setRemoving(false);
          }}
          onCancel={() => setRemoving(false)}
        />
      )}
    </div>
  );
}
