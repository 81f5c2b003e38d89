import { expect, test, type Page } from "@playwright/test";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Line } from "./support/line";
import { SHAPES } from "./support/looks";
import { WHOLLY } from "./support/officer";
import { MODELS, Product } from "./support/product";
import { accessible, browser, enrol, goLive, recordStates, screen, setUp, sightings, startPilot, state, TABLET } from "./support/screens";

test("a server that stops and starts again during a live deployment: not matching, then live, and no alert lost", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "returning" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    const pilot = await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    await goLive(page);
    await expect(page.getByTestId("alert-card").first()).toBeVisible({ timeout: 60_000 });
    const before = await page.getByTestId("alert-card").first().getAttribute("data-alert");
    // Faces that are being compared stay large enough for it, whatever else is said.
    const open = page.locator('[data-state="open"]');
    const faces = async () => Math.min(...(await open.locator(".v-alert__frame").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))));
    await page.getByTestId("alert-open").first().click();
    await product.halt();
    await state(page, "no_server");
    await page.screenshot({ path: "results/no-server.png" });
    expect(await faces()).toBeGreaterThanOrEqual(220);
    await product.run();
    await state(page, "live", 60_000);
    await expect(page.getByTestId("missed")).toBeVisible();
    expect(await faces()).toBeGreaterThanOrEqual(220);
    await expect(page.locator(`[data-alert="${before}"]`)).toBeVisible();
    const count = await sightings(page, pilot);
    await expect.poll(() => sightings(page, pilot), { timeout: 60_000 }).toBeGreaterThan(count);
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
    await accessible(page, "denied");
    await page.screenshot({ path: "results/denied.png" });
    // Where another camera is chosen stands whole on a phone too.
    await page.setViewportSize(SHAPES.phone);
    await expect(page.getByTestId("settings")).toBeInViewport(WHOLLY);
    await page.setViewportSize(TABLET);
    const cookies = await page.context().storageState();

    const without = await browser("none");
    const blind = await without.newContext({ baseURL: product.url, storageState: cookies });
    const dark = await blind.newPage();
    await dark.goto("/officer.html#live");
    await state(dark, "no_camera", 90_000);
    await accessible(dark, "no camera");
    await without.close();

    const tablet = await browser({ clip: "empty" });
    const context = await tablet.newContext({ baseURL: product.url, storageState: cookies, viewport: { width: 800, height: 1280 } });
    const watching = await context.newPage();
    await watching.goto("/officer.html");
    await state(watching, "ready", 90_000);
    await watching.getByTestId("go-live").click();
    await state(watching, "live");
    await watching.screenshot({ path: "results/live-portrait.png" });
    // One page of a browser has its camera: the next one says so, and takes it over when it is asked to.
    const second = await context.newPage();
    await second.goto("/officer.html#live");
    await state(second, "elsewhere", 90_000);
    await accessible(second, "camera in another tab");
    await state(watching, "live");
    await second.getByTestId("take-over").click();
    await state(second, "live", 60_000);
    await state(watching, "elsewhere");
    await expect(watching.getByTestId("missing")).toHaveCount(0);
    // A sign-out elsewhere would stop it, and asks.
    const office = await context.newPage();
    const asks = async (from: Page) => {
      await from.getByTestId("sign-out").click();
      await expect(from.getByTestId("sign-out-dialog")).toBeVisible();
      await from.getByTestId("dialog-cancel").click();
    };
    await asks(watching);
    for (const path of ["/kiosk.html", "/control.html"]) {
      await office.goto(path);
      await asks(office);
    }
    // Nobody has the camera any more, so that the one that wants it goes on by itself.
    await second.close();
    await state(watching, "live", 60_000);
    const states = await recordStates(watching);
    // What the browser does when a camera is unplugged: its track ends.
    await watching.getByTestId("camera-video").evaluate((video: HTMLVideoElement) => {
      for (const track of (video.srcObject as MediaStream).getTracks()) {
        track.stop();
        track.dispatchEvent(new Event("ended"));
      }
    });
    // What is not looked at is not shown.
    await expect(watching.getByTestId("no-picture")).toBeVisible();
    await expect(watching.getByTestId("camera-overlay")).toBeHidden();
    await expect.poll(async () => (await states()).at(-1), { timeout: 60_000 }).toBe("live");
    await expect(watching.getByTestId("camera-overlay")).toBeVisible();
    expect((await states()).slice(0, 2)).toEqual(["live", "camera_lost"]);

    await page.request.post(`/v1/deployments/${pilot}/end`, { headers: { origin: product.url }, data: {} });
    await state(watching, "no_deployment");
    await office.getByTestId("sign-out").click();
    await office.getByTestId("dialog-confirm").or(office.getByTestId("sign-in")).first().click();
    await state(watching, "signed_out");
    await expect(watching.getByTestId("capture-state")).toContainText("NOT MATCHING. Signed out in another tab");
    await tablet.close();
  } finally {
    await refusing.close();
    await product.remove();
  }
});

test("a model that was changed or cut short on its way is refused in the browser", async () => {
  const product = await Product.start();
  const line = await Line.to(product);
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product, TABLET, line.url);
    await setUp(page, product);
    const [detector, embedder] = ["face_detection_yunet_2023mar_int8bq.onnx", "face_recognition_sface_2021dec_int8bq.onnx"].map((name) => readFileSync(join(MODELS, name)));
    if (detector === undefined || embedder === undefined) throw new Error("there are two models");
    const flipped = (model: Buffer) => {
      const changed = Buffer.from(model);
      changed[5_000] = (changed[5_000] ?? 0) ^ 1;
      return changed;
    };
    const cases = { changed: ["detection", flipped(detector)], truncated: ["detection", detector.subarray(0, 60_000)], embedder: ["recognition", flipped(embedder)] } as const;
    for (const [name, [which, body]] of Object.entries(cases)) {
      // The other model arrives once this one has been refused, which changes nothing any more.
      let goOn: () => void = () => undefined;
      const refused = new Promise<void>((done) => (goOn = done));
      line.change((path, genuine) => {
        if (path.startsWith(`/models/face_${which}`)) return body;
        return path.startsWith("/models/face_recognition") ? refused.then(() => genuine) : genuine;
      });
      await page.goto("/control.html#/");
      await page.reload();
      await startPilot(page, `Pilot, ${name}`);
      await expect(page.getByTestId("engine-failed")).toHaveAttribute("data-reason", "corrupt", { timeout: 60_000 });
      goOn();
      await accessible(page, name);
      await page.waitForTimeout(500);
      await expect(page.getByTestId("engine-failed")).toHaveAttribute("data-reason", "corrupt");
      await page.screenshot({ path: `results/model-${name}.png`, fullPage: true });
    }
    line.change(undefined);
    // R107: without a service worker nothing stands between, and the page itself compares the script of the engine's worker.
    const { context, page: first } = await screen(tablet, product, TABLET, line.url, { serviceWorkers: "block", storageState: await page.context().storageState() });
    await context.route("**/assets/worker-*.js", async (route) => route.fulfill({ body: `${await (await route.fetch()).text()}//`, contentType: "text/javascript" }));
    await first.goto("/control.html");
    await startPilot(first, "Pilot, worker");
    await expect(first.getByTestId("engine-failed")).toHaveAttribute("data-reason", "corrupt", { timeout: 60_000 });
    expect(first.workers(), "a worker that was changed is never started").toEqual([]);
  } finally {
    await tablet.close();
    await line.remove();
    await product.remove();
  }
});

test("a server whose model was changed does not start, and names the file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vedette-models-"));
  try {
    cpSync(MODELS, folder, { recursive: true });
    const file = join(folder, "face_recognition_sface_2021dec_int8bq.onnx");
    writeFileSync(file, readFileSync(file).subarray(0, 100_000));
    await expect(Product.start(["--no-tls", "--models", folder])).rejects.toThrow(/face_recognition_sface_2021dec_int8bq\.onnx/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
