// The memory of a worker with both networks loaded and warm, here and with onnxruntime-web, each in a browser that was just
// started, and that of a worker with neither.
import { readFileSync } from "node:fs";
import { crew } from "./contenders.mjs";
import { launchWith } from "./launch.mjs";

const CONTENDERS = { empty: [1], vedette: [1, "vedette"], onnxruntime: [1, "onnxruntime", 1] };
const WARMING = { detector: 40, embedder: 20 };
/** By then what compiles in the background is compiled. */
const SETTLES_MS = 3_000;

/** Of the process that draws the page and runs its worker: only Linux tells it this way. */
function ofProcess(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const number = (name) => 1_024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
  return { resident: number("Rss"), own: number("Private_Clean") + number("Private_Dirty") };
}

async function once(url, contender) {
  const browser = await launchWith("empty", ["--js-flags=--expose-gc"]);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.evaluate(crew, contender);
    if (contender.length > 1) for (const work of Object.entries(WARMING)) await page.evaluate((asked) => crewOf.throughput(asked), work);
    await page.waitForTimeout(SETTLES_MS);
    const wasm = await page.evaluate(() => crewOf.memory());
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
  const all = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, contender] of Object.entries(CONTENDERS)) all[name].push(await once(url, contender));
  }
  return all;
}
