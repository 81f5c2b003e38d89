import type { Box, Compression, Encoded, Face, Visit, Zone } from "./wasm/vedette.js";

/** Bytes of model files that have come, of all that are wanted. */
export type Progress = { done: number; total: number };

export type EngineState =
  | { kind: "loading"; progress: Progress }
  | { kind: "warming_up" }
  | { kind: "ready"; simd: string; space: { model: string; pipeline: number } }
  | { kind: "failed"; reason: EngineFailure; message: string };

/**
 * `corrupt`: a file differs from the manifest. `missing`: the server has no such file.
 * `mismatch`: the server matches with another model than the one loaded here. `unreachable`: no reply.
 */
export type EngineFailure = "corrupt" | "missing" | "mismatch" | "unreachable" | "unsupported" | "crashed";

/** What became of one candidate. `refused` carries the status and the problem's slug. */
export type Sent =
  | { kind: "answered"; matched: boolean }
  | { kind: "unreachable" }
  | { kind: "refused"; status: number; slug: string };

/** What a reply that is not good means. A page of something in between is no answer of the server's. */
export function refusal(status: number, body: unknown): Sent {
  const type = typeof body === "object" && body !== null && "type" in body ? String(body.type) : "";
  if (type === "" && status >= 502) return { kind: "unreachable" };
  return { kind: "refused", status, slug: type.split("/").filter(Boolean).at(-1) ?? "" };
}

export type PhotoRejection = Extract<Encoded, { kind: "rejected" }>["reason"];

/** A photo's outcome. The template lives in this message and in the form that waits for a name, and nowhere else. */
export type PhotoResult =
  | { kind: "encoded"; template: string; quality: number; model: string; pipeline: number; transform: string | null; compression: Compression | null; jpeg: Blob }
  | { kind: "rejected"; reason: PhotoRejection; faces: number }
  | { kind: "unreadable" }
  /** The server did not give what makes a template fit its watchlist. */
  | { kind: "no_seed" };

/** One of several faces of a photo, and a picture to choose it by. `box` is in shares of the photo's width and height. */
export type FoundFace = { box: Box; picture: Blob };

/** How an attempt at a kiosk ended, as it is counted: compared; no picture good enough; not taken for a head; broken off. */
export type VisitEnd = "answered" | "unclear" | "unproven" | "left";

/** Counts since the worker started; `seen` and `notAssessable` of people who have left the view. They say nothing of anyone. */
export type Counts = { frames: number; replaced: number; sent: number; dropped: number; stepMs: number; seen: number; notAssessable: number };

/** Counted for the deployment in whose space they were looked at. */
export type Ended = { deployment: string | null; seen: number; notAssessable: number };

/** What an engine is for: watching whoever passes, one visitor at a time, or photographs. */
export type Place = "tablet" | "kiosk" | "desk";

export type ToWorker =
  /** `beside`: whether the embedder gets a worker of its own. `measured`: by an engine before, so that nothing need be tried. */
  | { kind: "load"; at: Place; beside: boolean; measured: Float64Array | undefined }
  | { kind: "stream"; frames: ReadableStream<VideoFrame> }
  | { kind: "track"; track: MediaStreamTrack }
  | { kind: "frame"; frame: VideoFrame | ImageBitmap; takenAt: number }
  | { kind: "stop" }
  /** Whether somebody looks at the camera's picture. */
  | { kind: "show"; pictures: boolean }
  /** Somebody began an attempt at this kiosk. */
  | { kind: "visit" }
  /** It is over: every face is forgotten. */
  | { kind: "leave" }
  /** Whom faces are compared with, and where in the picture they count; without a deployment nothing is sent. */
  | { kind: "deployment"; id: string; zone: Zone }
  | { kind: "deployment"; id: null }
  /** How the server answered the page about what is counted of that deployment. */
  | { kind: "heard"; outcome: Sent }
  /** For whose watchlist photos are encoded. */
  | { kind: "list"; id: string }
  /** With `face`, the one that somebody picked of several. */
  | { kind: "encode"; request: number; photo: Blob | ImageBitmap; face?: Box }
  | { kind: "find_faces"; request: number; photo: Blob }
  /** Overwrites what is held, and ends. */
  | { kind: "close" };

export type FromWorker =
  | { kind: "engine"; state: EngineState }
  /** How fast an engine that tried them found its inner loops on this machine, for one that starts later. */
  | { kind: "measured"; speeds: Float64Array }
  /** What was seen in the frame that arrived at `takenAt`, by the clock of `now`. `ended`: people who left the view with it, to be counted. */
  | { kind: "faces"; faces: Face[]; width: number; height: number; takenAt: number; counts: Counts; ended: Ended; visit?: Visit }
  /** A frame that was looked at, with every face in it hidden, and where they are; `width` and `height` are the frame's. */
  | { kind: "picture"; picture: ImageBitmap; faces: Face[]; width: number; height: number }
  /** A frame that came by message is done with, so the page may send the next one. */
  | { kind: "frame_done" }
  /** The camera's stream of frames ended or broke inside the worker. */
  | { kind: "stream_ended" }
  | { kind: "track_refused" }
  /** `candidate`: a template was answered or not; otherwise it is about something else that was asked of the server. */
  | { kind: "sent"; outcome: Sent; candidate?: true }
  | { kind: "encoded"; request: number; result: PhotoResult }
  | { kind: "found_faces"; request: number; faces: FoundFace[] };

/** The picture asked of a camera, in pixels: enough to compare a face at a few metres. A camera may deliver another. */
export const CAMERA_WIDTH = 1280;
export const CAMERA_HEIGHT = 720;

/**
 * Milliseconds since the Unix epoch on a clock that never steps back: ids are sorted by it and ages are measured with
 * it, in the worker and on the page alike.
 */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
