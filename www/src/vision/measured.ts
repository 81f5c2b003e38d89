/** What engines found of their inner loops on this machine, for later starts: kept on the device for one build in one browser. */

declare const __ENGINE_SHA256__: string;

const NAME = "vedette-loops";
/** So many starts try the loops, and each one's best counts: the first may run beside much else. */
const TRIALS = 3;
type Kept = { engine: string; browser: string; trials: number; speeds: number[] };

function kept(): Kept | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(NAME) ?? "null");
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is Kept {
  const { engine, browser, trials, speeds } = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof Kept, unknown>>;
  return engine === __ENGINE_SHA256__ && browser === navigator.userAgent && Number.isInteger(trials) && Array.isArray(speeds) && speeds.every((speed) => Number.isFinite(speed));
}

/** Nothing until engines of this build have tried them often enough here, or where a browser keeps nothing. */
export function measured(): Float64Array | undefined {
  const found = kept();
  return found !== undefined && found.trials >= TRIALS ? Float64Array.from(found.speeds) : undefined;
}

/** Of one trial. */
export function keepMeasured(speeds: Float64Array): void {
  const before = kept();
  const same = before?.speeds.length === speeds.length ? before : undefined;
  const best = Array.from(speeds, (speed, loop) => Math.max(speed, same?.speeds[loop] ?? 0));
  try {
    localStorage.setItem(NAME, JSON.stringify({ engine: __ENGINE_SHA256__, browser: navigator.userAgent, trials: (same?.trials ?? 0) + 1, speeds: best } satisfies Kept));
  } catch {
    // Then they are tried each time.
  }
}
