// cargo xtask bench start: what a tablet's first visit and a later one cost, in bytes from the server and in time until it matches.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchFresh, launchWith } from "./launch.mjs";
import { livePilot, start } from "./product.mjs";

const { rounds: asked } = parseArgs({ options: { rounds: { type: "string", default: "5" } } }).values;
const rounds = Number(asked);
const WITHIN_MS = 180_000;
const SETTLES_MS = 5_000;
/** Where engines keep how fast their loops are: on a first visit none has been there. */
const LOOPS = "vedette-loops";

/** Between browser and server: the browser doesn't say what its service worker fetched. Counts heads and bodies as they went over the line. */
async function counting(url) {
  const to = new URL(url);
  const sum = { bytes: 0 };
  const server = createServer((from) => {
    const on = connect(Number(to.port), "127.0.0.1");
    on.on("data", (part) => (sum.bytes += part.length));
    from.pipe(on).pipe(from);
    for (const socket of [from, on]) socket.on("error", () => [from, on].forEach((each) => each.destroy()));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://localhost:${server.address().port}`, sum, close: () => server.close() };
}

/** In the page: when its state was shown, and when it was live, in milliseconds since its navigation began. Whoever asks from outside hears half a second later. */
function noteStates() {
  const noted = (globalThis.noted = {});
  const look = () => {
    const state = document.querySelector('[data-testid="capture-state"]');
    if (state !== null) noted.shown ??= performance.now();
    if (state?.dataset.state === "live") noted.live ??= performance.now();
  };
  addEventListener("DOMContentLoaded", () => new MutationObserver(look).observe(document.body, { attributes: true, childList: true, subtree: true }));
}

async function visit(context, line) {
  const page = await context.newPage();
  const before = line.sum.bytes;
  await page.goto(`${line.url}/officer.html#live`);
  await page.waitForFunction(() => globalThis.noted.live !== undefined, undefined, { timeout: WITHIN_MS });
  const { shown, live } = await page.evaluate(() => globalThis.noted);
  // What is kept for later visits is on its way still, and the browser writes down what it compiled.
  await page.waitForTimeout(SETTLES_MS);
  const bytes = line.sum.bytes - before;
  await page.close();
  return { shown, live, bytes };
}

/** A browser as the officer's tablet has it: signed in, and with a profile on disk, without which Chromium keeps nothing of what it compiles. */
async function signedIn(profile, { cookies, origins }) {
  const context = await launchFresh(profile);
  await context.addCookies(cookies);
  await context.addInitScript((kept) => {
    for (const { name, value } of kept) if (localStorage.getItem(name) === null) localStorage.setItem(name, value);
  }, origins.flatMap(({ localStorage: kept }) => kept).filter(({ name }) => name !== LOOPS));
  await context.addInitScript(noteStates);
  return context;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const results = { machine: { cpu: cpus()[0].model, cores: cpus().length }, at: new Date().toISOString(), rounds, first: [], second: [], fourth: [], restarted: [] };
const product = await start();
const line = await counting(product.url);
try {
  const browser = await launchWith("empty");
  results.browser = browser.version();
  const before = await browser.newContext({ baseURL: line.url });
  await livePilot(await before.newPage(), product.code);
  const known = await before.storageState();
  await browser.close();
  for (let round = 0; round < rounds; round += 1) {
    const profile = mkdtempSync(join(tmpdir(), "vedette-profile-"));
    const open = await signedIn(profile, known);
    results.first.push(await visit(open, line));
    results.second.push(await visit(open, line));
    await visit(open, line);
    // By now the loops have been tried often enough.
    results.fourth.push(await visit(open, line));
    await open.close();
    const again = await signedIn(profile, known);
    results.restarted.push(await visit(again, line));
    await again.close();
    rmSync(profile, { recursive: true, force: true });
  }
} finally {
  line.close();
  await product.stop();
}

console.log(`\nChromium ${results.browser}, ${results.machine.cores} cores, ${results.machine.cpu}, ${rounds} rounds, on loopback, each at officer.html#live; medians\n`);
console.log("visit      from the network    screen shown    matching");
for (const name of ["first", "second", "fourth", "restarted"]) {
  const of = (part) => median(results[name].map((one) => one[part]));
  console.log(`${name.padEnd(10)} ${`${(of("bytes") / 1e6).toFixed(2)} MB`.padEnd(19)} ${`${(of("shown") / 1e3).toFixed(2)} s`.padEnd(15)} ${(of("live") / 1e3).toFixed(2)} s`);
}
const folder = join(import.meta.dirname, "results");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "start.json"), `${JSON.stringify(results, null, 1)}\n`);
console.log("\nwritten to tests/bench/results/start.json");
