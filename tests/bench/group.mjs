// A group that steps into view all at once, as fast as the product's own vision worker can look: with its embedder in the worker beside
// it, as on a tablet of four cores, and with both networks in one.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { serve } from "./serve.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const ASSETS = join(ROOT, "www/dist/assets");
const SIZES = [1, 3, 10];
const PLACES = ["tablet", "desk"];

/** Stands where the server would, and notes when it heard of each track. */
function listener() {
  const heard = new Map();
  const answer = (request, response) => {
    if (!request.url.startsWith("/v1/")) return false;
    if (!request.url.endsWith("/candidates")) {
      // A deployment without a transform.
      response.writeHead(200).end();
      return true;
    }
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const { track } = JSON.parse(Buffer.concat(parts).toString());
      if (!heard.has(track)) heard.set(track, performance.timeOrigin + performance.now());
      response.writeHead(200, { "content-type": "application/json" }).end('{"crops_wanted":[]}');
    });
    return true;
  };
  return { heard, answer };
}

/** In the page: a worker of the build, and pictures of so many faces, each of which it is shown again and again. */
export async function employ([worker, place, sizes]) {
  const now = () => performance.timeOrigin + performance.now();
  const eyes = new Worker(`/assets/${worker}`, { type: "module", name: "vision" });
  let hear = () => undefined;
  eyes.onmessage = ({ data }) => hear(data);
  await new Promise((done, fail) => {
    hear = ({ kind, state }) => {
      if (kind === "engine" && state.kind === "failed") fail(new Error(state.message));
      if (kind === "engine" && state.kind === "ready") done();
    };
    eyes.postMessage({ kind: "load", at: place, beside: place === "tablet" });
  });
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([x, y]) => ({ x, y }));
  eyes.postMessage({ kind: "deployment", id: "bench", zone: { corners, smallest: 0.04, largest: 1 } });
  const heads = await (await fetch("/faces/faces.json")).json();
  const faces = await Promise.all(
    heads.map(async ({ photo, box: [x, y, width, height] }) => {
      const side = 2 * height;
      return createImageBitmap(await (await fetch(`/faces/${photo}`)).blob(), Math.round(x + width / 2 - side / 2), Math.round(y + height / 2 - side / 2), Math.round(side), Math.round(side));
    }),
  );
  const scenes = new Map();
  for (const size of sizes) {
    const canvas = new OffscreenCanvas(1_280, 720);
    const context = canvas.getContext("2d");
    context.fillStyle = "#5a5a5a";
    context.fillRect(0, 0, 1_280, 720);
    for (let i = 0; i < size; i += 1) context.drawImage(faces[i % faces.length], (i % 5) * 256 + 8, Math.floor(i / 5) * 300 + 20, 240, 240);
    scenes.set(size, canvas);
  }
  let shown;
  const frame = () => {
    const takenAt = now();
    const taken = new VideoFrame(shown, { timestamp: takenAt * 1_000 });
    eyes.postMessage({ kind: "frame", frame: taken, takenAt }, [taken]);
  };
  let looks = [];
  hear = ({ kind, width }) => {
    if (kind === "faces" && width > 0) looks.push(now());
    if (kind === "frame_done" && shown !== undefined) frame();
  };
  globalThis.show = (size) => {
    looks = [];
    shown = scenes.get(size);
    const began = now();
    // One in work and one that waits, as the page does.
    frame();
    frame();
    return began;
  };
  globalThis.hide = () => {
    shown = undefined;
    eyes.postMessage({ kind: "stop" });
    return looks;
  };
}

const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));
const WITHIN_MS = 60_000;
/** What the worker had begun is over by then. */
const SETTLES_MS = 300;

/** Milliseconds until the server has heard of everybody, looks a second and the longest time between two of them meanwhile. */
async function once(page, heard, size) {
  heard.clear();
  const began = await page.evaluate((asked) => show(asked), size);
  while (heard.size < size && performance.timeOrigin + performance.now() < began + WITHIN_MS) await pause(2);
  const looks = await page.evaluate(() => hide());
  await pause(SETTLES_MS);
  if (heard.size < size) throw new Error(`${heard.size} of ${size} faces were offered within a minute`);
  const all = Math.max(...heard.values());
  const meanwhile = looks.filter((at) => at <= all);
  const gaps = meanwhile.map((at, i) => at - (meanwhile[i - 1] ?? began));
  return { all: all - began, rate: (1_000 * meanwhile.length) / (all - began), gap: Math.max(...gaps) };
}

/** Where such pages find the build, its models and faces. */
export async function stand() {
  const worker = readdirSync(ASSETS).find((name) => /^worker-.*\.js$/.test(name));
  const { heard, answer } = listener();
  return { worker, heard, ...(await serve({ assets: ASSETS, models: join(ROOT, "models"), faces: join(ROOT, "tests/golden") }, answer)) };
}

/** By size of the group and place: all values of each, and of their ratios of one round. */
export async function groups(browser, rounds) {
  const site = await stand();
  const pages = {};
  for (const place of PLACES) {
    pages[place] = await browser.newPage();
    await pages[place].goto(site.url);
    await pages[place].evaluate(employ, [site.worker, place, SIZES]);
  }
  const results = {};
  for (const size of SIZES) {
    const taken = Object.fromEntries(PLACES.map((place) => [place, []]));
    for (let round = -1; round < rounds; round += 1) {
      for (const place of PLACES) {
        const one = await once(pages[place], site.heard, size);
        // The first round warms up.
        if (round >= 0) taken[place].push(one);
      }
    }
    results[size] = taken;
  }
  for (const page of Object.values(pages)) await page.close();
  site.close();
  return results;
}
