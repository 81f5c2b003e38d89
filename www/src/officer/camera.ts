import { noCamera } from "../live/camera";
import { CAMERA_HEIGHT, CAMERA_WIDTH } from "../vision/protocol";
import type { CameraState } from "./state";

/** How soon a camera that is gone, busy or missing is asked for again. */
const RETRY_MS = 2_000;
/** Cameras mute for a moment when they change exposure or format; only a longer silence is told. */
const MUTED_FOR_MS = 1_500;

export type CameraEvents = {
  onState: (state: CameraState) => void;
  onStream: (stream: MediaStream) => void;
  onDevices: (devices: MediaDeviceInfo[]) => void;
};

/** Keeps one camera running: opens it, notices when it goes, and opens it again until it is told to stop. */
export class Camera {
  readonly #events: CameraEvents;
  #wanted: { deviceId: string } | undefined;
  #stream: MediaStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts requests, so that a late answer to an older one is not taken. */
  #turn = 0;

  constructor(events: CameraEvents) {
    this.#events = events;
    const media: MediaDevices | undefined = navigator.mediaDevices;
    media?.addEventListener("devicechange", () => {
      void this.#list();
      if (this.#wanted !== undefined && this.#stream === undefined) void this.#open();
    });
    document.addEventListener("visibilitychange", () => {
      // Systems take the camera from a page in the background; some give it back silently, some never.
      const track = this.#stream?.getVideoTracks()[0];
      if (document.visibilityState === "visible" && track !== undefined && (track.muted || track.readyState === "ended")) this.lost();
    });
    void this.#watchPermission();
  }

  /** Opens the camera with this id, or any when it is empty. */
  start(deviceId: string): void {
    this.#wanted = { deviceId };
    this.#drop();
    this.#events.onState({ kind: "starting" });
    void this.#open();
  }

  stop(): void {
    this.#wanted = undefined;
    this.#drop();
    this.#events.onState({ kind: "off" });
  }

  /** The frames stopped coming. */
  lost(): void {
    if (this.#wanted === undefined) return;
    this.#drop();
    this.#events.onState({ kind: "lost" });
    this.#retry();
  }

  #drop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }

  #retry(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), RETRY_MS);
  }

  async #open(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    const media: MediaDevices | undefined = navigator.mediaDevices;
    if (media === undefined) {
      this.#events.onState({ kind: "insecure" });
      return;
    }
    const turn = ++this.#turn;
    const size = { width: { ideal: CAMERA_WIDTH }, height: { ideal: CAMERA_HEIGHT }, frameRate: { ideal: 30 } };
    try {
      const stream = await media.getUserMedia({
        audio: false,
        video: wanted.deviceId === "" ? { ...size, facingMode: { ideal: "environment" } } : { ...size, deviceId: { exact: wanted.deviceId } },
      });
      const track = stream.getVideoTracks()[0];
      if (turn !== this.#turn || track === undefined) {
        for (const each of stream.getTracks()) each.stop();
        return;
      }
      this.#stream = stream;
      this.#watch(track, turn);
      this.#events.onStream(stream);
      this.#events.onState({ kind: "on", deviceId: track.getSettings().deviceId ?? "" });
      void this.#list();
    } catch (error) {
      if (turn !== this.#turn) return;
      const state: CameraState = { kind: noCamera(error) };
      // The chosen camera was unplugged: any other is better than none.
      if (state.kind === "none" && wanted.deviceId !== "") this.#wanted = { deviceId: "" };
      this.#events.onState(state);
      // A person must change a refusal; the rest can mend itself.
      if (state.kind !== "denied" && state.kind !== "insecure") this.#retry();
    }
  }

  #watch(track: MediaStreamTrack, turn: number): void {
    const current = () => turn === this.#turn;
    track.addEventListener("ended", () => {
      if (current()) this.lost();
    });
    track.addEventListener("mute", () => {
      setTimeout(() => {
        if (current() && track.muted) this.#events.onState({ kind: "paused" });
      }, MUTED_FOR_MS);
    });
    track.addEventListener("unmute", () => {
      if (current()) this.#events.onState({ kind: "on", deviceId: track.getSettings().deviceId ?? "" });
    });
  }

  async #list(): Promise<void> {
    const media: MediaDevices | undefined = navigator.mediaDevices;
    const devices = (await media?.enumerateDevices().catch(() => [])) ?? [];
    // Before permission is given, devices have no id and no name.
    this.#events.onDevices(devices.filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== ""));
  }

  async #watchPermission(): Promise<void> {
    // Not every browser knows this permission by name; those reopen by the button.
    const status = await navigator.permissions?.query({ name: "camera" as PermissionName }).catch(() => undefined);
    status?.addEventListener("change", () => {
      if (this.#wanted === undefined) return;
      if (status.state === "granted" && this.#stream === undefined) void this.#open();
      if (status.state === "denied") {
        this.#drop();
        this.#events.onState({ kind: "denied" });
      }
    });
  }
}
