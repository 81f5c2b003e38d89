// People and their screens: a browser with a camera clip, and what a person does on each page.
import { chromium, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { axe, pictured, targets } from "./looks";
import { clip, FIXTURES, type Product } from "./product";

export const TABLET = { width: 1280, height: 800 };
export const PASSWORD = "correct horse battery";

export type Camera = { clip: string } | "denied" | "none";

/** A browser with that camera. `flags` are Chromium's own. */
export async function browser(camera: Camera, flags: readonly string[] = []): Promise<Browser> {
  const args = [...flags, "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--autoplay-policy=no-user-gesture-required"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  args.push(`--use-fake-device-for-media-stream${camera === "none" ? "=device-count=0" : ""}`);
  if (camera === "denied") args.push("--deny-permission-prompts");
  else args.push("--use-fake-ui-for-media-stream");
  if (typeof camera === "object") args.push(`--use-file-for-fake-video-capture=${clip(camera.clip)}`);
  const executablePath = process.env["VEDETTE_BROWSER"];
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
}

export async function screen(of: Browser, product: Product, viewport = TABLET, baseURL = product.url, options: BrowserContextOptions = {}): Promise<{ context: BrowserContext; page: Page }> {
  // As the devices that the product is for are set; `cargo xtask screens` may ask for another language.
  const locale = process.env["VEDETTE_SCREENS_LANGUAGE"] ?? "en-GB";
  const context = await of.newContext({ baseURL, viewport, locale, ...options });
  return { context, page: await context.newPage() };
}

/** First visit: the administrator, and this browser as the first device. */
export async function setUp(page: Page, product: Product, name = "Ada Administrator"): Promise<void> {
  await page.goto(`/control.html#setup=${product.setUpCode}`);
  await page.getByTestId("setup-name").fill(name);
  await page.getByTestId("setup-password").fill(PASSWORD);
  await page.getByTestId("setup-device").fill("Gate tablet");
  await page.getByTestId("setup-submit").click();
  await expect(page.getByTestId("new-pilot")).toBeVisible();
}

export async function startPilot(page: Page, name = "Pier 4 rehearsal", place = "Dover, pier 4"): Promise<string> {
  await page.getByTestId("pilot-name").fill(name);
  await page.getByTestId("pilot-place").fill(place);
  await page.getByTestId("pilot-submit").click();
  await expect(page.getByTestId("pilot-state")).toHaveAttribute("data-state", "draft");
  const id = /#\/pilot\/(.+)$/.exec(page.url())?.[1];
  if (id === undefined) throw new Error(`no pilot in ${page.url()}`);
  return id;
}

export async function offerPhoto(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByTestId("enrol-file").setInputFiles(typeof file === "string" ? join(FIXTURES, file) : file);
}

/** Waits for the answer about a photo that was offered. */
export async function photoAnswer(page: Page) {
  const result = page.getByTestId("enrol-result");
  await expect(result).not.toHaveAttribute("data-state", "working", { timeout: 90_000 });
  return result;
}

/** What an operation asks of an entry, where the form asks for it. */
export async function fillParticulars(page: Page, nominal: string, over: Record<string, string> = {}): Promise<void> {
  const said = {
    nominal_id: nominal,
    reason: "Known to pass here",
    lawful_basis: "Immigration Act 1971",
    legal_status: "Deportation order of 3 May 2026",
    source_system: "Case register",
    reviewer: "Inspector Low",
    image_source: "Custody",
    image_taken_on: `${new Date().getFullYear() - 1}-05-01`,
    ...over,
  };
  const category = page.getByTestId("enrol-category");
  await expect(category.locator("option")).not.toHaveCount(1);
  await category.selectOption({ index: 1 });
  // A whole day in one of its parts fills all three.
  for (const [column, text] of Object.entries(said)) await page.getByTestId(`enrol-${column}${column.endsWith("_on") ? "-day" : ""}`).fill(text);
  for (const column of ["possible_minor", "sensitive_source"]) await page.getByTestId(`enrol-${column}`).selectOption("no");
}

/** On an operation's page the form is opened first, and asks for more. */
export async function enrol(page: Page, file: string, name: string, over: Record<string, string> = {}): Promise<void> {
  await expect(page.getByTestId("enrol-name").or(page.getByTestId("watchlist-add")).first()).toBeVisible();
  if ((await page.getByTestId("watchlist-add").count()) > 0) {
    if ((await page.getByTestId("enrol-name").count()) === 0) await page.getByTestId("watchlist-add").click();
    await expect(page.getByTestId("enrol-name")).toBeVisible();
    await fillParticulars(page, `N-${name}`.slice(0, 80), over);
  }
  await page.getByTestId("enrol-name").fill(name);
  await offerPhoto(page, file);
  await expect(await photoAnswer(page)).toHaveAttribute("data-state", "accepted");
  await page.getByTestId("enrol-add").click();
  await expect(page.getByTestId("entry-row")).toContainText([name]);
}

/** The pilot goes live, and this screen is ready for its camera. */
export async function openPilot(page: Page): Promise<void> {
  await page.getByTestId("pilot-go-live").click();
  await page.waitForURL("**/officer.html");
  await state(page, "ready", 90_000);
}

/** The camera starts, and with it the clip. */
export async function startCamera(page: Page): Promise<void> {
  await page.getByTestId("go-live").click();
  await state(page, "live", 30_000);
}

export async function goLive(page: Page): Promise<void> {
  await openPilot(page);
  await startCamera(page);
}

export async function state(page: Page, kind: string, timeout = 30_000): Promise<void> {
  await expect(page.getByTestId("capture-state")).toHaveAttribute("data-state", kind, { timeout });
}

/** How often the server took a face for somebody on the list. Who comes back soon joins the card that is there. */
export async function sightings(page: Page, pilot: string): Promise<number> {
  const reply = await page.request.get(`/v1/deployments/${pilot}/alerts`);
  const alerts = (await reply.json()) as { repeats: number }[];
  return alerts.reduce((sum, { repeats }) => sum + 1 + repeats, 0);
}

/** A second officer: made and paired by the administrator's own requests, signed in on a screen of her own. */
export async function secondOfficer(of: Browser, admin: Page, product: Product): Promise<{ context: BrowserContext; page: Page }> {
  const headers = { origin: product.url };
  const made = await admin.request.post("/v1/users", { headers, data: { name: "Olu Officer", password: PASSWORD, roles: [{ role: "operator" }] } });
  expect(made.status(), await made.text()).toBeLessThan(300);
  const pairing = await admin.request.post("/v1/pairing-codes", { headers, data: { device_name: "Office screen" } });
  const { code } = (await pairing.json()) as { code: string };
  const { context, page } = await screen(of, product);
  await page.goto(`/pair.html#${code}`);
  // The link's code pairs by itself; what is left is to say who uses the screen.
  await expect(page.getByTestId("paired")).toBeVisible();
  await page.getByTestId("sign-in-name").fill("Olu Officer");
  await page.getByTestId("sign-in-password").fill(PASSWORD);
  await page.getByTestId("sign-in-submit").click();
  await page.waitForURL("**/officer.html");
  return { context, page };
}

/** All that a page's origin keeps in the browser, by where it lies: values of every store, with the bytes inside them. */
export async function browserStorage(page: Page): Promise<Map<string, Buffer>> {
  const kept = await page.evaluate(async () => {
    const found: [string, string][] = [];
    // Of the engine and the models the addresses do: in megabytes any few bytes stand somewhere, and only what the build has the
    // hash of is kept under these.
    const heavy = (url: string) => /\.wasm$|\.onnx\?v=/.test(url);
    const base64 = (blob: Blob) =>
      new Promise<string>((done) => {
        const reader = new FileReader();
        reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
        reader.readAsDataURL(blob);
      });
    const keep = async (where: string, value: unknown): Promise<void> => {
      if (value instanceof Blob) found.push([where, await base64(value)]);
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) found.push([where, await base64(new Blob([value as BlobPart]))]);
      else if (typeof value === "object" && value !== null) {
        for (const [name, inner] of Object.entries(value)) await keep(`${where}.${name}`, inner);
      } else found.push([where, await base64(new Blob([String(value)]))]);
    };
    await keep("localStorage", { ...localStorage });
    await keep("sessionStorage", { ...sessionStorage });
    await keep("history", history.state);
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        await keep(`cache ${name} address`, request.url);
        if (!heavy(request.url)) await keep(`cache ${name} ${request.url}`, await (await cache.match(request))?.blob());
      }
    }
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        await keep(`database ${name} ${store}`, await asked(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, handle] of (folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }).entries()) {
        if (handle.kind === "directory") await walk(handle as FileSystemDirectoryHandle, `${path}/${name}`);
        else await keep(`file ${path}/${name}`, await (handle as FileSystemFileHandle).getFile());
      }
    };
    await walk(await navigator.storage.getDirectory(), "");
    return found;
  });
  return new Map(kept.map(([where, base64]) => [where, Buffer.from(base64, "base64")]));
}

/** Free of axe's findings in every theme, and under a gloved finger; `cargo xtask screens` takes its pictures here. */
export async function accessible(page: Page, name: string): Promise<void> {
  if (await pictured(page, name)) return;
  await axe(page, name);
  await targets(page, name);
}

/** Every state that the capture page's banner has shown since, in order. */
export async function recordStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const states: string[] = [];
    const note = () => {
      const state = document.querySelector('[data-testid="capture-state"]')?.getAttribute("data-state");
      if (state != null && states.at(-1) !== state) states.push(state);
    };
    note();
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
    Object.assign(globalThis, { states });
  });
  return () => page.evaluate(() => (globalThis as unknown as { states: string[] }).states);
}

export const fixture = (file: string) => readFileSync(join(FIXTURES, file));
