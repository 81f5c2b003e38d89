import { isChecked, keepShell } from "../lib/shell";
import { reports } from "../live/reports";
import { SourceFailure, workerSource } from "./source";
import { keepMeasured, measured } from "./measured";
import type { FoundFace, FromWorker, PhotoResult, Place, ToWorker, VisitEnd } from "./protocol";
import { now } from "./protocol";
import type { Box, Zone } from "./wasm/vedette.js";

/** A worker that hasn't overwritten by then what it holds is busy with a photo, or broken. */
const CLOSES_WITHIN_MS = 2_000;
/**
 * From so many on a tablet's embedder has a worker of its own. With two, a group is looked at half as often again while it is compared
 * (`cargo xtask bench browser --part group`), but the start takes a sixth longer, and a single face half as long again.
 */
const CORES = 4;
/** A worker that has said nothing by then never came: a browser may lose its file while a new build takes over. */
const SILENT_MS = 10_000;
/** Some browsers tell of no frame of a video that they don't paint; then one is taken so often. */
const UNTOLD_MS = 100;

/** The page's end of the vision worker. */
export class Vision {
  #worker: Worker | undefined;
  /** Bytes that were compared, for every worker from then on. A file is asked for anew: a new build may have taken over. */
  #compared: string | undefined;
  #beginning = false;
  /** Said before there is a worker to hear it. */
  readonly #unsaid: [ToWorker, Transferable[]][] = [];
  #closed = false;
  /** The worker's own code failed or its engine did: what it holds can't be trusted, and another takes its place. */
  #broken = false;
  #deployment: Extract<ToWorker, { kind: "deployment" }> = { kind: "deployment", id: null };
  /** Whose visitor is at this kiosk. */
  #visited: string | null = null;
  readonly #unheard: () => void;
  #list: Extract<ToWorker, { kind: "list" }> | undefined;
  #pictures = false;
  readonly #listen: (message: FromWorker) => void;
  readonly #at: Place;
  readonly #photos = new Map<number, (result: PhotoResult) => void>();
  readonly #searches = new Map<number, (faces: FoundFace[]) => void>();
  #nextRequest = 1;
  #stopSource: (() => void) | undefined;
  /** Frames sent by message that the worker has not yet given up: one in work and one waiting is enough. */
  #outstanding = 0;

  /** At a kiosk nothing is compared outside a visit, whatever frames come. */
  constructor(listen: (message: FromWorker) => void, at: Place) {
    this.#listen = listen;
    this.#at = at;
    this.#unheard = reports().listen((deployment, outcome) => {
      if (deployment === this.#deployment.id) this.#post({ kind: "heard", outcome });
    });
    this.#askToLoad();
    this.#begin();
  }

  #askToLoad(): void {
    this.#post({ kind: "load", at: this.#at, beside: this.#at === "tablet" && navigator.hardwareConcurrency >= CORES, measured: measured() });
  }

  /** What the worker runs is checked, on its way or here, before it is started. */
  #begin(): void {
    this.#beginning = true;
    void keepShell()
      .then(() => this.#compared ?? workerSource(isChecked))
      .then(
        (source) => {
          if (this.#closed) return;
          this.#worker = this.#employ(source);
          for (const [message, transfer] of this.#unsaid.splice(0)) this.#post(message, transfer);
        },
        (error: unknown) => {
          const reason = error instanceof SourceFailure ? error.reason : "crashed";
          this.#listen({ kind: "engine", state: { kind: "failed", reason, message: String(error) } });
        },
      )
      .finally(() => (this.#beginning = false));
  }

  /** Loads the engine; after a failure, tries again. */
  load(): void {
    if (this.#worker === undefined) {
      // All that was asked for waits for a worker, and so does the loading.
      if (!this.#beginning) this.#begin();
      return;
    }
    if (this.#broken) {
      this.#worker.terminate();
      this.#worker = undefined;
      this.#broken = false;
      this.#outstanding = 0;
      this.#post(this.#deployment);
      this.show(this.#pictures);
      if (this.#list !== undefined) this.#post(this.#list);
      this.#begin();
    }
    this.#askToLoad();
  }

  #employ(source: string): Worker {
    if (source.startsWith("blob:")) this.#compared = source;
    const worker = new Worker(source, { type: "module", name: "vision" });
    const silent = setTimeout(() => {
      if (this.#closed) return;
      this.#fail();
      this.load();
    }, SILENT_MS);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      clearTimeout(silent);
      this.#receive(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(silent);
      this.#fail();
      this.#listen({ kind: "engine", state: { kind: "failed", reason: "crashed", message: event.message } });
    };
    return worker;
  }

  /** What was asked of the worker is answered by nobody. */
  #fail(): void {
    this.#broken = true;
    for (const answer of this.#photos.values()) answer({ kind: "unreadable" });
    this.#photos.clear();
    for (const answer of this.#searches.values()) answer([]);
    this.#searches.clear();
  }

  /** From the next frame on faces in that zone are compared with that deployment's list; with nothing, none are. */
  setDeployment(live: { id: string; zone: Zone } | undefined): void {
    this.#deployment = { kind: "deployment", ...(live ?? { id: null }) };
    this.#post(this.#deployment);
  }

  /** For whose watchlist photos are encoded from now on. */
  setList(id: string): void {
    this.#list = { kind: "list", id };
    this.#post(this.#list);
  }

  /** Whether the camera's picture comes too, with every face hidden. */
  show(pictures: boolean): void {
    this.#pictures = pictures;
    this.#post({ kind: "show", pictures });
  }

  /** Starts feeding the camera's frames, by the cheapest way this browser has. */
  start(video: HTMLVideoElement, track: MediaStreamTrack): void {
    this.stop();
    const Processor = (globalThis as { MediaStreamTrackProcessor?: TrackProcessor }).MediaStreamTrackProcessor;
    if (Processor !== undefined) {
      try {
        const frames = new Processor({ track, maxBufferSize: 1 }).readable;
        this.#post({ kind: "stream", frames }, [frames]);
        this.#stopSource = () => undefined;
        return;
      } catch {
        // The stream can't be transferred here; frames go by message instead.
      }
    } else {
      const clone = track.clone();
      try {
        this.#fallback = () => this.#feed(video);
        this.#post({ kind: "track", track: clone }, [clone as unknown as Transferable]);
        this.#stopSource = () => undefined;
        return;
      } catch {
        clone.stop();
      }
    }
    this.#feed(video);
  }

  stop(): void {
    this.#stopSource?.();
    this.#stopSource = undefined;
    this.#fallback = undefined;
    this.#post({ kind: "stop" });
  }

  /** Somebody begins an attempt at this kiosk: from the next frame on the visitor's face is looked at, and nobody else's. */
  beginVisit(): void {
    this.#visited = this.#deployment.id;
    if (this.#visited !== null) reports().kiosk(this.#visited, "visits");
    this.#post({ kind: "visit" });
  }

  /**
   * The attempt is over. With `staffed`, the person was sent to the staffed lane for it. A face that was not taken for a head was
   * not assessed, as one of which no picture was good enough.
   */
  endVisit(ended: VisitEnd, staffed: boolean): void {
    this.#post({ kind: "leave" });
    // The lane may have closed meanwhile; the visit was its deployment's.
    const of = this.#visited ?? this.#deployment.id;
    this.#visited = null;
    if (of === null) return;
    if (ended === "unclear" || ended === "unproven") reports().kiosk(of, ended);
    if (staffed) reports().kiosk(of, "staffed");
    if (ended !== "left") reports().faces(of, 1, ended === "answered" ? 0 : 1);
  }

  /** Finds and encodes the face of a photo, or the one that was picked of several. A bitmap is handed over and must not be used again. */
  encode(photo: Blob | ImageBitmap, face?: Box): Promise<PhotoResult> {
    const request = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#photos.set(request, resolve);
      this.#post({ kind: "encode", request, photo, ...(face === undefined ? {} : { face }) }, photo instanceof Blob ? [] : [photo]);
    });
  }

  /** The faces of a photo that could be meant, largest first. */
  faces(photo: Blob): Promise<FoundFace[]> {
    const request = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#searches.set(request, resolve);
      this.#post({ kind: "find_faces", request, photo });
    });
  }

  close(): void {
    this.stop();
    this.#unheard();
    this.#post({ kind: "close" });
    this.#closed = true;
    const worker = this.#worker;
    setTimeout(() => worker?.terminate(), CLOSES_WITHIN_MS);
  }

  #fallback: (() => void) | undefined;

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    if (this.#worker === undefined) this.#unsaid.push([message, transfer]);
    else this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case "measured":
        keepMeasured(message.speeds);
        break;
      case "frame_done":
        this.#outstanding = Math.max(0, this.#outstanding - 1);
        break;
      case "track_refused":
        this.#fallback?.();
        break;
      case "encoded":
        this.#photos.get(message.request)?.(message.result);
        this.#photos.delete(message.request);
        break;
      case "found_faces":
        this.#searches.get(message.request)?.(message.faces);
        this.#searches.delete(message.request);
        break;
      case "faces": {
        const { deployment, seen, notAssessable } = message.ended;
        if (deployment !== null && seen > 0) reports().faces(deployment, seen, notAssessable);
        this.#listen(message);
        break;
      }
      case "engine":
        // An engine that stopped in the middle of a step may have left its memory in any state.
        if (message.state.kind === "failed" && message.state.reason === "crashed") this.#broken = true;
        this.#listen(message);
        break;
      default:
        this.#listen(message);
    }
  }

  #feed(video: HTMLVideoElement): void {
    let running = true;
    this.#outstanding = 0;
    this.#stopSource = () => (running = false);
    const again = () => {
      if (!running) return;
      const told = "requestVideoFrameCallback" in video;
      const next = () => {
        clearTimeout(untold);
        if (told) video.cancelVideoFrameCallback(asked);
        else cancelAnimationFrame(asked);
        send();
      };
      const asked = told ? video.requestVideoFrameCallback(next) : requestAnimationFrame(next);
      const untold = setTimeout(next, UNTOLD_MS);
    };
    const send = () => {
      if (!running) return;
      if (this.#outstanding >= 2 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
        again();
        return;
      }
      this.#outstanding += 1;
      const takenAt = now();
      const hand = (frame: VideoFrame | ImageBitmap) => {
        // A bitmap can be ready only after the camera was stopped; the worker must not take that for a new start.
        if (!running) {
          frame.close();
          return;
        }
        this.#post({ kind: "frame", frame, takenAt }, [frame as Transferable]);
        again();
      };
      const miss = () => {
        this.#outstanding -= 1;
        again();
      };
      if (typeof VideoFrame === "function") {
        try {
          hand(new VideoFrame(video, { timestamp: Math.round(takenAt * 1000) }));
        } catch {
          miss();
        }
      } else {
        createImageBitmap(video).then(hand, miss);
      }
    };
    again();
  }
}

type TrackProcessor = new (options: { track: MediaStreamTrack; maxBufferSize?: number }) => { readable: ReadableStream<VideoFrame> };
