import { expect, test } from "@playwright/test";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MODELS, Product } from "./support/product";
import { browser, enrol, goLive, screen, setUp, startPilot, state } from "./support/screens";

test("a server that stops and starts again during a live deployment: not matching, then live, and no alert lost", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "one-match" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    await goLive(page);
    await expect(page.getByTestId("alert-card").first()).toBeVisible({ timeout: 60_000 });
    const before = await page.getByTestId("alert-card").first().getAttribute("data-alert");
    await product.halt();
    await state(page, "no_server");
    await page.screenshot({ path: "results/no-server.png" });
    await product.run();
    await state(page, "live", 60_000);
    await expect(page.locator(`[data-alert="${before}"]`)).toBeVisible();
    const count = await page.getByTestId("alert-card").count();
    await expect.poll(() => page.getByTestId("alert-card").count(), { timeout: 60_000 }).toBeGreaterThan(count);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("a camera that is refused, and one that goes away, each say so and what to do", async () => {
  const product = await Product.start();
  const refusing = await browser("denied");
  try {
    const { page } = await screen(refusing, product);
    await setUp(page, product);
    const pilot = await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    await page.getByTestId("pilot-go-live").click();
    await page.waitForURL("**/officer.html");
    await state(page, "ready", 90_000);
    await page.getByTestId("go-live").click();
    await state(page, "denied");
    await page.screenshot({ path: "results/denied.png" });
    const cookies = await page.context().storageState();

    const tablet = await browser({ clip: "empty" });
    const context = await tablet.newContext({ baseURL: product.url, storageState: cookies, viewport: { width: 800, height: 1280 } });
    const watching = await context.newPage();
    await watching.goto("/officer.html");
    await state(watching, "ready", 90_000);
    await watching.getByTestId("go-live").click();
    await state(watching, "live");
    await watching.screenshot({ path: "results/live-portrait.png" });
    // What the browser does when a camera is unplugged: its track ends.
    await watching.getByTestId("camera-video").evaluate((video: HTMLVideoElement) => {
      for (const track of (video.srcObject as MediaStream).getTracks()) {
        track.stop();
        track.dispatchEvent(new Event("ended"));
      }
    });
    await expect.poll(() => watching.getByTestId("capture-state").getAttribute("data-state")).toMatch(/camera_lost|live/);
    await state(watching, "live", 60_000);

    await page.request.post(`/v1/deployments/${pilot}/end`, { headers: { origin: product.url }, data: {} });
    await state(watching, "no_deployment");
    await tablet.close();
  } finally {
    await refusing.close();
    await product.remove();
  }
});

test("a model that was changed on its way is refused in the browser", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    const bytes = readFileSync(join(MODELS, "face_detection_yunet_2023mar_int8bq.onnx"));
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    await page.context().route("**/models/face_detection*", (route) => route.fulfill({ body: bytes, contentType: "application/octet-stream" }));
    await setUp(page, product);
    await startPilot(page);
    await expect(page.getByTestId("engine-failed")).toHaveAttribute("data-reason", "corrupt", { timeout: 60_000 });
    await page.screenshot({ path: "results/model-corrupt.png", fullPage: true });
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("a server whose model was changed does not start, and names the file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vedette-models-"));
  try {
    cpSync(MODELS, folder, { recursive: true });
    const file = join(folder, "face_recognition_sface_2021dec_int8bq.onnx");
    writeFileSync(file, readFileSync(file).subarray(0, 100_000));
    await expect(Product.start(folder)).rejects.toThrow(/face_recognition_sface_2021dec_int8bq\.onnx/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
