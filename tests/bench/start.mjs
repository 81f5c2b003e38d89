// cargo xtask bench start: what a tablet's first visit and a later one cost, in bytes from the server and in time until it matches.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchWith } from "./launch.mjs";
import { livePilot, start } from "./product.mjs";

const { rounds: asked } = parseArgs({ options: { rounds: { type: "string", default: "5" } } }).values;
const rounds = Number(asked);
const WITHIN_MS = 180_000;

/** Bytes as they came over the network; what a cache or the service worker gave counts nothing. */
async function counted(context, page) {
  const sum = { bytes: 0, requests: 0 };
  const follow = async (target) => {
    const session = await context.newCDPSession(target);
    await session.send("Network.enable");
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      sum.bytes += encodedDataLength;
      if (encodedDataLength > 0) sum.requests += 1;
    });
  };
  await follow(page);
  return sum;
}

async function visit(context, url) {
  const page = await context.newPage();
  const sum = await counted(context, page);
  const began = performance.now();
  await page.goto(`${url}/officer.html#live`);
  await page.locator('[data-testid="capture-state"]').waitFor();
  const shown = performance.now() - began;
  await page.locator('[data-testid="capture-state"][data-state="live"]').waitFor({ timeout: WITHIN_MS });
  const live = performance.now() - began;
  // Workers load by themselves; what they took stands in the browser's own list.
  const workers = await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => performance.getEntriesByType("resource").reduce((bytes, { transferSize }) => bytes + transferSize, 0))),
  );
  const bytes = sum.bytes + workers.reduce((a, b) => a + b, 0);
  await page.waitForTimeout(3_000);
  await page.close();
  return { shown, live, bytes };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const results = { machine: { cpu: cpus()[0].model, cores: cpus().length }, at: new Date().toISOString(), rounds, first: [], later: [] };
const product = await start();
try {
  const browser = await launchWith("empty");
  results.browser = browser.version();
  const before = await browser.newContext({ baseURL: product.url });
  await livePilot(await before.newPage(), product.code);
  const storageState = await before.storageState();
  await before.close();
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ storageState });
    results.first.push(await visit(context, product.url));
    results.later.push(await visit(context, product.url));
    await context.close();
  }
  await browser.close();
} finally {
  await product.stop();
}

console.log(`\nChromium ${results.browser}, ${results.machine.cores} cores, ${results.machine.cpu}, ${rounds} rounds, on loopback; medians\n`);
console.log("visit    from the network    screen shown    matching");
for (const name of ["first", "later"]) {
  const of = (part) => median(results[name].map((one) => one[part]));
  console.log(`${name.padEnd(8)} ${`${(of("bytes") / 1e6).toFixed(2)} MB`.padEnd(19)} ${`${(of("shown") / 1e3).toFixed(2)} s`.padEnd(15)} ${(of("live") / 1e3).toFixed(2)} s`);
}
const folder = join(import.meta.dirname, "results");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "start.json"), `${JSON.stringify(results, null, 1)}\n`);
console.log("\nwritten to tests/bench/results/start.json");
