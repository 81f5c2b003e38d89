// The main journey in Firefox and in WebKitGTK: sign in, go live, an alert, a decision. Neither takes a film for a camera, so
// getUserMedia gives a canvas that shows a photograph; all behind it is the product's own.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { firefox, webkit } from "./drivers.mjs";

const ROOT = resolve(import.meta.dirname, "../../..");
const RESULTS = join(import.meta.dirname, "../results");
const PASSWORD = "correct horse battery";
const WITHIN_MS = 120_000;

async function product() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  const data = mkdtempSync(join(tmpdir(), "vedette-others-"));
  const given = ["serve", "--no-tls", "--http", `127.0.0.1:${port}`, "--data", data, "--models", join(ROOT, "models")];
  const child = spawn(process.env.VEDETTE_BIN ?? join(ROOT, "target/release/vedette"), given, { stdio: ["ignore", "pipe", "inherit"] });
  const code = await new Promise((done, fail) => {
    let output = "";
    child.stdout.on("data", (bytes) => {
      output += bytes;
      const found = /#setup=(\S+)/.exec(output);
      if (found) done(found[1]);
    });
    child.once("exit", () => fail(new Error("the server did not start")));
  });
  const remove = async () => {
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await gone;
    rmSync(data, { recursive: true, force: true });
  };
  return { url: `http://localhost:${port}`, code, remove };
}

// In the page

const find = (id) => document.querySelector(`[data-testid="${id}"]`) !== null;
const state = () => document.querySelector('[data-testid="capture-state"]')?.getAttribute("data-state") ?? "";
const press = (id) => {
  const button = document.querySelector(`[data-testid="${id}"]`);
  if (button === null || button.getAttribute("aria-disabled") === "true") return false;
  button.click();
  return true;
};
const type = (id, text) => {
  const field = document.querySelector(`[data-testid="${id}"]`);
  if (field === null) return false;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};
const offer = (id, base64) => {
  const field = document.querySelector(`[data-testid="${id}"]`);
  if (field === null) return false;
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], "photo.jpg", { type: "image/jpeg" }));
  field.files = files.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};
/** A face that moves a little, as in front of a camera. */
const camera = async (base64) => {
  const photo = new Image();
  photo.src = `data:image/jpeg;base64,${base64}`;
  await photo.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
  const context = canvas.getContext("2d");
  // The head and shoulders, so that the face is as large as one a few metres away.
  const [width, left, top] = [0.7 * photo.naturalWidth, 0.19 * photo.naturalWidth, 0.04 * photo.naturalHeight];
  let turn = 0;
  const draw = () => {
    turn += 1;
    context.drawImage(photo, left + 4 * Math.sin(turn / 5), top, width, (width * canvas.height) / canvas.width, 0, 0, canvas.width, canvas.height);
  };
  draw();
  setInterval(draw, 66);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(15);
  return true;
};
const lacks = () => ({
  processor: typeof MediaStreamTrackProcessor !== "undefined",
  frame: typeof VideoFrame !== "undefined",
  callback: "requestVideoFrameCallback" in HTMLVideoElement.prototype,
  isolated: self.crossOriginIsolated,
  shared: typeof SharedArrayBuffer !== "undefined",
  vibrate: "vibrate" in navigator,
  battery: "getBattery" in navigator,
  pressure: typeof PressureObserver !== "undefined",
  wakeLock: "wakeLock" in navigator,
  controlled: navigator.serviceWorker?.controller != null,
});

async function until(what, browser, work, ...given) {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const found = await browser.run(work, ...given).catch(() => undefined);
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come; the screen is in state "${await browser.run(state).catch(() => "?")}"`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

const photo = (name) => readFileSync(join(ROOT, "tests/fixtures", name)).toString("base64");

async function journey(browser, { url, code }) {
  const act = async (what, ...given) => until(`${given.join(" ").slice(0, 60)}`, browser, what, ...given);
  await browser.go(`${url}/control.html#setup=${code}`);
  await act(type, "setup-name", "Ada Administrator");
  await act(type, "setup-password", PASSWORD);
  await act(type, "setup-device", "Gate tablet");
  await act(press, "setup-submit");
  await act(type, "pilot-name", "Pier 4 rehearsal");
  await act(type, "pilot-place", "Dover, pier 4");
  await act(press, "pilot-submit");
  await act(type, "enrol-name", "Volunteer One");
  await act(offer, "enrol-file", photo("obama.jpg"));
  await until("the photo's answer", browser, () => document.querySelector('[data-testid="enrol-result"]')?.getAttribute("data-state") === "accepted");
  await act(press, "enrol-add");
  await act(find, "entry-row");
  await act(press, "pilot-go-live");
  await until("ready", browser, () => document.querySelector('[data-testid="capture-state"]')?.getAttribute("data-state") === "ready");
  await browser.run(camera, photo("obama3.jpg"));
  await act(press, "go-live");
  await until("live", browser, () => document.querySelector('[data-testid="capture-state"]')?.getAttribute("data-state") === "live");
  await act(press, "alert-open");
  await browser.picture(join(RESULTS, `other-${browser.name.split(" ")[0].toLowerCase()}.png`));
  await act(press, "verdict-true");
  await until("the decision", browser, () => document.querySelector('[data-testid="alert-outcome"]')?.getAttribute("data-verdict") === "true");
  return browser.run(lacks);
}

const counts = { passed: 0, failed: 0, missing: [] };
mkdirSync(RESULTS, { recursive: true });
for (const [name, open] of Object.entries({ Firefox: firefox, WebKitGTK: webkit })) {
  const started = Date.now();
  let browser;
  const server = await product();
  try {
    browser = await open();
    if (browser === undefined) {
      counts.missing.push(name);
      continue;
    }
    const has = await journey(browser, server);
    counts.passed += 1;
    console.log(`passed: ${browser.name}, from sign-in to decision in ${Math.round((Date.now() - started) / 1000)} s; ${JSON.stringify(has)}`);
  } catch (error) {
    counts.failed += 1;
    console.error(`failed: ${browser?.name ?? name}: ${error instanceof Error ? error.message : error}`);
    await browser?.picture(join(RESULTS, `other-${name.toLowerCase()}-failed.png`)).catch(() => undefined);
  } finally {
    await browser?.close();
    await server.remove();
  }
}
console.log(`browsers: ${JSON.stringify(counts)}`);
process.exitCode = counts.failed > 0 ? 1 : 0;
