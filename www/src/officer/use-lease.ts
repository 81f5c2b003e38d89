import { useEffect } from "preact/hooks";
import { lease } from "./lease";
import type { Dispatch } from "./state";

const LOOK_EVERY_MS = 5_000;

/**
 * Blanks a screen that has heard nothing of its server for too long. Also before it shows anything again after a sleep: then no
 * timer has run meanwhile.
 */
export function useLease(signedIn: boolean, dispatch: Dispatch): void {
  useEffect(() => {
    if (!signedIn) return undefined;
    lease.renew();
    const look = () => {
      if (lease.isOver) dispatch({ kind: "lease_over" });
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    const places: [EventTarget, string][] = [
      [document, "visibilitychange"],
      [document, "resume"],
      [window, "pageshow"],
    ];
    for (const [place, name] of places) place.addEventListener(name, look);
    return () => {
      clearInterval(timer);
      for (const [place, name] of places) place.removeEventListener(name, look);
    };
  }, [signedIn]);
}
