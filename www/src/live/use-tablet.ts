import { useEffect, useState } from "preact/hooks";

/** What this browser tells of the device; nothing of what it doesn't. */
export type Tablet = {
  battery: { percent: number; charging: boolean } | undefined;
  /** How busy its processor is, which is what makes it hot. */
  pressure: Pressure | undefined;
};

export type Pressure = "nominal" | "fair" | "serious" | "critical";

const PRESSURE_EVERY_MS = 5_000;

/** Not every browser has them, and TypeScript's own declarations have neither. */
type Battery = EventTarget & { level: number; charging: boolean };
type WithBattery = { getBattery?: () => Promise<Battery> };
type Observer = { observe(source: "cpu", options: { sampleInterval: number }): Promise<void>; disconnect(): void };
type WithPressure = { PressureObserver?: new (listen: (records: { state: Pressure }[]) => void) => Observer };

export function useTablet(): Tablet {
  const [battery, setBattery] = useState<Tablet["battery"]>();
  const [pressure, setPressure] = useState<Pressure>();

  useEffect(() => {
    let source: Battery | undefined;
    let here = true;
    const tell = () => source !== undefined && setBattery({ percent: Math.round(source.level * 100), charging: source.charging });
    void (navigator as WithBattery).getBattery?.().then(
      (found) => {
        if (!here) return;
        source = found;
        for (const change of ["levelchange", "chargingchange"]) found.addEventListener(change, tell);
        tell();
      },
      () => undefined,
    );
    return () => {
      here = false;
      for (const change of ["levelchange", "chargingchange"]) source?.removeEventListener(change, tell);
    };
  }, []);

  useEffect(() => {
    const Pressured = (globalThis as WithPressure).PressureObserver;
    if (Pressured === undefined) return undefined;
    const observer = new Pressured((records) => setPressure(records.at(-1)?.state));
    observer.observe("cpu", { sampleInterval: PRESSURE_EVERY_MS }).catch(() => undefined);
    return () => observer.disconnect();
  }, []);

  return { battery, pressure };
}
