import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Attention } from "./attention";
import { callFor, isNews, type Waiting } from "./steps";

/** What waits calls again after this, and sooner where the server says that nobody came. */
const CALL_AGAIN_MS = { waits: 10_000, urgent: 5_000 };
const FLASH_MS = 1_500;
/** What is below the note about sound moves up when it goes: not while the finger that touched is still about. */
const NOTE_STAYS_MS = 600;

export type SoundState = "on" | "off" | "blocked";

export type Calls = {
  sound: SoundState;
  /** Nobody has touched the page since it was loaded, so the browser lets it make no sound. */
  untouched: boolean;
  setSound: (sound: SoundState) => void;
  /** Asks the browser for sound; it gives it only after a touch. */
  unlock: () => Promise<boolean>;
  /** The screen's edge flashes. */
  flash: boolean;
};

type Calling = {
  waiting: Waiting[];
  /** The face that is open here. */
  opened: string | undefined;
  /** Alerts that were opened here, about people who are off the list now. */
  off: string[];
  /** Something waits that has not called before. */
  onNews: () => void;
  onOff: (alert: string) => void;
};

/** Calls officers to what waits, and once back from what was opened here: by sound, vibration and a flash. */
export function useCalls({ waiting, opened, off, onNews, onOff }: Calling): Calls {
  const attention = useMemo(() => new Attention(), []);
  const [sound, setSound] = useState<SoundState>("blocked");
  const [untouched, setUntouched] = useState(true);
  const [flash, setFlash] = useState(false);
  attention.muted = sound === "off";

  const calledTo = useRef<Waiting[]>([]);
  useEffect(() => {
    const news = isNews(calledTo.current, waiting);
    calledTo.current = waiting;
    if (!news) return;
    attention.call(false);
    setFlash(true);
    onNews();
  }, [waiting]);

  const calledOff = useRef<string[]>([]);
  useEffect(() => {
    const news = off.find((alert) => !calledOff.current.includes(alert));
    calledOff.current = off;
    if (news === undefined) return;
    attention.call(false);
    setFlash(true);
    onOff(news);
  }, [off.join()]);

  useEffect(() => {
    if (!flash) return undefined;
    const timer = setTimeout(() => setFlash(false), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flash]);

  const call = callFor(waiting, opened);
  useEffect(() => {
    if (call === "none") return undefined;
    const again = () => {
      attention.call(call === "urgent");
      setFlash(true);
    };
    if (call === "urgent") again();
    const timer = setInterval(again, CALL_AGAIN_MS[call]);
    return () => clearInterval(timer);
  }, [call]);

  useEffect(() => {
    // Any touch will do: after a reload nobody presses the start button again.
    const unlock = async ({ target }: Event) => {
      setTimeout(() => setUntouched(false), NOTE_STAYS_MS);
      // The switch for it turns it on itself: it is not to find it on already.
      if (target instanceof Element && target.closest('[role="switch"]') !== null) return;
      const unlocked = await attention.unlock();
      setSound((before) => (before === "blocked" && unlocked ? "on" : before));
    };
    // Once the finger is off: what changes with the sound is not to move what is under it.
    addEventListener("pointerup", unlock);
    addEventListener("keydown", unlock);
    return () => {
      removeEventListener("pointerup", unlock);
      removeEventListener("keydown", unlock);
    };
  }, []);

  return { sound, untouched, setSound, unlock: () => attention.unlock(), flash };
}
