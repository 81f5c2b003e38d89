// The same few acts in browsers that Playwright can't drive as their makers ship them: Firefox by WebDriver BiDi, WebKitGTK by
// its WebDriver.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

/** Debian's, other systems', and a Mac's. */
export const FIREFOX = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/snap/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];
const WEBKIT_DRIVER = ["/usr/bin/WebKitWebDriver"];
const MINI_BROWSER = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap((machine) => ["4.1", "4.0"].map((api) => `/usr/lib/${machine}/webkit2gtk-${api}/MiniBrowser`));
/** WebKitGTK has no mode without a screen. */
const SCREEN = ["/usr/bin/Xvfb"];
export const VIEW = { width: 1280, height: 800 };

const first = (paths) => paths.find((path) => existsSync(path));

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** What a journey does: `run` calls a function in the page with plain values. Nothing where the browser isn't installed. */
export async function firefox() {
  const executablePath = process.env.VEDETTE_FIREFOX ?? first(FIREFOX);
  if (executablePath === undefined) return undefined;
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    defaultViewport: VIEW,
    extraPrefsFirefox: { "media.navigator.permission.disabled": true, "media.navigator.streams.fake": true, "media.autoplay.default": 0 },
  });
  const page = await browser.newPage();
  return {
    name: `Firefox ${(await browser.version()).replace(/^firefox\//i, "")}`,
    go: (url) => page.goto(url),
    run: (work, ...given) => page.evaluate(work, ...given),
    picture: (path) => page.screenshot({ path }),
    close: () => browser.close(),
  };
}

export async function webkit() {
  const [driver, binary, screen] = [first(WEBKIT_DRIVER), first(MINI_BROWSER), first(SCREEN)];
  if (driver === undefined || binary === undefined || screen === undefined) return undefined;
  const home = mkdtempSync(join(tmpdir(), "vedette-webkit-"));
  const children = [];
  const close = () => {
    for (const child of children.reverse()) child.kill("SIGTERM");
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const start = (program, given, options) => {
    const child = spawn(program, given, options);
    children.push(child);
    return child;
  };
  try {
    // It chooses a free number itself, and says which.
    const shown = start(screen, ["-displayfd", "1", "-screen", "0", `${VIEW.width + 100}x${VIEW.height + 200}x24`, "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
    const display = await new Promise((done, fail) => {
      shown.stdout.once("data", (bytes) => done(String(bytes).trim()));
      shown.once("exit", () => fail(new Error("Xvfb did not start")));
    });
    const port = await freePort();
    const env = { ...process.env, DISPLAY: `:${display}`, HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" };
    start(driver, [`--port=${port}`], { stdio: "ignore", env });
    const ask = async (method, path, body) => {
      const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }) });
      const { value } = await reply.json();
      if (!reply.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
      return value;
    };
    for (let tries = 0; tries < 50 && !(await ask("GET", "/status").then(() => true, () => false)); tries += 1) await new Promise((done) => setTimeout(done, 100));
    const browserOptions = { binary, args: ["--automation", "--enable-media-stream=true", `--geometry=${VIEW.width}x${VIEW.height + 100}`] };
    const { sessionId, capabilities } = await ask("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": browserOptions } } });
    const at = `/session/${sessionId}`;
    await ask("POST", `${at}/timeouts`, { script: 30_000, pageLoad: 60_000 });
    return {
      name: `WebKitGTK ${capabilities.browserVersion}`,
      go: (url) => ask("POST", `${at}/url`, { url }),
      run: async (work, ...given) => {
        const script = `const done = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1); Promise.resolve((${work})(...given)).then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));`;
        const { value, error } = await ask("POST", `${at}/execute/async`, { script, args: given });
        if (error !== undefined) throw new Error(error);
        return value;
      },
      picture: async (path) => {
        writeFileSync(path, Buffer.from(await ask("GET", `${at}/screenshot`), "base64"));
      },
      close: async () => {
        await ask("DELETE", at).catch(() => undefined);
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
