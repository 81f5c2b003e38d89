// People and their screens: a browser with a camera clip, and what a person does on each page.
import { chromium, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clip, FIXTURES, type Product } from "./product";

export const TABLET = { width: 1280, height: 800 };
export const PASSWORD = "correct horse battery";

export type Camera = { clip: string } | "denied" | "none";

export async function browser(camera: Camera): Promise<Browser> {
  const args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--autoplay-policy=no-user-gesture-required"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  if (camera !== "none") args.push("--use-fake-device-for-media-stream");
  if (camera === "denied") args.push("--deny-permission-prompts");
  else args.push("--use-fake-ui-for-media-stream");
  if (typeof camera === "object") args.push(`--use-file-for-fake-video-capture=${clip(camera.clip)}`);
  const executablePath = process.env["VEDETTE_BROWSER"];
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
}

export async function screen(of: Browser, product: Product, viewport = TABLET): Promise<{ context: BrowserContext; page: Page }> {
  const context = await of.newContext({ baseURL: product.url, viewport });
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

export async function enrol(page: Page, file: string, name: string): Promise<void> {
  await page.getByTestId("enrol-name").fill(name);
  await offerPhoto(page, file);
  await expect(await photoAnswer(page)).toHaveAttribute("data-state", "accepted");
  await page.getByTestId("enrol-add").click();
  await expect(page.getByTestId("entry-row")).toContainText([name]);
}

export async function goLive(page: Page): Promise<void> {
  await page.getByTestId("pilot-go-live").click();
  await page.waitForURL("**/officer.html");
  await state(page, "ready", 90_000);
  await page.getByTestId("go-live").click();
  await state(page, "live", 30_000);
}

export async function state(page: Page, kind: string, timeout = 30_000): Promise<void> {
  await expect(page.getByTestId("capture-state")).toHaveAttribute("data-state", kind, { timeout });
}

/** A second officer: made and paired by the administrator's own requests, signed in on a screen of her own. */
export async function secondOfficer(of: Browser, admin: Page, product: Product): Promise<{ context: BrowserContext; page: Page }> {
  const headers = { origin: product.url };
  const made = await admin.request.post("/v1/users", { headers, data: { name: "Olu Officer", password: PASSWORD, role: "officer" } });
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

/** All that a page's origin keeps in the browser, as text. */
export async function browserStorage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) kept.push(request.url);
    }
    for (const { name } of await indexedDB.databases()) kept.push(`database ${name}`);
    return kept.join("\n");
  });
}

export const fixture = (file: string) => readFileSync(join(FIXTURES, file));
