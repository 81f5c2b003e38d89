import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { strings } from "../../strings";

/** A second press within this time is a slip of the finger, not a second wish. */
const DOUBLE_PRESS_MS = 600;

type Props = {
  children: ComponentChildren;
  onPress?: () => void | Promise<void>;
  kind?: "primary" | "secondary" | "warning";
  submit?: boolean;
  busy?: boolean;
  /** Stays focusable and says so to screen readers, but does nothing. */
  inactive?: boolean;
  /** The id of what says why it is inactive. */
  reason?: string;
  label?: string;
  testId?: string;
};

/** A button that can't be pressed twice by accident: it is inert while its action runs, and for a moment after. */
export function Button({ children, onPress, kind = "primary", submit = false, busy = false, inactive = false, reason, label, testId }: Props) {
  const last = useRef(Number.NEGATIVE_INFINITY);
  const [running, setRunning] = useState(false);
  const waiting = busy || running;
  const press = (event: Event) => {
    const at = performance.now();
    if (waiting || inactive || at - last.current < DOUBLE_PRESS_MS) {
      event.preventDefault();
      return;
    }
    last.current = at;
    const result = onPress?.();
    if (result instanceof Promise) {
      setRunning(true);
      result.finally(() => setRunning(false));
    }
  };
  const style = kind === "primary" ? "" : ` govuk-button--${kind}`;
  return (
    <button
      type={submit ? "submit" : "button"}
      class={`govuk-button v-button${style}`}
      onClick={press}
      aria-disabled={waiting || inactive ? "true" : undefined}
      aria-describedby={inactive ? reason : undefined}
      aria-label={label}
      data-testid={testId}
    >
      {children}
      {waiting && <span class="govuk-visually-hidden"> {strings.busy}</span>}
    </button>
  );
}
