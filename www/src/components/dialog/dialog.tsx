import { useEffect, useRef } from "preact/hooks";
import { strings } from "../../strings";
import { Button } from "../button/button";

type Props = {
  title: string;
  text: string;
  /** What whoever answers should know first. */
  warnings?: readonly string[];
  confirm: string;
  cancel?: string;
  onConfirm: () => void | Promise<void>;
  onCancel: () => void;
  testId?: string;
};

/** Asks before something that can't be undone. The harmless answer has the focus first. */
export function Dialog({ title, text, confirm, warnings = [], cancel = strings.cancel, onConfirm, onCancel, testId }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} class="v-dialog" aria-labelledby="dialog-title" onCancel={onCancel} data-testid={testId}>
      <h2 class="govuk-heading-m" id="dialog-title">
        {title}
      </h2>
      <p class="govuk-body">{text}</p>
      {warnings.map((warning) => (
        <p key={warning} class="govuk-inset-text" data-testid="dialog-warning">
          {warning}
        </p>
      ))}
      <div class="v-dialog__actions">
        <Button kind="secondary" onPress={onCancel} testId="dialog-cancel">
          {cancel}
        </Button>
        <Button kind="warning" onPress={onConfirm} testId="dialog-confirm">
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
