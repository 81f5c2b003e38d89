import type { ComponentChildren } from "preact";
import { strings } from "../../strings";
import { usePress } from "./press";

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

/** A button that can't be pressed twice by accident, and says so while its action runs. */
export function Button({ children, onPress, kind = "primary", submit = false, busy = false, inactive = false, reason, label, testId }: Props) {
  const { press, running } = usePress(onPress, busy || inactive);
  const waiting = busy || running;
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
