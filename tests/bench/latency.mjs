// From the first frame in which a face could be assessed, on one tablet, to the alert on another officer's screen: the
// real product, both pages, on loopback. The clip passes again and again; each pass is one sample.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const SAMPLES = 30;
const PASSWORD = "correct horse battery";

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export async function alertLatency(browser) {
  const data = mkdtempSync(join(tmpdir(), "vedette-latency-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.env.VEDETTE_BIN, ["serve", "--no-tls", "--http", `127.0.0.1:${port}`, "--data", data], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const code = await new Promise((done) => {
      let output = "";
      child.stdout.on("data", (bytes) => {
        output += bytes;
        const found = /#setup=(\S+)/.exec(output);
        if (found) done(found[1]);
      });
    });
    const context = await browser.newContext({ baseURL: url });
    const page = await context.newPage();
    // Notes when the first frame in which each track could be assessed reached the worker: before it was looked at.
    await page.addInitScript(() => {
      globalThis.firstSeen = new Map();
      const Real = Worker;
      globalThis.Worker = class extends Real {
        constructor(...given) {
          super(...given);
          this.addEventListener("message", ({ data }) => {
            for (const face of data.kind === "faces" ? data.faces : []) {
              if (face.state !== "not_assessable" && !firstSeen.has(face.track)) firstSeen.set(face.track, data.takenAt);
            }
          });
        }
      };
    });
    await page.goto(`/control.html#setup=${code}`);
    await page.getByTestId("setup-name").fill("Bench");
    await page.getByTestId("setup-password").fill(PASSWORD);
    await page.getByTestId("setup-submit").click();
    await page.getByTestId("pilot-name").fill("Bench");
    await page.getByTestId("pilot-place").fill("Loopback");
    await page.getByTestId("pilot-submit").click();
    await page.getByTestId("enrol-name").fill("Volunteer");
    await page.getByTestId("enrol-file").setInputFiles(join(ROOT, "tests/fixtures/obama.jpg"));
    await page.getByTestId("enrol-add").click({ timeout: 120_000 });
    await page.getByTestId("entry-row").waitFor();
    const pilot = /#\/pilot\/(.+)$/.exec(page.url())[1];
    await page.getByTestId("pilot-go-live").click();
    await page.waitForURL("**/officer.html");
    const second = await context.newPage();
    await second.addInitScript(() => {
      globalThis.shown = new Map();
      addEventListener("DOMContentLoaded", () => {
        new MutationObserver(() => {
          for (const card of document.querySelectorAll("[data-alert]")) if (!shown.has(card.dataset.alert)) shown.set(card.dataset.alert, performance.timeOrigin + performance.now());
        }).observe(document.body, { childList: true, subtree: true });
      });
    });
    await second.goto("/officer.html");
    await second.getByTestId("alerts-only").click({ timeout: 120_000 });
    await page.bringToFront();
    await page.getByTestId("go-live").click({ timeout: 120_000 });
    const deadline = Date.now() + 400_000;
    while (Date.now() < deadline && (await second.evaluate(() => shown.size)) < SAMPLES) await second.waitForTimeout(1_000);
    const shown = new Map(await second.evaluate(() => [...shown]));
    const firstSeen = new Map(await page.evaluate(() => [...firstSeen]));
    const alerts = await (await page.request.get(`/v1/deployments/${pilot}/alerts`)).json();
    const taken = alerts.filter((a) => shown.has(a.id) && firstSeen.has(a.track)).map((a) => shown.get(a.id) - firstSeen.get(a.track));
    await context.close();
    if (taken.length === 0) throw new Error("no alert reached the second screen");
    return taken;
  } finally {
    child.kill("SIGTERM");
    rmSync(data, { recursive: true, force: true });
  }
}
