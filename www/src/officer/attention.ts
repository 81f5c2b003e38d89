/** Sound, vibration and the screen that stays on: what makes an officer look. */

/** Two rising tones, twice: heard over traffic, unlike any ringtone. Hertz, and seconds from the start. */
const TONES: [hertz: number, at: number][] = [
  [880, 0],
  [1320, 0.16],
  [880, 0.42],
  [1320, 0.58],
];
const TONE_S = 0.14;
/** Once more after this, where nobody came. Seconds. */
const URGENT_AGAIN_S = 0.95;
/** Milliseconds of vibration and of rest, in turn. */
const VIBRATION = [250, 120, 250];
const URGENT_VIBRATION = [500, 150, 500, 150, 500];

/** Whether this browser can vibrate at all; tablets often can't. */
export function vibrates(): boolean {
  return "vibrate" in navigator;
}

export class Attention {
  #context: AudioContext | undefined;
  muted = false;

  /** Browsers let a page make sound only after a touch; call this from one. */
  async unlock(): Promise<boolean> {
    this.#context ??= new AudioContext();
    await this.#context.resume().catch(() => undefined);
    return this.unlocked;
  }

  get unlocked(): boolean {
    return this.#context?.state === "running";
  }

  /** Draws attention once, longer when nobody came the first time. Silent mode takes the sound away, never the vibration. */
  call(urgent: boolean): void {
    // Vibration, too, is refused before the first touch.
    if (vibrates() && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate(urgent ? URGENT_VIBRATION : VIBRATION);
    const context = this.#context;
    if (this.muted || context === undefined || context.state !== "running") return;
    const again = TONES.map(([hertz, at]): [number, number] => [hertz, at + URGENT_AGAIN_S]);
    for (const [hertz, at] of urgent ? [...TONES, ...again] : TONES) {
      const start = context.currentTime + at;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.type = "square";
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.35, start + 0.01);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + TONE_S);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + TONE_S);
    }
  }
}

/** Keeps the screen on while it is wanted. The system takes the lock away whenever the page is hidden. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let wanted = true;
  const take = async () => {
    if (!wanted || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    // A battery saver may refuse; the screen then dims as on any page.
    const taken = await navigator.wakeLock.request("screen").catch(() => undefined);
    if (wanted) lock = taken;
    else void taken?.release();
  };
  const onVisible = () => void take();
  document.addEventListener("visibilitychange", onVisible);
  void take();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", onVisible);
    void lock?.release();
  };
}
