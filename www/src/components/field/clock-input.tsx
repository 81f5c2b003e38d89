import { tidied } from "../../lib/moment";

type Props = { id: string; value: string; onInput: (value: string) => void; wrong: boolean; describedBy?: string | undefined };

/** A time of a 24-hour clock. It is typed, as a browser's own field shows it on a 12-hour clock in some countries. */
export function ClockInput({ id, value, onInput, wrong, describedBy }: Props) {
  return (
    <input
      id={id}
      name={id}
      type="text"
      inputMode="numeric"
      autocomplete="off"
      class={`govuk-input v-input govuk-input--width-5${wrong ? " govuk-input--error" : ""}`}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
      onBlur={() => {
        const tidy = tidied(value);
        // Whoever only passes through has typed nothing.
        if (tidy !== value) onInput(tidy);
      }}
      aria-describedby={describedBy}
      aria-invalid={wrong ? "true" : undefined}
      data-testid={id}
    />
  );
}
