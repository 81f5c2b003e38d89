import type { ComponentChildren } from "preact";

type Props = {
  /** With the state in words. */
  children: ComponentChildren;
  on: boolean;
  onPress: () => void;
  testId?: string;
};

/** What is on or off, and says which: by its words, and by where its knob is. */
export function Switch({ children, on, onPress, testId }: Props) {
  return (
    <button type="button" role="switch" aria-checked={on} class="govuk-button govuk-button--secondary v-button v-switch" onClick={onPress} data-testid={testId}>
      <span class="v-switch__track" aria-hidden="true" />
      {children}
    </button>
  );
}
