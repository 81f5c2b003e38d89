import { useEffect, useMemo } from "preact/hooks";
import { LOOK_EVERY_MS, OneCamera } from "../live/one-camera";
import { modeOf, type Dispatch, type State } from "./state";

/** Sees to it that one page of this browser has the camera. Returns what takes it over. */
export function useOneCamera(state: State, dispatch: Dispatch): () => void {
  const one = useMemo(() => new OneCamera(navigator.locks as LockManager | undefined, (holding) => dispatch({ kind: "holding", holding })), []);
  const here = state.session.kind === "signed_in" && state.session.session.device != null;
  const wanted = here && modeOf(state) === "capture";
  useEffect(() => one.want(wanted), [wanted]);
  useEffect(() => {
    if (!here) return undefined;
    const look = () => void one.look();
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [here]);
  return () => one.takeOver();
}
