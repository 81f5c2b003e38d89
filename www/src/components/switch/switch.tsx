import { usePress } from "../button/press";

type Props = {
  /** What it switches: its name, whatever its state. */
  name: string;
  /** In words, for those who see them; others hear whether it is on. */
  state: string;
  on: boolean;
  onPress: () => void | Promise<void>;
  testId?: string;
};

/** What is on or off, and says which: by its words, and by where its knob is. Two quick presses are one. */
export function Switch({ name, state, on, onPress, testId }: Props) {
  const { press } = usePress(onPress);
  return (
    <button type="button" role="switch" aria-checked={on} class="govuk-button govuk-button--secondary v-button v-switch" onClick={press} data-testid={testId}>
      <span class="v-switch__track" aria-hidden="true" />
      {name}
      <span aria-hidden="true">: {state}</span>
    </button>
  );
}
