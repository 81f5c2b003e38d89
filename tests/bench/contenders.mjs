// What runs inside the benchmark's pages. Each function is sent to its page as text, so it closes over nothing.

/** This engine: the networks alone, and whole frames. */
export async function vedette() {
  const border = await import("/vedette/vedette.js");
  await border.default({ module_or_path: fetch("/vedette/vedette_bg.wasm") });
  const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
  const hashed = async (url) => {
    const file = await bytes(url);
    return [file, Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", file)), (byte) => byte.toString(16).padStart(2, "0")).join("")];
  };
  const manifest = await (await fetch("/models/manifest.toml")).text();
  const file = (part) => new RegExp(`\\[${part}\\][^[]*?file = "([^"]+)"`, "s").exec(manifest)[1];
  const engine = new border.Engine(manifest);
  engine.load_detector(...(await hashed(`/models/${file("detector")}`)));
  engine.load_embedder(...(await hashed(`/models/${file("embedder")}`)));
  const noise = (length) => Uint8Array.from({ length }, (_, i) => (i * 2_654_435_761) >>> 24);
  const [frame, face] = [noise(320 * 256 * 4), noise(112 * 112 * 4)];
  const buffer = new Uint8Array((640 * 480 * 3) / 2);
  globalThis.contender = {
    detector: () => engine.detect(frame, 320, 256, 320),
    embedder: () => engine.embed(face),
    // As the product does: the frame's planes are copied out of the browser's own buffer.
    page: async (bitmap, t) => {
      const video = new VideoFrame(bitmap, { timestamp: t * 1000 });
      const rgba = video.format !== "I420";
      const size = rgba ? 640 * 480 * 4 : buffer.length;
      const pixels = rgba ? new Uint8Array(size) : buffer;
      await video.copyTo(pixels, rgba ? { format: "RGBA" } : {});
      video.close();
      const step = engine.step(pixels, rgba ? "rgba" : "i420", 640, 480, t);
      return step.faces.length;
    },
    reset: () => engine.reset(),
  };
}

/** onnxruntime-web on the same weights, given ready tensors. */
export async function onnxruntime(threads) {
  const ort = await import("/ort/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = "/ort/";
  const open = (name) => ort.InferenceSession.create(`/plain/${name}.onnx`, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
  const [detector, embedder] = [await open("detector"), await open("embedder")];
  const input = (session, width, height) => {
    const data = Float32Array.from({ length: 3 * width * height }, (_, i) => (i * 2_654_435_761) >>> 24);
    return { [session.inputNames[0]]: new ort.Tensor("float32", data, [1, 3, height, width]) };
  };
  const [frame, face] = [input(detector, 320, 256), input(embedder, 112, 112)];
  globalThis.contender = { detector: () => detector.run(frame), embedder: () => embedder.run(face) };
}

/** Human with the two things that Vedette does: faces, and a descriptor of each. */
export async function human() {
  const { Human } = await import("/human/dist/human.esm.js");
  const instance = new Human({
    backend: "wasm",
    wasmPath: "/tf/",
    modelBasePath: "/human/models/",
    cacheSensitivity: 0,
    filter: { enabled: false },
    gesture: { enabled: false },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    face: { enabled: true, detector: { maxDetected: 10, rotation: false }, mesh: { enabled: false }, attention: { enabled: false }, iris: { enabled: false }, emotion: { enabled: false }, antispoof: { enabled: false }, liveness: { enabled: false }, description: { enabled: true } },
  });
  await instance.load();
  await instance.warmup();
  const canvas = new OffscreenCanvas(640, 480);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  globalThis.contender = {
    page: async (bitmap) => {
      context.drawImage(bitmap, 0, 0);
      const result = await instance.detect(context.getImageData(0, 0, 640, 480));
      return result.face.length;
    },
    reset: () => undefined,
    backend: () => instance.tf.getBackend(),
  };
}

/** face-api with the same two things, as its documentation has them; `detector` is one of its two. Descriptors need its landmarks. */
export async function faceApi(detector) {
  const faceapi = await import("/face-api/dist/face-api.esm.js");
  faceapi.tf.setWasmPaths("/tf/");
  await faceapi.tf.setBackend("wasm");
  await faceapi.tf.enableProdMode();
  await faceapi.tf.ready();
  const nets = [faceapi.nets[detector], faceapi.nets.faceLandmark68Net, faceapi.nets.faceRecognitionNet];
  for (const net of nets) await net.loadFromUri("/face-api/model/");
  const options = detector === "ssdMobilenetv1" ? new faceapi.SsdMobilenetv1Options({ maxResults: 10 }) : new faceapi.TinyFaceDetectorOptions({ inputSize: 320 });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 480];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  globalThis.contender = {
    page: async (bitmap) => {
      context.drawImage(bitmap, 0, 0);
      return (await faceapi.detectAllFaces(canvas, options).withFaceLandmarks().withFaceDescriptors()).length;
    },
    reset: () => undefined,
    backend: () => faceapi.tf.getBackend(),
  };
}

/** So many workers with a contender each. */
export async function crew([size, make, argument]) {
  const ask = (worker, question) =>
    new Promise((done, fail) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = ({ message }) => fail(new Error(message));
      worker.postMessage(question);
    });
  const workers = Array.from({ length: size }, () => new Worker("/bench/worker.mjs", { type: "module" }));
  await Promise.all(workers.map((worker) => ask(worker, { make, argument })));
  globalThis.crewOf = {
    /** Milliseconds for each of `count` images. */
    throughput: async ([what, count]) => {
      const start = performance.now();
      await Promise.all(workers.map((worker) => ask(worker, { what, count: count / size })));
      return (performance.now() - start) / count;
    },
    /** Of WebAssembly's memory, in bytes. */
    memory: async () => (await Promise.all(workers.map((worker) => ask(worker, {})))).reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Runs one thing `count` times; milliseconds of each. */
export async function time([what, count]) {
  const taken = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await contender[what]();
    taken.push(performance.now() - start);
  }
  return taken;
}

/** Runs the page's whole work on each frame of a clip; milliseconds of each, and how many faces were seen in all. */
export async function timeClip(frames) {
  globalThis.bitmaps ??= await Promise.all(frames.map(async (url) => createImageBitmap(await (await fetch(url)).blob())));
  contender.reset();
  const taken = [];
  let faces = 0;
  globalThis.clock ??= 0;
  for (const bitmap of bitmaps) {
    globalThis.clock += 66;
    const start = performance.now();
    faces += await contender.page(bitmap, globalThis.clock);
    taken.push(performance.now() - start);
  }
  return { taken, faces };
}
