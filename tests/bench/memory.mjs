// The memory of a worker with both networks loaded and warm, here and with onnxruntime-web, each in a browser that was just
// started, that of a worker with neither, and that of the two workers that a tablet has, a network each.
import { readFileSync } from "node:fs";
import { crew } from "./contenders.mjs";
import { employ, stand } from "./group.mjs";
import { launchWith } from "./launch.mjs";

const CONTENDERS = { empty: [1], vedette: [1, "vedette"], onnxruntime: [1, "onnxruntime", 1] };
const WARMING = { detector: 40, embedder: 20 };
/** Faces before a worker of the build. */
const GROUP = 3;
/** By then what compiles in the background is compiled. */
const SETTLES_MS = 3_000;

/** Of the process that draws the page and runs its worker: only Linux tells it this way. */
function ofProcess(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const number = (name) => 1_024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
  return { resident: number("Rss"), own: number("Private_Clean") + number("Private_Dirty") };
}

/** Bytes of WebAssembly's memory, where they can be asked. */
async function working(page, url, contender) {
  await page.goto(url);
  await page.evaluate(crew, contender);
  if (contender.length > 1) for (const work of Object.entries(WARMING)) await page.evaluate((asked) => crewOf.throughput(asked), work);
  await page.waitForTimeout(SETTLES_MS);
  return page.evaluate(() => crewOf.memory());
}

/** The build's own workers, watching a group. */
async function watching(page, { url, worker }, place) {
  await page.goto(url);
  await page.evaluate(employ, [worker, place, [GROUP]]);
  await page.evaluate((size) => show(size), GROUP);
  await page.waitForTimeout(SETTLES_MS);
  await page.evaluate(() => hide());
  await page.waitForTimeout(SETTLES_MS);
  return 0;
}

async function once(work) {
  const browser = await launchWith("empty", ["--js-flags=--expose-gc"]);
  try {
    const wasm = await work(await browser.newPage());
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => ofProcess(id));
    // A spare one is kept for the next page.
    const largest = renderers.reduce((a, b) => (a.resident > b.resident ? a : b));
    return { wasm, ...largest };
  } finally {
    await browser.close();
  }
}

/** Bytes of each round, by contender. */
export async function workersMemory(url, rounds) {
  const site = await stand();
  const work = Object.fromEntries(Object.entries(CONTENDERS).map(([name, contender]) => [name, (page) => working(page, url, contender)]));
  for (const place of ["tablet", "desk"]) work[place] = (page) => watching(page, site, place);
  const all = Object.fromEntries(Object.keys(work).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, one] of Object.entries(work)) all[name].push(await once(one));
  }
  site.close();
  return all;
}
