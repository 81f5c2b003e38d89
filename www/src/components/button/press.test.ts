import { h, render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { usePress } from "./press";

let press: () => Promise<void>;

/** A component that draws nothing asks nothing more of its place. */
function Pressed({ action, inert }: { action: () => void | Promise<void>; inert: boolean }) {
  const pressed = usePress(action, inert);
  press = async () => {
    pressed.press({ preventDefault: () => undefined } as Event);
    await vi.advanceTimersByTimeAsync(200);
  };
  return null;
}

const drawn = async (action: () => void | Promise<void>, inert = false) => {
  const place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
  render(h(Pressed, { action, inert }), place);
  await vi.advanceTimersByTimeAsync(1_000);
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a double tap is one press", async () => {
  const action = vi.fn();
  await drawn(action);
  await press();
  await press();
  expect(action).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  await press();
  expect(action).toHaveBeenCalledTimes(2);
});

test("what runs is not pressed again before it ends", async () => {
  let end: () => void = () => undefined;
  const action = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  await drawn(action);
  await press();
  await vi.advanceTimersByTimeAsync(5_000);
  await press();
  expect(action).toHaveBeenCalledTimes(1);
  end();
  await vi.advanceTimersByTimeAsync(1_000);
  await press();
  expect(action).toHaveBeenCalledTimes(2);
});

test("what is inert does nothing", async () => {
  const action = vi.fn();
  await drawn(action, true);
  await press();
  expect(action).not.toHaveBeenCalled();
});
