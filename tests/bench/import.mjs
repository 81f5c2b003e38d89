// cargo xtask bench import: a long list of people with a photograph each, imported through the product's own page.
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";
import { chromium } from "playwright-core";
import { standIn, studio } from "./people.mjs";
import { serve } from "./serve.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const { rows, looks, cores, faces } = parseArgs({
  options: { rows: { type: "string", default: "200" }, looks: { type: "string" }, cores: { type: "string" }, faces: { type: "string", default: join(ROOT, "tests/fixtures") } },
}).values;
const ROWS = Number(rows);
const LOOKS = looks === undefined ? ROWS : Math.min(ROWS, Number(looks));
const PASSWORD = "correct horse battery";
const HOUR_MS = 3_600_000;
/** Photographs in one call to the page that makes them. */
const AT_ONCE = 50;
const SAMPLE_EVERY_MS = 1_000;
const TOLD_EVERY_MS = 60_000;
/** Within this a second press of the same button is taken for a slip. */
const DOUBLE_PRESS_MS = 650;
const LONGEST_MS = 6 * HOUR_MS;

const scratch = mkdtempSync(join(tmpdir(), "vedette-import-"));
const seconds = (from) => (performance.now() - from) / 1_000;
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function photographsIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(jpe?g|png)$/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** The list and the zip, as an office would bring them. */
async function makeList(browser) {
  const site = await serve({ vedette: join(ROOT, "www/src/vision/wasm"), models: join(ROOT, "models"), faces });
  const page = await browser.newPage();
  await page.goto(site.url);
  const sources = photographsIn(faces).map((path) => `/faces/${path.split("\\").join("/")}`);
  const found = await page.evaluate(studio, sources);
  if (found === 0) throw new Error(`no face was found in ${faces}`);
  const [csv, zip] = [join(scratch, "people.csv"), join(scratch, "photographs.zip")];
  const writer = new ZipWriter(Writable.toWeb(createWriteStream(zip)), { useWebWorkers: false, level: 0 });
  const lines = ["name,nominal_id,born_on,category,lawful_basis,legal_status,source_system,reason,reviewer,image_source,image_taken_on,photos"];
  const taken = `${new Date().getFullYear() - 1}-05-01`;
  let made = [];
  for (let at = 0; at < ROWS; at += 1) {
    const number = String(at + 1).padStart(6, "0");
    if (at < LOOKS && at % AT_ONCE === 0) {
      made = await page.evaluate(([first, many]) => globalThis.makePeople(first, many), [at, Math.min(AT_ONCE, LOOKS - at)]);
    }
    // What no engine looks at needs no face of its own, but bytes of its own: what stands behind a JPEG's end is no part of it.
    const jpeg = Buffer.concat([Buffer.from(made[at % made.length], "base64"), Buffer.from(number)]);
    await writer.add(`${number}.jpg`, new Uint8ArrayReader(jpeg));
    lines.push(`Person ${number},N-${number},1980-05-01,Deportation order,Immigration Act 1971,Signed,Case register,Known to pass here,Inspector Low,Custody,${taken},${number}.jpg`);
  }
  await writer.close();
  writeFileSync(csv, `${lines.join("\r\n")}\r\n`);
  await page.close();
  site.close();
  return { csv, zip, found, sources: sources.length };
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function startProduct() {
  const port = await freePort();
  const address = ["--no-tls", "--http", `127.0.0.1:${port}`, "--data", join(scratch, "data")];
  const { VEDETTE_BIN, VEDETTE_BROWSER, ...env } = process.env;
  const child = spawn(VEDETTE_BIN, ["serve", "--models", join(ROOT, "models"), ...address], { env, stdio: ["ignore", "pipe", "inherit"] });
  const code = await new Promise((done, fail) => {
    let output = "";
    child.once("exit", () => fail(new Error("the server did not start")));
    child.stdout.on("data", (bytes) => {
      output += bytes;
      const found = /#setup=(\S+)/.exec(output);
      if (found) done(found[1]);
    });
  });
  return { url: `http://localhost:${port}`, code, child };
}

/** An operation, and the page of whoever keeps its list. */
async function operation(browser, { url, code }) {
  const headers = { origin: url };
  const year = new Date().getFullYear() + 1;
  const asked = async (page, path, data) => {
    const reply = await page.request.post(path, { headers, data });
    if (!reply.ok()) throw new Error(`${path}: ${await reply.text()}`);
    return reply.json();
  };
  const admin = await (await browser.newContext({ baseURL: url })).newPage();
  await admin.goto(`/control.html#setup=${code}`);
  await admin.getByTestId("setup-name").fill("Ada Administrator");
  await admin.getByTestId("setup-password").fill(PASSWORD);
  await admin.getByTestId("setup-submit").click();
  await admin.getByTestId("new-pilot").waitFor();
  const signedIn = async (name, role) => {
    await asked(admin, "/v1/users", { name, password: PASSWORD, roles: [{ role, trained_until: `${year}-12-31` }] });
    const page = await (await browser.newContext({ baseURL: url })).newPage();
    await page.goto("/control.html");
    await page.getByTestId("sign-in-name").fill(name);
    await page.getByTestId("sign-in-password").fill(PASSWORD);
    await page.getByTestId("sign-in-submit").click();
    await page.getByRole("heading", { level: 1, name: "Deployments" }).waitFor();
    return page;
  };
  const commander = await signedIn("Cora Commander", "commander");
  const keeper = await signedIn("Lina Lists", "list_manager");
  // Within the hours in which the list may be filled, however long that takes.
  const start = Date.now() + 20 * HOUR_MS;
  const text = "As the policy says";
  const documents = ["data_protection_impact_assessment", "equality_impact_assessment", "appropriate_policy_document", "legal_mandate"];
  const plan = {
    starts_at: new Date(start).toISOString(),
    purpose: text,
    legal_basis: text,
    use_case: text,
    cameras: ["Mast 1"],
    categories: ["Deportation order"],
    footfall: 3_000,
    necessity: text,
    proportionality: text,
    alternatives: text,
    documents: documents.map((kind) => ({ kind, reference: "Shelf 4", version: "2.0", review_by: `${year}-12-31` })),
    notice: { text, published_on: new Date().toISOString().slice(0, 10) },
  };
  const { id } = await asked(commander, "/v1/operations", { name: "Bench", place: "Loopback", ends_at: new Date(start + 2 * HOUR_MS).toISOString(), target_fpir_one_in: 6_000, plan });
  await commander.close();
  await admin.close();
  return { page: keeper, id };
}

/** What the page's process takes, and for how long the page does not answer. */
async function meter(browser, page) {
  const [ofBrowser, ofPage] = [await browser.newBrowserCDPSession(), await page.context().newCDPSession(page)];
  await ofPage.send("Performance.enable");
  const peak = { heap: 0, resident: 0 };
  // Only Linux says it of another process; the largest renderer is the page's, with the workers that look at photographs.
  const resident = (pid) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1_024;
  const sample = async () => {
    const { metrics } = await ofPage.send("Performance.getMetrics");
    peak.heap = Math.max(peak.heap, metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0);
    const { processInfo } = await ofBrowser.send("SystemInfo.getProcessInfo");
    for (const { type, id } of processInfo) {
      if (type !== "renderer") continue;
      try {
        peak.resident = Math.max(peak.resident, resident(id));
      } catch {
        // It ended, or this system tells nothing.
      }
    }
  };
  const still = () =>
    page.evaluate(() => {
      const stalls = globalThis.stalls ?? [];
      globalThis.stalls = [];
      return { longest: Math.max(0, ...stalls), sum: stalls.reduce((sum, ms) => sum + ms, 0) };
    });
  return { peak, sample, still };
}

function watchStalls() {
  globalThis.stalls = [];
  new PerformanceObserver((list) => globalThis.stalls.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
}

/** Waits until the page says that this stage of the import is reached. */
async function until(page, stage, metered) {
  const began = performance.now();
  let told = began;
  while (seconds(began) * 1_000 < LONGEST_MS) {
    await metered.sample();
    const now = await page.evaluate(() => ({ stage: document.querySelector('[data-testid="roster-stage"]')?.getAttribute("data-stage"), working: document.querySelector('[data-testid="roster-progress"]')?.textContent }));
    if (now.stage === stage && now.working === undefined) return seconds(began);
    if (performance.now() - told > TOLD_EVERY_MS) {
      told = performance.now();
      console.log(`  ${now.working ?? now.stage}`);
    }
    await pause(SAMPLE_EVERY_MS);
  }
  throw new Error(`the import did not reach ${stage}`);
}

async function main() {
  const browserArguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  if (process.getuid?.() === 0) browserArguments.push("--no-sandbox");
  const executablePath = process.env.VEDETTE_BROWSER;
  const browser = await chromium.launch({ args: browserArguments, ...(executablePath ? { executablePath } : {}) });
  const making = performance.now();
  const list = await makeList(browser);
  console.log(`${ROWS} photographs (${LOOKS} to be looked at) of faces from ${list.found} of ${list.sources} pictures, ${mebibytes(statSync(list.zip).size)}, made in ${seconds(making).toFixed(0)} s`);
  const product = await startProduct();
  try {
    const { page, id } = await operation(browser, product);
    await page.addInitScript(watchStalls);
    if (LOOKS < ROWS) await page.addInitScript(standIn, LOOKS);
    if (cores !== undefined) await page.addInitScript((count) => Object.defineProperty(navigator, "hardwareConcurrency", { value: count }), Number(cores));
    const metered = await meter(browser, page);
    console.log(`\nChromium ${browser.version()}, ${cpus().length} cores, ${cpus()[0].model}, ${ROWS} rows${cores === undefined ? "" : `, said to have ${cores} cores`}\n`);
    console.log("step                              seconds   ms each   longest stall   all stalls   peak heap   peak resident");
    const note = async (what, took, each) => {
      const { longest, sum } = await metered.still();
      const { heap, resident } = metered.peak;
      const columns = [took.toFixed(1).padStart(9), (each === undefined ? "" : ((1_000 * took) / each).toFixed(1)).padStart(9), `${longest.toFixed(0)} ms`.padStart(15), `${(sum / 1_000).toFixed(1)} s`.padStart(12)];
      console.log(`${what.padEnd(32)} ${columns.join(" ")} ${mebibytes(heap).padStart(11)} ${(resident === 0 ? "not told" : mebibytes(resident)).padStart(15)}`);
    };
    page.on("pageerror", (error) => console.error(`page: ${error.message}`));
    await page.goto(`/control.html#/pilot/${id}/import`);
    await page.reload();
    let began = performance.now();
    await page.getByTestId("roster-csv").setInputFiles(list.csv);
    await page.getByTestId("roster-chosen-csv").waitFor();
    await page.getByTestId("roster-zip").setInputFiles(list.zip);
    await page.getByTestId("roster-chosen-zip").waitFor({ timeout: LONGEST_MS });
    await metered.sample();
    await note("open the list and the zip", seconds(began));
    began = performance.now();
    await page.getByTestId("roster-check").click();
    await until(page, "checked", metered);
    await note("check the rows", seconds(began));
    began = performance.now();
    await page.getByTestId("roster-look").click();
    await until(page, "checked", metered);
    await note(LOOKS < ROWS ? `look at ${LOOKS}, make up the others` : "look at the photographs", seconds(began), ROWS);
    console.log(await page.getByTestId("roster-counts").innerText().then((text) => text.replaceAll("\n", " ")));
    if ((await page.getByTestId("roster-leave-out").count()) > 0) await page.getByTestId("roster-leave-out").check();
    await page.waitForTimeout(DOUBLE_PRESS_MS);
    began = performance.now();
    await page.getByTestId("roster-enrol").click();
    await until(page, "done", metered);
    await note("put them on the watchlist", seconds(began), ROWS);
    console.log(await page.getByTestId("roster-done").innerText().then((text) => text.replaceAll("\n", " ")));
    const opened = async (what, address, shown) => {
      const from = performance.now();
      await page.goto(address);
      await page.reload();
      await page.locator(shown).first().waitFor({ timeout: LONGEST_MS });
      const took = seconds(from);
      await metered.sample();
      await note(what, took);
    };
    await opened("open the watchlist", `/control.html#/pilot/${id}`, '[data-testid="entry-row"]');
    await opened("open what waits for a decision", `/control.html#/pilot/${id}/clearances`, "#clearances-open");
    console.log(await page.locator("#clearances-open").innerText());
  } finally {
    product.child.removeAllListeners("exit");
    product.child.kill("SIGTERM");
    await browser.close();
  }
}

try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
