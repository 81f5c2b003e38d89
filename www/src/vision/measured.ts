/** What the engine found of its inner loops on this machine, for its next start: kept on the device for one build in one browser. */

declare const __ENGINE_SHA256__: string;

const NAME = "vedette-loops";
type Kept = { engine: string; browser: string; speeds: number[] };

function isKept(value: unknown): value is Kept {
  const { engine, browser, speeds } = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof Kept, unknown>>;
  return engine === __ENGINE_SHA256__ && browser === navigator.userAgent && Array.isArray(speeds) && speeds.every((speed) => Number.isFinite(speed));
}

/** Nothing where no engine of this build has run here, or a browser keeps nothing. */
export function measured(): Float64Array | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? "null");
    return isKept(kept) ? Float64Array.from(kept.speeds) : undefined;
  } catch {
    return undefined;
  }
}

export function keepMeasured(speeds: Float64Array): void {
  try {
    const kept: Kept = { engine: __ENGINE_SHA256__, browser: navigator.userAgent, speeds: [...speeds] };
    localStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    // Then they are tried each time.
  }
}
