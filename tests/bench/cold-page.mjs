// In a page that was just navigated to: the first template of one still face. `?who` says by which engine.
const [WIDTH, HEIGHT] = [640, 480];
/** What a frame of that size becomes for the detector. */
const INPUT = { width: 320, height: 256 };
const FACE = 112;
/** Where eyes, nose and corners of the mouth lie in an aligned face, as SFace was trained. */
const REFERENCE = [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041];

async function bytes(url) {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

function canvas(width, height) {
  return new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
}

/** As large as fits into a frame of a camera. */
async function still() {
  const picture = await createImageBitmap(await (await fetch("/faces/obama.jpg")).blob());
  const frame = canvas(WIDTH, HEIGHT);
  const scale = Math.min(WIDTH / picture.width, HEIGHT / picture.height);
  frame.drawImage(picture, 0, 0, picture.width * scale, picture.height * scale);
  return frame;
}

/** As the product's worker loads it: code and models side by side, each model prepared as it comes. */
async function vedette(frame) {
  const manifest = new TextDecoder().decode(await bytes("/models/manifest.toml"));
  const file = (part) => new RegExp(`\\[${part}\\][^[]*?file = "([^"]+)"`, "s").exec(manifest)[1];
  const hashed = async (url) => {
    const model = await bytes(url);
    return [model, Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", model)), (byte) => byte.toString(16).padStart(2, "0")).join("")];
  };
  const models = ["detector", "embedder"].map((part) => hashed(`/models/${file(part)}`));
  const code = WebAssembly.compileStreaming(fetch("/vedette/vedette_bg.wasm"));
  const border = await import("/vedette/vedette.js");
  await border.default({ module_or_path: await code });
  const engine = new border.Engine(manifest);
  engine.load_detector(...(await models[0]));
  engine.load_embedder(...(await models[1]));
  const { data } = (await frame).getImageData(0, 0, WIDTH, HEIGHT);
  return engine.embed_best(data, WIDTH, HEIGHT, INPUT.width);
}

/** Three planes of a picture's pixels, the channels in that order. */
function planes({ data, width, height }, order) {
  const size = width * height;
  const values = new Float32Array(3 * size);
  order.forEach((channel, plane) => {
    for (let at = 0; at < size; at += 1) values[plane * size + at] = data[4 * at + channel];
  });
  return values;
}

/** The five points of the best face, in pixels of the detector's input. */
function bestFace(outputs) {
  let best = { score: 0 };
  for (const stride of [8, 16, 32]) {
    const [classes, objects, points] = ["cls", "obj", "kps"].map((part) => outputs[`${part}_${stride}`].data);
    const columns = INPUT.width / stride;
    for (let cell = 0; cell < classes.length; cell += 1) {
      const score = Math.sqrt(classes[cell] * objects[cell]);
      if (score > best.score) {
        const corner = [cell % columns, Math.floor(cell / columns)];
        best = { score, points: Array.from(points.subarray(10 * cell, 10 * cell + 10), (p, i) => (p + corner[i % 2]) * stride) };
      }
    }
  }
  return best.points;
}

/** The turn, scale and shift that bring points to others with the least squares, for a canvas. */
function similarity(from, to) {
  const mean = (points, axis) => points.filter((_, i) => i % 2 === axis).reduce((a, b) => a + b, 0) / (points.length / 2);
  const [fx, fy, tx, ty] = [mean(from, 0), mean(from, 1), mean(to, 0), mean(to, 1)];
  let [along, across, spread] = [0, 0, 0];
  for (let i = 0; i < from.length; i += 2) {
    const [x, y, u, v] = [from[i] - fx, from[i + 1] - fy, to[i] - tx, to[i + 1] - ty];
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  }
  const [a, b] = [along / spread, across / spread];
  return [a, b, -b, a, tx - a * fx + b * fy, ty - b * fx - a * fy];
}

/** onnxruntime-web on one thread, with models from that folder. */
async function onnxruntime(frame, folder) {
  const models = ["detector", "embedder"].map((name) => bytes(`/${folder}/${name}.onnx`));
  const ort = await import("/ort/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = "/ort/";
  const open = async (model) => ort.InferenceSession.create(await model, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
  const detector = await open(models[0]);
  const embedder = await open(models[1]);
  const run = (session, pixels, order) => session.run({ [session.inputNames[0]]: new ort.Tensor("float32", planes(pixels, order), [1, 3, pixels.height, pixels.width]) });
  const { canvas: whole } = await frame;
  const scale = INPUT.width / WIDTH;
  const small = canvas(INPUT.width, INPUT.height);
  small.drawImage(whole, 0, 0, WIDTH * scale, HEIGHT * scale);
  const points = bestFace(await run(detector, small.getImageData(0, 0, INPUT.width, INPUT.height), [2, 1, 0]));
  const face = canvas(FACE, FACE);
  face.setTransform(...similarity(points.map((p) => p / scale), REFERENCE));
  face.drawImage(whole, 0, 0);
  const output = await run(embedder, face.getImageData(0, 0, FACE, FACE), [0, 1, 2]);
  const values = Array.from(output[embedder.outputNames[0]].data);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

const MAKERS = { vedette, plain: (frame) => onnxruntime(frame, "plain"), published: (frame) => onnxruntime(frame, "published") };
const make = MAKERS[new URLSearchParams(location.search).get("who")];
globalThis.cold = make(still()).then((template) => ({ ms: performance.now(), template: Array.from(template) }));
