/** Sound, vibration and the screen that stays on: what makes an officer look. */

/** Two rising tones, twice: heard over traffic, unlike any ringtone. Hertz, and seconds from the start. */
const TONES: [hertz: number, at: number][] = [
  [880, 0],
  [1320, 0.16],
  [880, 0.42],
  [1320, 0.58],
];
const TONE_S = 0.14;

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

  /** Draws attention once. Vibration stays on when the sound is off. */
  call(): void {
    // Vibration, too, is refused before the first touch.
    if ("vibrate" in navigator && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate([250, 120, 250]);
    const context = this.#context;
    if (this.muted || context === undefined || context.state !== "running") return;
    for (const [hertz, at] of TONES) {
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
