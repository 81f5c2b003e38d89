import { useEffect, useState } from "preact/hooks";
import type { NoCamera } from "../live/camera";
import { amiss, stillAmiss } from "./camera";

const LOOK_MS = 4_000;
/** A camera that would not open is tried again after this; until it opens, nobody is asked to stand before it. */
const AGAIN_MS = 5_000;

/** Why the camera is not to be had, while nobody is before it. `fail`: it would not open for somebody. */
export function useCamera(running: boolean): { camera: NoCamera | undefined; fail: (why: NoCamera) => void } {
  /** As far as that is known without a try, and when it was last tried. */
  const [known, setKnown] = useState<NoCamera>();
  const [failed, setFailed] = useState<NoCamera>();

  useEffect(() => {
    if (running) return undefined;
    const look = () => void amiss().then(setKnown);
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [running]);

  useEffect(() => {
    if (running || failed === undefined) return undefined;
    let here = true;
    let timer: ReturnType<typeof setTimeout>;
    // One try after the other: a browser that asks whoever is there answers late.
    const wait = () => (timer = setTimeout(() => void again(), AGAIN_MS));
    const again = async () => {
      const why = await stillAmiss();
      if (!here) return;
      setFailed(why);
      if (why === failed) wait();
    };
    wait();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [running, failed]);

  return { camera: known ?? failed, fail: setFailed };
}
