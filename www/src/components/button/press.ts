import { useRef, useState } from "preact/hooks";

/** A second press within this time is a slip of the finger, not a second wish. */
const DOUBLE_PRESS_MS = 600;

export type Press = {
  press: (event: Event) => void;
  /** Its action has not ended yet. */
  running: boolean;
};

/** What can't be pressed twice by accident: it is inert while its action runs, and for a moment after a press. */
export function usePress(action: (() => void | Promise<void>) | undefined, inert = false): Press {
  const last = useRef(Number.NEGATIVE_INFINITY);
  const [running, setRunning] = useState(false);
  const press = (event: Event) => {
    const at = performance.now();
    if (running || inert || at - last.current < DOUBLE_PRESS_MS) {
      event.preventDefault();
      return;
    }
    last.current = at;
    const result = action?.();
    if (result instanceof Promise) {
      setRunning(true);
      result.finally(() => setRunning(false));
    }
  };
  return { press, running };
}
