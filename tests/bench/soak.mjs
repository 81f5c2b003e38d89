// cargo xtask bench soak: the memory of the officer's page while its camera runs at full rate, and whether it grows.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchWith } from "./launch.mjs";
import { livePilot, start } from "./product.mjs";

const { minutes: asked, cores } = parseArgs({ options: { minutes: { type: "string", default: "30" }, cores: { type: "string" } } }).values;
const minutes = Number(asked);
const EVERY_MS = 15_000;
/** Loading, compiling and the first alert are over by then. */
const SETTLES_MS = Math.min(120_000, (minutes * 60_000) / 5);

/** Resident memory of the browser's processes that draw pages, in bytes; only Linux tells it this way. */
function resident(root) {
  const processes = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const number = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
      const renders = readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer");
      processes.set(Number(pid), { parent: number("PPid"), bytes: 1024 * number("VmRSS"), renders });
    } catch {
      // It ended meanwhile.
    }
  }
  const ours = (pid) => pid === root || (processes.has(pid) && processes.get(pid).parent > 1 && ours(processes.get(pid).parent));
  return [...processes].filter(([pid, { renders }]) => renders && ours(pid)).reduce((sum, [, { bytes }]) => sum + bytes, 0);
}

const product = await start();
const samples = [];
let browserVersion = "";
let lost = 0;
try {
  const browser = await launchWith("returning", ["--enable-blink-features=ForceEagerMeasureMemory"]);
  browserVersion = browser.version();
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();
  await page.addInitScript(() => addEventListener("webglcontextlost", () => (globalThis.lostContexts = (globalThis.lostContexts ?? 0) + 1), true));
  if (cores !== undefined) await page.addInitScript((count) => Object.defineProperty(navigator, "hardwareConcurrency", { value: count }), Number(cores));
  await livePilot(page, product.code);
  await page.getByTestId("go-live").click({ timeout: 180_000 });
  await page.locator('[data-testid="capture-state"][data-state="live"]').waitFor({ timeout: 180_000 });
  const session = await context.newCDPSession(page);
  const root = Number(readdirSync("/proc").find((pid) => /^\d+$/.test(pid) && isOurs(pid)));
  const began = Date.now();
  while (Date.now() - began < minutes * 60_000) {
    await page.waitForTimeout(EVERY_MS);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize: heap } = await session.send("Runtime.getHeapUsage");
    // The page is isolated, so it may ask. WebAssembly memory shows in what is resident only.
    const { bytes: whole } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
    samples.push({ at: Date.now() - began, heap, whole, resident: resident(root), state: await page.getByTestId("capture-state").getAttribute("data-state") });
    lost = await page.evaluate(() => globalThis.lostContexts ?? 0);
  }
  await browser.close();
} finally {
  await product.stop();
}

/** The browser that this process started. */
function isOurs(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === process.pid && command.includes("--remote-debugging");
  } catch {
    return false;
  }
}

const settled = samples.filter(({ at }) => at >= SETTLES_MS);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const part = Math.max(1, Math.floor(settled.length / 5));
const results = { machine: { cpu: cpus()[0].model, cores: cpus().length, told: cores }, browser: browserVersion, at: new Date().toISOString(), minutes, lostContexts: lost, samples };
const said = cores === undefined ? "" : `, said to have ${cores} cores`;
console.log(`\nChromium ${browserVersion}, ${cpus().length} cores${said}, ${minutes} minutes at full rate; the first and the last fifth of what follows ${SETTLES_MS / 1000} s of settling, medians\n`);
console.log("memory              first       last        growth");
for (const [name, key] of [["page's JavaScript", "heap"], ["with its workers", "whole"], ["renderers, resident", "resident"]]) {
  const first = median(settled.slice(0, part).map((one) => one[key]));
  const last = median(settled.slice(-part).map((one) => one[key]));
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  results[key] = { first, last, growth: first > 0 ? last / first - 1 : 0 };
  console.log(`${name.padEnd(19)} ${megabytes(first).padEnd(11)} ${megabytes(last).padEnd(11)} ${(100 * results[key].growth).toFixed(1)} %`);
}
const elsewhere = samples.filter(({ state }) => state !== "live").length;
console.log(`\nsamples ${samples.length}, not live in ${elsewhere}; graphics contexts lost: ${lost}`);
const folder = join(import.meta.dirname, "results");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "soak.json"), `${JSON.stringify(results, null, 1)}\n`);
console.log("written to tests/bench/results/soak.json");
