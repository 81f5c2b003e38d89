import { expect, test, type Page, type Request } from "@playwright/test";
import { cosine, decoded, faces, loadEngine, traces, type Box } from "./support/engine";
import { LONG_NAME, LONG_PLACE, oneScreen } from "./support/officer";
import { Product } from "./support/product";
import { accessible, browser, browserStorage, enrol, goLive, openPilot, screen, secondOfficer, setUp, startCamera, startPilot, state, TABLET } from "./support/screens";

type Sent = { path: string; type: string; body: Buffer | null };

/** What leaves the browser while a camera watches: every request that changes something or carries a body. */
function record(page: Page): Sent[] {
  const sent: Sent[] = [];
  page.context().on("request", (request: Request) => {
    const body = request.postDataBuffer();
    if (request.method() === "GET" && body === null) return;
    sent.push({ path: new URL(request.url()).pathname, type: request.headers()["content-type"] ?? "", body });
  });
  return sent;
}

/** Only JSON that was seen whole, small and without a picture's first bytes: nothing else may leave, but a crop. */
function carriesNoPicture({ path, type, body }: Sent): void {
  if (path.endsWith("/start")) return;
  expect(type, path).toBe("application/json");
  expect(body, `${path} has a body that can be read`).not.toBeNull();
  expect(body?.includes(JPEG), `${path} carries a picture`).toBe(false);
  expect(body?.length, path).toBeLessThan(2_000);
}

/** What the officer's screen shows of the camera, while its page draws late. */
async function picturesShown(page: Page): Promise<Buffer[]> {
  const canvas = page.getByTestId("camera-overlay");
  await expect(canvas).toBeVisible();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const pictures: Buffer[] = [];
  for (let n = 0; n < PICTURES; n += 1) {
    await page.waitForTimeout(PICTURE_EVERY_MS);
    pictures.push(Buffer.from(await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL("image/png").split(",")[1] ?? ""), "base64"));
  }
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await cdp.detach();
  return pictures;
}

/** So many, that somebody who passes is in several of them. */
const PICTURES = 16;
const PICTURE_EVERY_MS = 350;

/** A cosine that one impostor pair in a thousand reaches (models/manifest.toml tells of the measurement). */
const SAME_PERSON = 0.363;
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const templates = (sent: Sent[]) =>
  sent.filter((r) => r.path.endsWith("/candidates")).map((r) => (JSON.parse(String(r.body)) as { template: string }).template);

test("one enrolled person and two others: one alert, on both screens, and nothing left of the others or, at the end, of anyone", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "one-match" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    const pilot = await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    const other = await secondOfficer(tablet, page, product);
    const sent = record(page);
    await openPilot(page);
    await other.page.reload();
    await state(other.page, "ready", 90_000);
    await other.page.getByTestId("alerts-only").click();
    await state(other.page, "alerts_only");
    await startCamera(page);
    const allHavePassed = page.waitForTimeout(22_000);

    const here = page.getByTestId("alert-card");
    const there = other.page.getByTestId("alert-card");
    await expect(here).toHaveCount(1, { timeout: 60_000 });
    await expect(there).toHaveCount(1, { timeout: 10_000 });
    for (const card of [here, there]) await card.getByTestId("alert-open").click();
    await expect(here.getByTestId("alert-entry")).toHaveText("Volunteer One");
    await expect(there.getByTestId("alert-entry")).toHaveText("Volunteer One");
    for (const card of [here, there]) {
      for (const picture of ["alert-probe", "alert-reference"]) {
        await expect(card.getByTestId(picture)).toBeVisible();
        await expect.poll(() => card.getByTestId(picture).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
      }
    }
    await accessible(other.page, "alert");
    // The two others pass, alone and together; then the clip shows nobody for a while.
    await allHavePassed;
    await expect(here).toHaveCount(1);
    await expect(there).toHaveCount(1);
    const crops = sent.filter((r) => r.path.endsWith("/crop"));
    expect(crops.map(({ path, type }) => `${path} ${type}`)).toEqual([`/v1/alerts/${await here.getAttribute("data-alert")}/crop image/jpeg`]);
    sent.filter((r) => !crops.includes(r)).forEach(carriesNoPicture);
    const probes = templates(sent);
    expect(probes.length).toBeGreaterThanOrEqual(4);

    // As officers see them, on either screen.
    const seen: { name: string; reference: Buffer; probe: Buffer }[] = [];
    await other.page.setViewportSize({ width: 800, height: 1280 });
    for (const [name, screen] of [["alert-landscape", page], ["alert-portrait", other.page]] as const) {
      await screen.screenshot({ path: `results/${name}.png` });
      const [reference, probe] = [await screen.getByTestId("alert-reference").screenshot(), await screen.getByTestId("alert-probe").screenshot()];
      seen.push({ name, reference, probe });
    }

    // Held upright an open card has the screen, and no picture is drawn behind it.
    const drawn = page.getByTestId("camera-overlay");
    await expect.poll(() => drawn.evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBeGreaterThan(1);
    await page.setViewportSize({ width: TABLET.height, height: TABLET.width });
    await expect(drawn).toHaveJSProperty("width", 1);
    await page.setViewportSize(TABLET);
    await expect.poll(() => drawn.evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBeGreaterThan(1);

    await there.getByTestId("verdict-true").click();
    await expect(here.getByTestId("alert-outcome")).toHaveAttribute("data-verdict", "true");
    await expect(here.getByTestId("alert-outcome")).toContainText("Olu Officer");
    await page.getByTestId("stop-camera").click();
    const known = await page.getByTestId("alert-card").count();
    await other.page.reload();
    await expect(there.first().getByTestId("alert-outcome")).toBeVisible();
    await expect(there).toHaveCount(known);

    // Of a template that was sent for matching, no trace anywhere, before or after the end.
    const nowhere = async (needles: (string | Buffer)[]) => {
      const places = [product.traces(), await browserStorage(page), await browserStorage(other.page)].flatMap((kept) => [...kept]);
      for (const needle of needles) {
        for (const [name, bytes] of places) expect(bytes.includes(needle), `${name} holds ${needle.toString("base64").slice(0, 16)}`).toBe(false);
      }
    };
    // Nor of the seed of the transform that they went through.
    const seed = await (await page.request.get(`/v1/deployments/${pilot}/transform/references`)).body();
    expect(seed.length).toBe(32);
    const seeds = [seed, seed.toString("hex"), seed.toString("base64")];
    await nowhere([...probes.flatMap(traces), ...seeds]);
    const pictures = [];
    for (const picture of ["alert-reference", "alert-probe"]) {
      const src = (await page.getByTestId(picture).first().getAttribute("src")) ?? "";
      pictures.push(await (await page.request.get(src)).body());
    }
    // The pictures that an officer judges by show a whole face each, in the middle, and both are the enrolled person's.
    const lens = await page.context().newPage();
    await loadEngine(lens);
    for (const { name, ...shown } of seen) {
      const [reference, probe] = [await faces(lens, shown.reference), await faces(lens, shown.probe)];
      for (const [which, { boxes, width, height }] of Object.entries({ reference, probe })) {
        expect(boxes.length, `${name}: faces in the ${which} picture`).toBe(1);
        const [{ x, y, width: wide, height: high }] = boxes as [Box];
        expect(Math.abs((x + wide / 2) / width - 0.5), `${name}: ${which} ${x} + ${wide} of ${width} across`).toBeLessThan(0.15);
        expect(Math.abs((y + high / 2) / height - 0.5), `${name}: ${which} ${y} + ${high} of ${height} down`).toBeLessThan(0.15);
      }
      expect(cosine(reference.template, probe.template), name).toBeGreaterThan(SAME_PERSON);
      // What was sent is of the deployment's own space: to the same face as the embedder makes it, a stranger's.
      for (const sentProbe of probes) expect(Math.abs(cosine(reference.template, decoded(sentProbe))), name).toBeLessThan(0.45);
    }
    await lens.close();
    const marks = pictures.map((bytes) => bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 24));
    const before = product.traces();
    for (const mark of marks) for (const [name, bytes] of before) expect(bytes.includes(mark), `${name} holds a picture in the clear`).toBe(false);
    const key = `keys/${pilot}.key`;
    expect([...before.keys()], "what is stored is sealed under a key").toContain(key);

    await page.goto(`/control.html#/pilot/${pilot}`);
    // The way to the first alert has been gone: one line says so.
    await expect(page.getByTestId("guide").getByText("every step is done")).toBeVisible();
    await expect(page.getByTestId("guide").getByText("Start a pilot")).toBeHidden();
    await accessible(page, "pilot that is live");
    await page.getByTestId("pilot-end").click();
    await accessible(page, "end of a pilot, asked");
    await page.getByTestId("dialog-confirm").click();
    await expect(page.getByTestId("pilot-deleted")).toBeVisible();
    await accessible(page, "pilot that has ended");
    await page.screenshot({ path: "results/ended.png", fullPage: true });
    const gone = [...marks, JPEG, "Volunteer One", ...probes.flatMap(traces), ...seeds];
    await nowhere(gone);
    expect([...product.traces().keys()], "the key is destroyed").not.toContain(key);
    await product.halt();
    await nowhere(gone);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("people whom nobody looks for: empty answers, no picture leaves the browser, and no face is on the screen, though they walk and the machine lags", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "no-match" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    await startPilot(page, LONG_NAME, LONG_PLACE);
    await enrol(page, "obama.jpg", "Volunteer One");
    const sent = record(page);
    const replies: unknown[] = [];
    page.context().on("response", (response) => {
      // One that comes as the browser closes can't be read any more.
      if (response.url().endsWith("/candidates")) response.json().then((reply) => replies.push(reply), () => undefined);
    });
    await goLive(page);
    await expect.poll(() => replies.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
    const shown = await picturesShown(page);
    for (const reply of replies) expect(reply).toEqual({ crops_wanted: [] });
    sent.forEach(carriesNoPicture);
    expect(new Set(sent.map((r) => r.path.split("/").at(-1)))).toEqual(new Set(["start", "candidates", "heartbeat", "tallies"]));
    await expect(page.getByTestId("alert-card")).toHaveCount(0);

    // What passes is measured, and the screen says on what it runs.
    await expect.poll(() => page.getByTestId("meter").getAttribute("data-advice"), { timeout: 20_000 }).toBe("good");
    await expect(page.getByTestId("meter")).toContainText(/\d+ pixels wide/);
    await expect(page.getByTestId("gauge-pace")).toBeVisible();
    await page.getByTestId("settings").click();
    await expect(page.getByTestId("settings-panel")).toContainText("WebAssembly");
    await accessible(page, "live, with settings");
    await page.getByTestId("settings").click();
    await oneScreen(page, "live", (page) => page.getByRole("button"));

    const source = await page.getByTestId("camera-video").boundingBox();
    expect(Math.max(source?.width ?? 0, source?.height ?? 0), "the camera's own picture").toBeLessThanOrEqual(1);
    const lens = await page.context().newPage();
    await loadEngine(lens);
    const found = [];
    for (const picture of shown) found.push((await faces(lens, picture)).boxes.length);
    expect(new Set(shown.map((picture) => picture.toString("base64"))).size, "pictures that differ").toBeGreaterThan(2);
    expect(found, "faces that the detector finds on the screen").toEqual(shown.map(() => 0));
  } finally {
    await tablet.close();
    await product.remove();
  }
});
