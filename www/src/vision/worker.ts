/**
 * The vision worker owns the engine and everything biometric: frames, crops and templates live here and nowhere else, save for
 * the face or two that the worker beside it embeds.
 *
 * 1. Frames arrive (a stream from the camera, or messages) and wait in a mailbox of one.
 * 2. A frame is copied into a reused buffer, closed, and given to the engine. On a tablet with cores enough, a face that is to be compared becomes
 *    numbers in the worker beside this one (`embedding`), of the same file.
 * 3. Templates of good shots go to the server straight from here, in the deployment's own space. What does not match is
 *    forgotten.
 * 4. Only when the server has raised an alert for the track is a crop of the face drawn, sent, and forgotten.
 *
 * Nothing is queued and nothing is stored: a candidate that can't be sent now is dropped.
 */
import init, { Engine, type Aligned, type Box, type CandidateOut, type Compression, type Encoded, type Zone } from "./wasm/vedette.js";
import wasmUrl from "./wasm/vedette_bg.wasm?url";
import { arriving, download, downloadHashed, failure, LoadFailure, whole, type Attempt } from "./download";
import { Beside, EMBEDDING, serveEmbeddings } from "./embedding";
import { FrameReader, type Pixels } from "./frame";
import { hashOf } from "../lib/hash";
import { area, grown, overlap, within } from "./box";
import { HiddenView } from "./hidden-view";
import { Mailbox } from "./mailbox";
import { modelFile, type ModelFile } from "./manifest";
import { CAMERA_HEIGHT, CAMERA_WIDTH, now, refusal, type Counts, type FoundFace, type FromWorker, type PhotoResult, type Sent, type ToWorker } from "./protocol";
import { Respite } from "./respite";
import { Rhythm } from "./rhythm";
import { Space } from "./space";

/** Longest wait of a photo for the seed of its watchlist's deployment. */
const SEED_WITHIN_MS = 10_000;
/** A reply later than this is of no use: the person has left. */
const REPLY_WITHIN_MS = 5_000;
/** The server takes a crop for so long after the alert. */
const CROP_WITHIN_MS = 30_000;
const CROP_AGAIN_MS = 1_000;
/** The longest side of a photo given to the engine, which makes it smaller itself; beyond this a tablet's memory would run short. */
const PHOTO_SIDE = 3_264;
/** The detector's input for a photo, as the engine takes it at enrolment. */
const DETECTOR_SIDE = 640;
/** A face with less than this share of the largest one's area is a bystander, as for the engine. */
const BYSTANDER = 0.08;
/** Nobody picks one face out of a crowd by small pictures. */
const MOST_FACES = 12;
/** Pixels of a picture by which a face is picked. */
const CHOICE_SIDE = 160;
const reader = new FrameReader();
type Waiting = { frame: VideoFrame | ImageBitmap; takenAt: number; byMessage: boolean };
const mailbox = new Mailbox<Waiting>(discard);
const respite = new Respite();
const rhythm = new Rhythm();
const space = new Space((outcome) => post({ kind: "sent", outcome }));
const counts: Counts = { frames: 0, replaced: 0, sent: 0, dropped: 0, stepMs: 0, seen: 0, notAssessable: 0 };
const view = new HiddenView();
let engine: Engine | undefined;
/** Has the embedder, unless the engine has it itself. */
let beside: Beside | undefined;
let loading: Promise<void> | undefined;
let deployment: string | null = null;
/** Kept for an engine that is loaded later. */
let zone: Zone | undefined;
let capturing = false;
let busy = false;
let source: ReadableStreamDefaultReader<VideoFrame> | undefined;
let cameraTrack: MediaStreamTrack | undefined;
/** Somebody is at this kiosk. Whoever passes behind is nobody's face to count. */
let visiting = false;

function post(message: FromWorker, handedOver: Transferable[] = []): void {
  postMessage(message, { transfer: handedOver });
}

function discard(waiting: Waiting): void {
  waiting.frame.close();
  if (waiting.byMessage) post({ kind: "frame_done" });
}

// Loading

type Load = Pick<Extract<ToWorker, { kind: "load" }>, "at" | "beside" | "measured">;
type Progress = { done: number; total: number };
type Loading = Attempt & { progress: Progress };

function report({ over, progress }: Loading): void {
  if (!over.signal.aborted) post({ kind: "engine", state: { kind: "loading", progress: { ...progress } } });
}

/** Of the engine's code, from the build; empty where the pages are developed. */
declare const __ENGINE_SHA256__: string;

/**
 * The engine's own code, compiled while it arrives; its bytes count towards the progress as those of the models do. Code that
 * isn't what was built never gets to run: nothing is done with what was compiled before the whole of it was compared.
 */
async function downloadCode(attempt: Loading): Promise<WebAssembly.Module> {
  const { progress } = attempt;
  let length = 0;
  let compiled: Promise<WebAssembly.Module> | undefined;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const use = (reply: Response) => {
    // The length of a compressed reply is that of the compressed bytes, which the stream does not count.
    length = reply.headers.has("content-encoding") ? 0 : Number(reply.headers.get("content-length") ?? 0);
    progress.total += length;
    const copy = whole(reply.clone());
    compiled = WebAssembly.compileStreaming(reply);
    // What is amiss with the bytes is told first.
    compiled.catch(() => undefined);
    return copy;
  };
  await arriving(wasmUrl, attempt, use, (part) => {
    parts.push(part);
    if (length === 0) return;
    progress.done += part.length;
    report(attempt);
  });
  const genuine = import.meta.env.DEV || (await hashOf(await new Blob(parts).arrayBuffer())) === __ENGINE_SHA256__;
  if (compiled === undefined || !genuine) throw new LoadFailure("corrupt", `${wasmUrl} is not the file that was built`);
  return compiled;
}

/** What is kept of files that aren't what they should be. */
async function forgetKept(urls: string[]): Promise<void> {
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    await Promise.all(urls.map((url) => store.delete(new URL(url, location.origin))));
  }
}

async function load({ at, beside: apart, measured }: Load, cache: RequestCache = "default"): Promise<void> {
  const progress = { done: 0, total: 0 };
  const attempt: Loading = { cache, over: new AbortController(), progress };
  const address = (model: ModelFile) => `/models/${model.file}?v=${model.sha256}`;
  const files = [wasmUrl];
  // Its file comes while the manifest does.
  const coming = apart ? Beside.employ(location.href) : Promise.resolve(undefined);
  try {
    report(attempt);
    const manifest = new TextDecoder().decode(await download("/models/manifest.toml", attempt, () => undefined));
    const detector = modelFile(manifest, "detector");
    const embedder = modelFile(manifest, "embedder");
    if (detector === undefined || embedder === undefined) {
      throw new LoadFailure("corrupt", "models/manifest.toml does not name both models");
    }
    progress.total = detector.bytes + embedder.bytes;
    const arrived = (count: number) => {
      progress.done += count;
      report(attempt);
    };
    files.push(address(detector), address(embedder));
    // The engine tries its inner loops out, and prepares one model, while the other is still on its way, or is read beside it.
    const code = downloadCode(attempt);
    const making = code.then((module) => init({ module_or_path: module })).then(() => new Engine(manifest, measured));
    const detecting = Promise.all([making, downloadHashed(address(detector), attempt, arrived)]).then(([made, file]) => made.load_detector(...file));
    const reading = coming.then(async (other) => (other === undefined ? downloadHashed(address(embedder), attempt, arrived) : other.read({ url: address(embedder), manifest, cache }, code, arrived)));
    const preparing = Promise.all([coming, making]).then(([other, made]) => other?.prepare(made.measurements()));
    // Whoever fails fails the loading, below.
    for (const later of [reading, preparing]) later.catch(() => undefined);
    const [made, other] = await Promise.all([making, coming, detecting]);
    const warmUp = () => {
      if (at === "kiosk") made.stand_as_kiosk();
      if (zone !== undefined) made.set_zone(zone);
      made.warm_up(CAMERA_WIDTH, CAMERA_HEIGHT);
    };
    if (other !== undefined) {
      made.embed_elsewhere();
      warmUp();
    }
    const file = await reading;
    post({ kind: "engine", state: { kind: "warming_up" } });
    if (file !== undefined) {
      made.load_embedder(...file);
      warmUp();
    }
    await preparing;
    // It may have come since.
    if (zone !== undefined) made.set_zone(zone);
    engine = made;
    beside = other;
    // At once, not with the next face.
    if (other !== undefined) other.onFailure = (stopped) => beside === other && fail(stopped);
    space.employ(made);
    const { model, pipeline } = made.space();
    post({ kind: "engine", state: { kind: "ready", simd: made.simd(), space: { model, pipeline } } });
    if (measured === undefined) post({ kind: "measured", speeds: made.measurements() });
  } catch (error) {
    attempt.over.abort();
    void coming.then((other) => other?.close());
    const why = failure(error);
    if (why.reason === "corrupt") {
      await forgetKept(files).catch(() => undefined);
      // What was changed where it lay, or once on its way, is as it should be on the server.
      if (cache !== "reload") return load({ at, beside: apart, measured }, "reload");
    }
    // A later "load" tries afresh: the server may have been away, or its files mended.
    loading = undefined;
    post({ kind: "engine", state: { kind: "failed", ...why } });
  }
}

// Frames

async function follow(frames: ReadableStream<VideoFrame>): Promise<void> {
  const mine = frames.getReader();
  source = mine;
  try {
    for (let next = await mine.read(); !next.done; next = await mine.read()) {
      if (source !== mine) {
        next.value.close();
        break;
      }
      accept({ frame: next.value, takenAt: now(), byMessage: false });
    }
  } catch {
    // A broken stream is told to the page below, like one that ended.
  }
  if (source === mine) {
    source = undefined;
    post({ kind: "stream_ended" });
  }
}

function accept(waiting: Waiting): void {
  // A template that fits nobody must not be made either.
  if (!capturing || engine === undefined || !space.inside || !rhythm.isDue(waiting.takenAt)) {
    discard(waiting);
    return;
  }
  mailbox.put(waiting);
  counts.replaced = mailbox.replaced;
  if (!busy) void work();
}

/** Lets messages and newer frames in between two steps, so that the mailbox holds the newest one. */
const turn = new MessageChannel();
let resume: (() => void) | undefined;
turn.port1.onmessage = () => {
  const go = resume;
  resume = undefined;
  go?.();
};
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    resume = resolve;
    turn.port2.postMessage(null);
  });
}

async function work(): Promise<void> {
  busy = true;
  try {
    for (let waiting = mailbox.take(); waiting !== undefined; waiting = mailbox.take()) {
      await step(waiting);
      await nextTurn();
    }
  } finally {
    busy = false;
  }
}

async function read({ frame, takenAt }: Waiting): Promise<Pixels> {
  const pixels = await reader.read(frame);
  if (capturing) view.take(frame, pixels, takenAt);
  return pixels;
}

async function step(waiting: Waiting): Promise<void> {
  try {
    const pixels = await read(waiting).finally(() => discard(waiting));
    if (engine === undefined || !capturing || !space.inside) return;
    const started = performance.now();
    const result = engine.step(pixels.bytes, pixels.layout, pixels.width, pixels.height, waiting.takenAt);
    counts.stepMs = performance.now() - started;
    // Before anything can go wrong that has nothing to do with it: the engine waits for its answer.
    if (result.aligned !== undefined) void embed(engine, result.aligned);
    counts.frames += 1;
    rhythm.looked(waiting.takenAt, result.faces.length > 0 || visiting);
    const gone = visiting ? [] : result.ended;
    const ended = { deployment, seen: gone.length, notAssessable: gone.filter(({ assessable }) => !assessable).length };
    counts.seen += ended.seen;
    counts.notAssessable += ended.notAssessable;
    const { width, height } = pixels;
    post({ kind: "faces", faces: result.faces, width, height, takenAt: waiting.takenAt, counts: { ...counts }, ended, ...(result.visit === undefined ? {} : { visit: result.visit }) });
    const shown = view.looked(waiting.takenAt, result.faces, pixels);
    if (shown !== undefined) post({ kind: "picture", ...shown, width, height }, [shown.picture]);
    for (const candidate of result.candidates) void offer(candidate);
  } catch (error) {
    // A frame of a camera that just went away can't be read.
    if (error instanceof DOMException) return;
    fail(error);
  }
}

/** An engine that throws can't be trusted with the next frame. */
function fail(error: unknown): void {
  capturing = false;
  engine = undefined;
  void beside?.close();
  beside = undefined;
  loading = undefined;
  view.wipe();
  space.employ(undefined);
  post({ kind: "engine", state: { kind: "failed", ...failure(error) } });
}

/** Frames go on being looked at meanwhile. */
async function embed(by: Engine, { id, rgb }: Aligned): Promise<void> {
  let embedding: Float32Array | undefined;
  try {
    embedding = await beside?.embed(rgb);
    const candidate = engine === by && embedding !== undefined ? by.embedded(id, embedding) : undefined;
    if (candidate !== undefined) void offer(candidate);
  } catch (error) {
    if (engine === by) fail(error);
  } finally {
    embedding?.fill(0);
  }
}

/** Every face is forgotten, wherever it is. */
async function forget(): Promise<void> {
  engine?.reset();
  // One that fails here is told of by whoever asks it next.
  await beside?.wipe().catch(() => undefined);
}

function stop(): void {
  capturing = false;
  // The page's own track is another; this copy would keep the camera on.
  cameraTrack?.stop();
  cameraTrack = undefined;
  const mine = source;
  source = undefined;
  void mine?.cancel().catch(() => undefined);
  mailbox.clear();
  rhythm.wake();
  reader.wipe();
  view.wipe();
  void forget();
  post({ kind: "faces", faces: [], width: 0, height: 0, takenAt: now(), counts: { ...counts }, ended: { deployment, seen: 0, notAssessable: 0 } });
}

// Candidates

function sent(outcome: Sent): void {
  space.heard(outcome);
  if (outcome.kind === "answered") counts.sent += 1;
  else counts.dropped += 1;
  post({ kind: "sent", outcome, candidate: true });
}

async function offer(candidate: CandidateOut): Promise<void> {
  try {
    if (deployment === null) return;
    if (!respite.isOver(now())) {
      engine?.unsent(candidate.track);
      counts.dropped += 1;
      post({ kind: "sent", outcome: { kind: "refused", status: 503, slug: "busy" }, candidate: true });
      return;
    }
    const { id, track, beside, model, pipeline, transform, quality, shots, template } = candidate;
    const age_ms = Math.max(0, Math.round(now() - candidate.t_ms));
    const reply = await fetch(`/v1/deployments/${deployment}/candidates`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id, track, beside, age_ms, model, pipeline, transform, quality, shots, template }),
      signal: AbortSignal.timeout(REPLY_WITHIN_MS),
      cache: "no-store",
    });
    candidate.template = "";
    const body: unknown = await reply.json().catch(() => undefined);
    if (!reply.ok) {
      // Not compared, so it takes none of the track's share: the person may still be in view when the server is well again.
      if (reply.status >= 500) engine?.unsent(track);
      respite.ask(reply.headers.get("retry-after"), now());
      sent(refusal(reply.status, body));
      return;
    }
    const wanted = typeof body === "object" && body !== null && "crops_wanted" in body ? body.crops_wanted : [];
    const alerts = Array.isArray(wanted) ? wanted.filter((alert) => typeof alert === "string") : [];
    sent({ kind: "answered", matched: alerts.length > 0 });
    if (alerts.length > 0) await sendCrop(candidate.id, alerts).catch(() => undefined);
  } catch {
    engine?.unsent(candidate.track);
    sent({ kind: "unreachable" });
  } finally {
    candidate.template = "";
    engine?.forget(candidate.id);
  }
}

/** Alerts whose crop is on its way or has arrived: a second shot of the track may be answered before that. */
const cropped = new Set<string>();

async function sendCrop(candidate: string, wanted: string[]): Promise<void> {
  const alerts = wanted.filter((alert) => !cropped.has(alert));
  if (alerts.length === 0) return;
  const crop = engine?.crop(candidate);
  if (crop === undefined) return;
  for (const alert of alerts) cropped.add(alert);
  const jpeg = await toJpeg(crop.rgba, crop.width, crop.height, 0.85).catch((error: unknown) => {
    for (const alert of alerts) cropped.delete(alert);
    throw error;
  });
  crop.rgba.fill(0);
  await Promise.all(alerts.map((alert) => putCrop(alert, jpeg)));
}

/** An officer waits for this picture, so it is sent again until the server would no longer take it. */
async function putCrop(alert: string, jpeg: Blob): Promise<void> {
  const until = now() + CROP_WITHIN_MS;
  while (now() < until) {
    const reply = await fetch(`/v1/alerts/${alert}/crop`, {
      method: "PUT",
      headers: { "content-type": "image/jpeg" },
      body: jpeg,
      signal: AbortSignal.timeout(REPLY_WITHIN_MS),
      cache: "no-store",
    }).catch(() => undefined);
    if (reply !== undefined && reply.status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, CROP_AGAIN_MS));
  }
}

async function toJpeg(rgba: Uint8Array, width: number, height: number, quality: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser can't draw outside the page");
  const image = context.createImageData(width, height);
  image.data.set(rgba);
  context.putImageData(image, 0, 0);
  image.data.fill(0);
  const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality });
  context.clearRect(0, 0, width, height);
  return jpeg;
}

// A kiosk

function visit(): void {
  visiting = true;
  rhythm.wake();
  engine?.begin_visit();
}

function leave(): void {
  visiting = false;
  void forget();
  reader.wipe();
}

// Photos for the watchlist

type Drawn = { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D };

/** Nothing where the browser can't read it. The samples are as they stand in the file, without its colour profile: the engine's own decoders know none either. */
async function drawn(photo: Blob | ImageBitmap): Promise<Drawn | undefined> {
  const bitmap = photo instanceof Blob ? await createImageBitmap(photo, { colorSpaceConversion: "none" }).catch(() => undefined) : photo;
  if (bitmap === undefined || bitmap.width === 0 || bitmap.height === 0) return undefined;
  const scale = Math.min(1, PHOTO_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("this browser can't draw outside the page");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return { canvas, context };
}

function loaded(): Engine {
  if (engine === undefined) throw new Error("the engine is not ready");
  return engine;
}

async function encode(photo: Blob | ImageBitmap, face: Box | undefined): Promise<PhotoResult> {
  if (!(await space.entered(SEED_WITHIN_MS))) {
    if (!(photo instanceof Blob)) photo.close();
    return { kind: "no_seed" };
  }
  let compression: Compression | undefined;
  if (photo instanceof Blob) {
    const bytes = new Uint8Array(await photo.arrayBuffer());
    compression = Engine.compression(bytes);
    // The engine's own decoders read the same pixels from a file in every browser, and on the command line.
    const encoded = face === undefined ? loaded().encode_file(bytes) : undefined;
    if (encoded !== undefined) return reference(encoded, compression);
  }
  const picture = await drawn(photo);
  if (picture === undefined) return { kind: "unreadable" };
  if (face !== undefined) leaveAlone(picture, face);
  const { canvas, context } = picture;
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const encoded = loaded().encode_photo(new Uint8Array(image.data.buffer), canvas.width, canvas.height);
  image.data.fill(0);
  return reference(encoded, compression);
}

/** Faces that could be meant, in pixels, largest first. */
function facesOf({ canvas, context }: Drawn): Box[] {
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  const found = loaded().detect(new Uint8Array(image.data.buffer), canvas.width, canvas.height, DETECTOR_SIDE);
  image.data.fill(0);
  const boxes = found.map(({ box }) => box).sort((a, b) => area(b) - area(a));
  return boxes.filter((box) => area(box) >= BYSTANDER * area(boxes[0] ?? box));
}

async function findFaces(photo: Blob): Promise<FoundFace[]> {
  const picture = await drawn(photo);
  if (picture === undefined) return [];
  const { canvas, context } = picture;
  const faces: FoundFace[] = [];
  for (const box of facesOf(picture).slice(0, MOST_FACES)) {
    const shown = within(grown(box, 0.3), canvas);
    const small = new OffscreenCanvas(CHOICE_SIDE, Math.max(1, Math.round((CHOICE_SIDE * shown.height) / shown.width)));
    small.getContext("2d")?.drawImage(canvas, shown.x, shown.y, shown.width, shown.height, 0, 0, small.width, small.height);
    const share = { x: box.x / canvas.width, y: box.y / canvas.height, width: box.width / canvas.width, height: box.height / canvas.height };
    faces.push({ box: share, picture: await small.convertToBlob({ type: "image/jpeg", quality: 0.85 }) });
  }
  context.clearRect(0, 0, canvas.width, canvas.height);
  return faces;
}

/** Covers every other face, so that the one that was picked is the only one. */
function leaveAlone(picture: Drawn, face: Box): void {
  const { canvas, context } = picture;
  const picked = { x: face.x * canvas.width, y: face.y * canvas.height, width: face.width * canvas.width, height: face.height * canvas.height };
  const others = facesOf(picture).toSorted((a, b) => overlap(b, picked) - overlap(a, picked)).slice(1);
  const kept = within(grown(picked, 0.15), canvas);
  const pixels = context.getImageData(kept.x, kept.y, kept.width, kept.height);
  context.fillStyle = "#808080";
  for (const other of others) {
    const { x, y, width, height } = grown(other, 0.15);
    context.fillRect(x, y, width, height);
  }
  context.putImageData(pixels, kept.x, kept.y);
  pixels.data.fill(0);
}

async function reference(encoded: Encoded, compression: Compression | undefined): Promise<PhotoResult> {
  if (encoded.kind === "rejected") return { kind: "rejected", reason: encoded.reason, faces: encoded.faces };
  const { template, quality, model, pipeline, transform, crop } = encoded;
  const jpeg = await toJpeg(crop.rgba, crop.width, crop.height, 0.9);
  crop.rgba.fill(0);
  return { kind: "encoded", template, quality, model, pipeline, transform: transform ?? null, compression: compression ?? null, jpeg };
}

type TrackProcessor = new (options: { track: MediaStreamTrack }) => { readable: ReadableStream<VideoFrame> };

function hear({ data }: MessageEvent<ToWorker>): void {
  switch (data.kind) {
    case "load":
      loading ??= load(data);
      break;
    case "stream":
      capturing = true;
      void follow(data.frames);
      break;
    case "track": {
      // Browsers that have the processor only in workers (not on the page) take the track itself.
      const Processor = (globalThis as { MediaStreamTrackProcessor?: TrackProcessor }).MediaStreamTrackProcessor;
      if (Processor === undefined) {
        data.track.stop();
        post({ kind: "track_refused" });
      } else {
        capturing = true;
        cameraTrack = data.track;
        void follow(new Processor({ track: data.track }).readable);
      }
      break;
    }
    case "frame":
      capturing = true;
      accept({ frame: data.frame, takenAt: data.takenAt, byMessage: true });
      break;
    case "stop":
      stop();
      break;
    case "show":
      view.show(data.pictures);
      break;
    case "visit":
      visit();
      break;
    case "leave":
      leave();
      break;
    case "deployment":
      if (data.id !== null) {
        zone = data.zone;
        engine?.set_zone(zone);
      }
      if (data.id === deployment) break;
      // A face that was compared with one list is new to another.
      deployment = data.id;
      space.want(deployment === null ? undefined : { deployment, of: "probes" });
      void forget();
      break;
    case "heard":
      space.heard(data.outcome);
      break;
    case "list":
      space.want({ deployment: data.id, of: "references" });
      break;
    case "close":
      space.want(undefined);
      void forget().then(close);
      break;
    case "encode":
      encode(data.photo, data.face).then(
        (result) => post({ kind: "encoded", request: data.request, result }),
        () => post({ kind: "encoded", request: data.request, result: { kind: "unreadable" } }),
      );
      break;
    case "find_faces":
      findFaces(data.photo).then(
        (faces) => post({ kind: "found_faces", request: data.request, faces }),
        () => post({ kind: "found_faces", request: data.request, faces: [] }),
      );
      break;
  }
}

if (self.name === EMBEDDING) serveEmbeddings();
else onmessage = hear;
