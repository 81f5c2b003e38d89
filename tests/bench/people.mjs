// Photographs of people who don't exist, made of faces at hand: the upper half of one face over the lower half of another, each
// stretched by its own measures, in other light. They differ as files, and as far as so few faces allow, as people.

/**
 * Runs in a page: the engine looks at so many photographs, and the others get made-up templates at once, so that what a long
 * list asks of the page and the server is measured without the hours of the engine. Each tenth looks like one before.
 */
export function standIn(looks) {
  const Real = Worker;
  const before = [];
  let asked = 0;
  let sample;
  const made = () => {
    const alike = before.length > 0 && asked % 10 === 0 ? before[Math.floor(Math.random() * before.length)] : undefined;
    // Sums of uniform numbers point anywhere alike, well enough.
    const values = Array.from({ length: 128 }, (_, at) => Math.random() + Math.random() + Math.random() - 1.5 + 2 * (alike?.[at] ?? 0));
    const length = Math.hypot(...values);
    const unit = values.map((value) => value / length);
    before.push(unit.map((value) => 5.6 * value));
    return btoa(String.fromCharCode(...new Uint8Array(new Float16Array(unit).buffer)));
  };
  globalThis.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (data.kind === "encoded" && data.result.kind === "encoded") sample ??= data.result;
      });
    }
    postMessage(message, ...rest) {
      if (message.kind === "encode") asked += 1;
      if (message.kind !== "encode" || asked <= looks || sample === undefined) {
        super.postMessage(message, ...rest);
        return;
      }
      const data = { kind: "encoded", request: message.request, result: { ...sample, template: made() } };
      setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
    }
  };
}

/** Runs in a page: finds the faces of the sources, and leaves `makePeople`. Sent as text, so it closes over nothing. */
export async function studio(sources) {
  const WIDTH = 480;
  const HEIGHT = 600;
  /** A share of the files is compressed as strongly as pictures from a chat are. */
  const STRONGLY_COMPRESSED = 0.02;
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

  const faces = [];
  for (const source of sources) {
    const picture = await createImageBitmap(await (await fetch(source)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    const [face] = engine.detect(data, picture.width, picture.height, 640);
    if (face === undefined || face.score < 0.8) continue;
    const [right, left, , rightMouth, leftMouth] = face.landmarks;
    faces.push({ picture, points: [right, left, { x: (rightMouth.x + leftMouth.x) / 2, y: (rightMouth.y + leftMouth.y) / 2 }] });
  }
  engine.free();

  /** mulberry32: the same people for the same number, in every run. */
  const numbers = (seed) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** The affine map that takes three points to three others. */
  const affine = ([a, b, c], [u, v, w]) => {
    const det = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
    const along = (of) => {
      const [p, q, r] = [of(u), of(v), of(w)];
      const byX = ((q - p) * (c.y - a.y) - (r - p) * (b.y - a.y)) / det;
      const byY = ((r - p) * (b.x - a.x) - (q - p) * (c.x - a.x)) / det;
      return [byX, byY, p - byX * a.x - byY * a.y];
    };
    const [x, y] = [along((point) => point.x), along((point) => point.y)];
    return [x[0], y[0], x[1], y[1], x[2], y[2]];
  };

  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const layer = new OffscreenCanvas(WIDTH, HEIGHT);
  const photograph = async (number) => {
    const random = numbers(number);
    const between = (low, high) => low + (high - low) * random();
    const face = () => faces[Math.floor(random() * faces.length)];
    const [upper, lower, over] = [face(), face(), face()];
    const middle = { x: WIDTH / 2 + between(-20, 20), y: HEIGHT * 0.43 + between(-20, 20) };
    const [eyes, chin] = [between(48, 64), between(100, 138)];
    const target = [{ x: middle.x - eyes, y: middle.y }, { x: middle.x + eyes, y: middle.y }, { x: middle.x + between(-4, 4), y: middle.y + chin }];
    const pen = canvas.getContext("2d");
    const draw = (on, { picture, points }) => {
      on.save();
      on.setTransform(...affine(points, target));
      on.drawImage(picture, 0, 0);
      on.restore();
    };
    pen.reset();
    pen.fillStyle = `hsl(${between(0, 360)} 12% ${between(45, 85)}%)`;
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.save();
    if (random() < 0.5) pen.transform(-1, 0, 0, 1, WIDTH, 0);
    pen.translate(WIDTH / 2, HEIGHT / 2);
    pen.rotate(between(-0.1, 0.1));
    pen.translate(-WIDTH / 2, -HEIGHT / 2);
    pen.filter = `brightness(${between(0.85, 1.15)}) contrast(${between(0.85, 1.15)}) saturate(${between(0.5, 1.2)})`;
    const picture = new OffscreenCanvas(WIDTH, HEIGHT);
    const brush = picture.getContext("2d");
    draw(brush, upper);
    const mask = layer.getContext("2d");
    mask.reset();
    draw(mask, lower);
    mask.globalCompositeOperation = "destination-in";
    const fade = mask.createLinearGradient(0, middle.y + 0.3 * chin, 0, middle.y + 0.65 * chin);
    fade.addColorStop(0, "#0000");
    fade.addColorStop(1, "#000f");
    mask.fillStyle = fade;
    mask.fillRect(0, 0, WIDTH, HEIGHT);
    brush.drawImage(layer, 0, 0);
    brush.globalAlpha = between(0, 0.35);
    draw(brush, over);
    pen.drawImage(picture, 0, 0);
    pen.restore();
    const quality = random() < STRONGLY_COMPRESSED ? 0.1 : between(0.75, 0.95);
    return canvas.convertToBlob({ type: "image/jpeg", quality });
  };
  globalThis.makePeople = async (from, count) => {
    const made = [];
    for (let number = from; number < from + count; number += 1) {
      const jpeg = new Uint8Array(await (await photograph(number)).arrayBuffer());
      let binary = "";
      for (let at = 0; at < jpeg.length; at += 0x8000) binary += String.fromCharCode(...jpeg.subarray(at, at + 0x8000));
      made.push(btoa(binary));
    }
    return made;
  };
  return faces.length;
}
