// cargo xtask bench browser: this engine and page against named peers, interleaved in one Chromium.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { coldStarts } from "./cold.mjs";
import { faceApi, human, onnxruntime, time, timeClip, vedette } from "./contenders.mjs";
import { groups } from "./group.mjs";
import { alertLatency } from "./latency.mjs";
import { workersMemory } from "./memory.mjs";
import { serve } from "./serve.mjs";
import { twoAtOnce } from "./two.mjs";

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

/** Everybody's whole page; face-api with its own choice of detector, and with its fast one. */
const PAGES = [["vedette", vedette], ["human", human], ["face-api", faceApi, "ssdMobilenetv1"], ["face-api, tiny", faceApi, "tinyFaceDetector"]];

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

const browserArguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${join(process.env.VEDETTE_CLIPS, "returning.mjpeg")}`];
if (process.getuid?.() === 0) browserArguments.push("--no-sandbox");

async function main() {
  execFileSync(process.env.VEDETTE_PLAIN_ONNX, [join(ROOT, "models"), join(scratch, "peers")]);
  const frames = splitClip("one-match", join(scratch, "frames"));
  const site = await serve({
    vedette: join(ROOT, "www/src/vision/wasm"),
    models: join(ROOT, "models"),
    plain: join(scratch, "peers/plain"),
    frames: join(scratch, "frames"),
    ort: join(HERE, "node_modules/onnxruntime-web/dist"),
    human: join(HERE, "node_modules/@vladmandic/human"),
    "face-api": join(HERE, "node_modules/@vladmandic/face-api"),
    bench: HERE,
    tf: join(HERE, "node_modules/@tensorflow/tfjs-backend-wasm/dist"),
  });
  const executablePath = process.env.VEDETTE_BROWSER;
  const browser = await chromium.launch({ args: browserArguments, ...(executablePath ? { executablePath } : {}) });
  const results = { machine: { cpu: cpus()[0].model, cores: cpus().length }, browser: browser.version(), rounds, at: new Date().toISOString() };
  if (wanted("networks")) results.networks = await inPages(browser, site.url, [["vedette", vedette], ["ort1", onnxruntime, 1], ["ort2", onnxruntime, 2]], networks);
  if (wanted("two")) results.two = summedUp(await twoAtOnce(browser, site.url, rounds));
  if (wanted("page")) results.page = await inPages(browser, site.url, PAGES, (pages) => wholePage(pages, frames));
  if (wanted("group")) results.group = await groups(browser, rounds);
  if (wanted("latency")) results.latency = latencyOf(await alertLatency(browser));
  await browser.close();
  if (wanted("memory")) results.memory = await workersMemory(site.url, Math.min(7, rounds));
  site.close();
  if (wanted("cold")) results.cold = await coldStarts(join(scratch, "peers"), Math.min(9, rounds));

  print(results);
  mkdirSync(join(HERE, "results"), { recursive: true });
  const name = ["browser", ...(parts ?? [])].join("-");
  writeFileSync(join(HERE, `results/${name}.json`), `${JSON.stringify(results, null, 1)}\n`);
  console.log(`\nwritten to tests/bench/results/${name}.json`);
}

/** R42: the first face must wait for nothing that the others don't. */
const latencyOf = ({ first, next }) => ({ first, next: summary(next) });

/** Does something with a page for each contender. */
async function inPages(browser, url, contenders, work) {
  const pages = {};
  for (const [name, contender, argument] of contenders) {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
    await page.goto(url);
    await page.evaluate(contender, argument);
    pages[name] = page;
  }
  const done = await work(pages);
  for (const page of Object.values(pages)) await page.close();
  return done;
}

const summed = (values) => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, summary(v)]));
const summedUp = (networks) => Object.fromEntries(Object.entries(networks).map(([network, { ms: all, ratio }]) => [network, { ms: summed(all), ratio: summed(ratio) }]));

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
    results[network] = { ms: summed(taken), ratio: summed(ratios) };
  }
  return results;
}

/** All that the page does with each frame of a clip. */
async function wholePage(pages, frames) {
  const names = Object.keys(pages);
  const clip = Object.fromEntries(names.map((name) => [name, []]));
  const speedup = Object.fromEntries(names.slice(1).map((name) => [name, []]));
  const faces = {};
  for (let round = -1; round < Math.min(rounds, 5); round += 1) {
    const sums = {};
    for (const name of names) {
      const { taken, faces: seen } = await pages[name].evaluate(timeClip, frames);
      faces[name] = seen;
      if (round >= 0) clip[name].push(...taken);
      sums[name] = taken.reduce((a, b) => a + b, 0);
    }
    if (round >= 0) for (const peer of Object.keys(speedup)) speedup[peer].push(sums[peer] / sums.vedette);
  }
  const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
  return { frames: frames.length, faces, ms: Object.fromEntries(Object.entries(clip).map(([n, v]) => [n, { ...summary(v), mean: mean(v) }])), speedup: summed(speedup) };
}

function print({ machine, browser, networks, two, page, group, latency, memory, cold }) {
  console.log(`\nChromium ${browser}, ${machine.cores} cores, ${machine.cpu}, ${rounds} rounds, interleaved\n`);
  const range = (r, digits = 2) => `${r.median.toFixed(digits)} (${r.p5.toFixed(digits)}-${r.p95.toFixed(digits)})`;
  const table = (heads, rows) => {
    const widths = heads.map((head, at) => 3 + Math.max(...[head, ...rows.map((row) => row[at])].map((cell) => cell.length)));
    for (const row of [heads, ...rows]) console.log(row.map((cell, at) => cell.padEnd(widths[at])).join("").trimEnd());
  };
  if (networks !== undefined) {
    const rows = Object.entries(networks).map(([network, { ms: all, ratio }]) => [network, ms(all.vedette), ms(all.ort1), ms(all.ort2), range(ratio.ort1), range(ratio.ort2)]);
    table(["network", "this engine", "onnxruntime-web 1 thread", "2 threads", "ratio to 1", "ratio to 2"], rows);
  }
  if (two !== undefined) {
    console.log("\ntwo at once, time for each image");
    const rows = Object.entries(two).map(([network, { ms: all, ratio }]) => [network, ms(all.vedette), ms(all.threads), ms(all.workers), range(ratio.threads), range(ratio.workers)]);
    table(["network", "two workers of this engine", "onnxruntime-web 2 threads", "in two workers", "ratio to threads", "ratio to workers"], rows);
  }
  if (page !== undefined) {
    console.log(`\nwhole page on ${page.frames} frames of 640x480`);
    const rows = Object.entries(page.ms).map(([name, taken]) => [name, `${taken.mean.toFixed(1)} ms`, String(page.faces[name]), page.speedup[name] === undefined ? "" : range(page.speedup[name])]);
    table(["whose", "a frame", "faces", "this is so many times as fast"], rows);
  }
  if (group !== undefined) {
    console.log("\na group that steps into view at once, 1280x720, until the server has heard of everybody; the embedder in a worker beside, and both networks in one");
    const of = (values, part) => summary(values.map((one) => one[part]));
    const ratio = ({ tablet, desk }, part) => range(summary(tablet.map((one, round) => one[part] / desk[round][part])));
    const cells = (taken, part, digits) => [range(of(taken.tablet, part), digits), range(of(taken.desk, part), digits), ratio(taken, part)];
    for (const [part, name, digits] of [["all", "until all are compared, ms", 0], ["rate", "looks a second", 1], ["gap", "longest time without a look, ms", 0]]) {
      table([name, "beside", "in one", "ratio"], Object.entries(group).map(([size, taken]) => [`of ${size}`, ...cells(taken, part, digits)]));
    }
  }
  if (latency !== undefined) console.log(`\nfirst assessable frame to the second screen: the first face ${latency.first.toFixed(0)} ms, those after it ${ms(latency.next)}`);
  if (memory !== undefined) {
    console.log("\nmemory of a worker with both networks warm, MB; above an empty one");
    const empty = (part) => quantile(memory.empty.map((one) => one[part]), 0.5);
    const above = (name, part) => memory[name].map((one) => one[part] - empty(part));
    const megabytes = (values) => range(summary(values.map((bytes) => bytes / 1e6)), 1);
    const parts = [["wasm", "WebAssembly's"], ["own", "the process' own"], ["resident", "resident"]];
    const ratio = (part) => range(summary(above("vedette", part).map((bytes, round) => bytes / above("onnxruntime", part)[round])));
    const ofBuild = (place) => megabytes(above(place, "own"));
    console.log(`the build's own workers before a group of three, the process' own: two on a tablet ${ofBuild("tablet")}, one at a desk ${ofBuild("desk")}`);
    table(["memory", "this engine", "onnxruntime-web", "ratio", "empty"], parts.map(([part, name]) => [name, megabytes(above("vedette", part)), megabytes(above("onnxruntime", part)), ratio(part), (empty(part) / 1e6).toFixed(1)]));
  }
  if (cold !== undefined) {
    console.log("\nfrom navigation to the first template");
    const times = (name, visit) => cold.visits[name].map((one) => one[visit].ms);
    const ratio = (name, visit) => (name === "vedette" ? "" : range(summary(times("vedette", visit).map((taken, round) => taken / times(name, visit)[round]))));
    const rows = Object.keys(cold.visits).map((name) => [name, `${(quantile(cold.visits[name].map((one) => one.first.bytes), 0.5) / 1e6).toFixed(2)} MB`, ms(summary(times(name, "first"))), ratio(name, "first"), ms(summary(times(name, "later"))), ratio(name, "later"), cold.likeness[name].toFixed(4)]);
    table(["whose", "over the line", "first visit", "ratio", "a later one", "ratio", "cosine to ours"], rows);
  }
}

try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
