import { api, ask } from "../api/client";
import type { Heartbeat as Said } from "../api/types";
import { cameraSaid, Pace } from "./pace";
import type { CameraState } from "./state";

/** The server alarms whoever runs the deployment where it hears nothing for three of these. */
const EVERY_MS = 2_000;
type Battery = { level: number; charging: boolean };
type Pressure = NonNullable<Said["heat"]>;
type PressureWatch = { observe: (source: "cpu", options: { sampleInterval: number }) => Promise<void>; disconnect: () => void };

/** What not every browser has; without it nothing is said. */
type Extras = {
  navigator: { getBattery?: () => Promise<Battery> };
  PressureObserver?: new (take: (records: { state: Pressure }[]) => void) => PressureWatch;
};

export type Watching = { deployment: string; space: { model: string; pipeline: number } };

/** Says every two seconds how this device is doing (R129): no face, and nothing made from one. */
export class Heartbeat {
  readonly #pace = new Pace();
  #camera: CameraState = { kind: "off" };
  #battery: Battery | undefined;
  #heat: Pressure | undefined;

  constructor() {
    const extras = globalThis as unknown as Extras;
    // The object is kept up to date by the browser.
    void extras.navigator.getBattery?.().then(
      (battery) => (this.#battery = battery),
      () => undefined,
    );
    if (extras.PressureObserver === undefined) return;
    const watch = new extras.PressureObserver((records) => (this.#heat = records.at(-1)?.state));
    void watch.observe("cpu", { sampleInterval: EVERY_MS }).catch(() => undefined);
  }

  /** A picture was looked at. */
  frame(): void {
    this.#pace.frame(performance.now());
  }

  camera(state: CameraState): void {
    if (state.kind === "on" && this.#camera.kind !== "on") this.#pace.start(performance.now());
    this.#camera = state;
  }

  /** Until the function that is returned is called. */
  start(watching: Watching): () => void {
    void this.#say(watching);
    const timer = setInterval(() => void this.#say(watching), EVERY_MS);
    return () => clearInterval(timer);
  }

  /** What is lost on the way is not sent again: the next one says more. */
  async #say({ deployment, space }: Watching): Promise<void> {
    const camera = cameraSaid(this.#camera);
    if (camera === undefined) return;
    const now = performance.now();
    const body: Said = {
      camera,
      frames_per_second: camera === "running" ? Number(this.#pace.perSecond(now).toFixed(1)) : 0,
      milliseconds_since_frame: Math.round(this.#pace.sinceFrame(now)),
      battery: this.#battery === undefined ? null : { percent: Math.round(100 * this.#battery.level), charging: this.#battery.charging },
      heat: this.#heat ?? null,
      ...space,
    };
    await ask(api.PUT("/v1/deployments/{id}/heartbeat", { params: { path: { id: deployment } }, body }));
  }
}
