// cargo xtask bench browser: this engine and page against named peers, interleaved in one Chromium.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { human, onnxruntime, time, timeClip, vedette } from "./contenders.mjs";
import { alertLatency } from "./latency.mjs";
import { serve } from "./serve.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const HERE = import.meta.dirname;
const { rounds: asked, part: parts } = parseArgs({ options: { rounds: { type: "string", default: "15" }, part: { type: "string", multiple: true } } }).values;
const rounds = Number(asked);
const wanted = (part) => parts === undefined || parts.includes(part);
const PER_ROUND = 5;
/** Every so many frames of the clip: enough of each person, at the rate of a busy tablet. */
const FRAME_STEP = 10;
/** Frames of the clip before its empty stretch. */
const FRAMES_WITH_PEOPLE = 20.5 * 30;

const scratch = mkdtempSync(join(tmpdir(), "vedette-bench-"));
const sorted = (values) => [...values].sort((a, b) => a - b);
const quantile = (values, q) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * q))];
const summary = (values) => ({ median: quantile(values, 0.5), p5: quantile(values, 0.05), p95: quantile(values, 0.95), n: values.length });
const ms = ({ median, p5, p95, n }) => `${median.toFixed(1)} ms (${p5.toFixed(1)} to ${p95.toFixed(1)}, n=${n})`;

/** A .mjpeg file is JPEGs one after the other; each begins with ff d8 ff. */
function splitClip(name, folder) {
  const bytes = readFileSync(join(process.env.VEDETTE_CLIPS, `${name}.mjpeg`));
  const starts = [];
  for (let at = bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff])); at >= 0; at = bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff]), at + 3)) starts.push(at);
  mkdirSync(folder, { recursive: true });
  return starts.filter((_, i) => i % FRAME_STEP === 0 && i < FRAMES_WITH_PEOPLE).map((start, i) => {
    const end = starts.find((s) => s > start) ?? bytes.length;
    writeFileSync(join(folder, `${i}.jpg`), bytes.subarray(start, end));
    return `/frames/${i}.jpg`;
  });
}

function plainModels() {
  const arguments_ = ["run", "--release", "--quiet", "--package", "vedette-engine", "--example", "plain_onnx", "--", join(ROOT, "models"), join(scratch, "plain")];
  return new Promise((done, fail) => {
    spawn("cargo", arguments_, { cwd: ROOT, stdio: "inherit" }).on("exit", (code) => (code === 0 ? done() : fail(new Error("the models could not be written as plain ONNX"))));
  });
}

const browserArguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${join(process.env.VEDETTE_CLIPS, "returning.mjpeg")}`];
if (process.getuid?.() === 0) browserArguments.push("--no-sandbox");

async function main() {
  await plainModels();
  const frames = splitClip("one-match", join(scratch, "frames"));
  const site = await serve({
    vedette: join(ROOT, "www/src/vision/wasm"),
    models: join(ROOT, "models"),
    plain: join(scratch, "plain"),
    frames: join(scratch, "frames"),
    ort: join(HERE, "node_modules/onnxruntime-web/dist"),
    human: join(HERE, "node_modules/@vladmandic/human"),
    tf: join(HERE, "node_modules/@tensorflow/tfjs-backend-wasm/dist"),
  });
  const executablePath = process.env.VEDETTE_BROWSER;
  const browser = await chromium.launch({ args: browserArguments, ...(executablePath ? { executablePath } : {}) });
  const pages = {};
  for (const [name, contender, argument] of [["vedette", vedette], ["ort1", onnxruntime, 1], ["ort2", onnxruntime, 2], ["human", human]]) {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
    await page.goto(site.url);
    await page.evaluate(contender, argument);
    pages[name] = page;
  }

  const results = { machine: { cpu: cpus()[0].model, cores: cpus().length }, browser: browser.version(), rounds, at: new Date().toISOString() };
  if (wanted("networks")) results.networks = await networks(pages);
  if (wanted("page")) results.page = await wholePage(pages, frames);
  for (const page of Object.values(pages)) await page.close();
  if (wanted("latency")) results.latency = latencyOf(await alertLatency(browser));
  await browser.close();
  site.close();

  print(results);
  mkdirSync(join(HERE, "results"), { recursive: true });
  writeFileSync(join(HERE, "results/browser.json"), `${JSON.stringify(results, null, 1)}\n`);
  console.log("\nwritten to tests/bench/results/browser.json");
}

/** R42: the first face is told apart, which must wait for nothing that the others don't. */
const latencyOf = ([first, ...next]) => ({ first, next: summary(next) });

/** Each network alone, milliseconds and ratios to the peers, by network. */
async function networks(pages) {
  const results = {};
  for (const network of ["detector", "embedder"]) {
    const taken = { vedette: [], ort1: [], ort2: [] };
    const ratios = { ort1: [], ort2: [] };
    for (let round = -1; round < rounds; round += 1) {
      const medians = {};
      for (const name of Object.keys(taken)) {
        const values = await pages[name].evaluate(time, [network, PER_ROUND]);
        // The first round warms up.
        if (round >= 0) taken[name].push(...values);
        medians[name] = quantile(values, 0.5);
      }
      if (round >= 0) for (const peer of Object.keys(ratios)) ratios[peer].push(medians.vedette / medians[peer]);
    }
    const summed = (values) => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, summary(v)]));
    results[network] = { ms: summed(taken), ratio: summed(ratios) };
  }
  return results;
}

/** All that the page does with each frame of a clip. */
async function wholePage(pages, frames) {
  const clip = { vedette: [], human: [] };
  const ratios = [];
  const faces = {};
  for (let round = -1; round < Math.min(rounds, 5); round += 1) {
    const sums = {};
    for (const name of Object.keys(clip)) {
      const { taken, faces: seen } = await pages[name].evaluate(timeClip, frames);
      faces[name] = seen;
      if (round >= 0) clip[name].push(...taken);
      sums[name] = taken.reduce((a, b) => a + b, 0);
    }
    if (round >= 0) ratios.push(sums.human / sums.vedette);
  }
  const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
  return { frames: frames.length, faces, ms: Object.fromEntries(Object.entries(clip).map(([n, v]) => [n, { ...summary(v), mean: mean(v) }])), speedup: summary(ratios) };
}

function print({ machine, browser, networks, page, latency }) {
  console.log(`\nChromium ${browser}, ${machine.cores} cores, ${machine.cpu}, ${rounds} rounds, interleaved\n`);
  const range = (r) => `${r.median.toFixed(2)} (${r.p5.toFixed(2)}-${r.p95.toFixed(2)})`;
  if (networks !== undefined) {
    console.log("network    this engine                          onnxruntime-web 1 thread              2 threads                            ratio to 1     ratio to 2");
    for (const [network, { ms: all, ratio }] of Object.entries(networks)) {
      console.log(`${network.padEnd(10)} ${ms(all.vedette).padEnd(36)} ${ms(all.ort1).padEnd(36)} ${ms(all.ort2).padEnd(36)} ${range(ratio.ort1).padEnd(14)} ${range(ratio.ort2)}`);
    }
  }
  if (page !== undefined) console.log(`\nwhole page on ${page.frames} frames of 640x480: this ${page.ms.vedette.mean.toFixed(1)} ms a frame (${page.faces.vedette} faces), Human ${page.ms.human.mean.toFixed(1)} ms (${page.faces.human} faces): ${page.speedup.median.toFixed(2)} times as fast (${page.speedup.p5.toFixed(2)}-${page.speedup.p95.toFixed(2)})`);
  if (latency !== undefined) console.log(`first assessable frame to the second screen: the first face ${latency.first.toFixed(0)} ms, those after it ${ms(latency.next)}`);
}

try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
