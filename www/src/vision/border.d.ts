declare module "*/vedette.js" {
  export type Reason = "too_small" | "blurred" | "turned" | "cut_off" | "too_dark" | "too_bright" | "uncertain";
  export type Face = {
    track: string;
    box: { x: number; y: number; width: number; height: number };
    landmarks: { x: number; y: number }[];
    state: "assessing" | "not_assessable" | "sent";
    reason?: Reason;
    quality?: number;
  };
  export type CandidateOut = {
    id: string;
    track: string;
    model: string;
    pipeline: number;
    quality: number;
    template: string;
    t_ms: number;
  };
  export type Step = { faces: Face[]; candidates: CandidateOut[]; ended: { track: string; assessable: boolean }[] };
  export type Crop = { width: number; height: number; rgba: Uint8Array };
  export type Encoded =
    | { kind: "encoded"; template: string; quality: number; model: string; pipeline: number; crop: Crop }
    | { kind: "rejected"; reason: "no_face" | "several_faces" | Reason; faces: number };
  export class Engine {
    constructor(manifest_toml: string);
    load_detector(bytes: Uint8Array): void;
    load_embedder(bytes: Uint8Array): void;
    warm_up(width: number, height: number): void;
    static simd(): string;
    space(): { model: string; pipeline: number; dimensions: number };
    step(pixels: Uint8Array, layout: "rgba" | "i420" | "nv12", width: number, height: number, t_ms: number): Step;
    crop(candidate: string): Crop | undefined;
    forget(candidate: string): void;
    reset(): void;
    encode_photo(rgba: Uint8Array, width: number, height: number): Encoded;
    free(): void;
  }
  export default function init(options: { module_or_path: Promise<Response> | Response | ArrayBuffer }): Promise<unknown>;
}
