import { expect, test, type Page, type Request } from "@playwright/test";
import { Product } from "./support/product";
import { browser, browserStorage, enrol, goLive, screen, secondOfficer, setUp, startPilot, state } from "./support/screens";

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
    await goLive(page);
    await other.page.reload();
    await state(other.page, "ready", 90_000);
    await other.page.getByTestId("alerts-only").click();

    const here = page.getByTestId("alert-card");
    const there = other.page.getByTestId("alert-card");
    await expect(here).toHaveCount(1, { timeout: 60_000 });
    await expect(there).toHaveCount(1, { timeout: 10_000 });
    await expect(here.getByTestId("alert-entry")).toHaveText("Volunteer One");
    await expect(there.getByTestId("alert-entry")).toHaveText("Volunteer One");
    for (const card of [here, there]) {
      for (const picture of ["alert-probe", "alert-reference"]) {
        await expect(card.getByTestId(picture)).toBeVisible();
        await expect.poll(() => card.getByTestId(picture).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
      }
    }
    // The two others pass, alone and together, before the clip begins again.
    await page.waitForTimeout(17_000);
    await expect(here).toHaveCount(1);
    await expect(there).toHaveCount(1);
    await page.screenshot({ path: "results/alert-landscape.png" });
    await other.page.setViewportSize({ width: 800, height: 1280 });
    await other.page.screenshot({ path: "results/alert-portrait.png" });

    const crops = sent.filter((r) => r.path.endsWith("/crop"));
    expect(crops.map((r) => r.type)).toEqual(["image/jpeg"]);
    sent.filter((r) => !crops.includes(r)).forEach(carriesNoPicture);
    const probes = templates(sent);
    expect(probes.length).toBeGreaterThanOrEqual(4);

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
      const kept = (await browserStorage(page)) + (await browserStorage(other.page));
      for (const needle of needles) {
        for (const [name, bytes] of product.traces()) expect(bytes.includes(needle), `${name} holds ${needle.toString("base64").slice(0, 16)}`).toBe(false);
        if (typeof needle === "string") expect(kept).not.toContain(needle);
      }
    };
    await nowhere(probes.flatMap((t) => [t, Buffer.from(t, "base64")]));
    const pictures = [];
    for (const picture of ["alert-reference", "alert-probe"]) {
      const src = (await page.getByTestId(picture).first().getAttribute("src")) ?? "";
      pictures.push(await (await page.request.get(src)).body());
    }
    const marks = pictures.map((bytes) => bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 24));
    const before = [...product.traces().values()];
    for (const mark of marks) expect(before.some((b) => b.includes(mark)), "pictures are stored while the pilot runs").toBe(true);

    await page.goto(`/control.html#/pilot/${pilot}`);
    await page.getByTestId("pilot-end").click();
    await page.getByTestId("dialog-confirm").click();
    await expect(page.getByTestId("pilot-deleted")).toBeVisible();
    await page.screenshot({ path: "results/ended.png", fullPage: true });
    await nowhere([...marks, "Volunteer One"]);
    await product.halt();
    await nowhere([...marks, "Volunteer One", ...probes]);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("people whom nobody looks for: empty answers, and no picture leaves the browser", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "no-match" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    const sent = record(page);
    const replies: unknown[] = [];
    page.context().on("response", async (response) => {
      if (response.url().endsWith("/candidates")) replies.push(await response.json());
    });
    await goLive(page);
    await expect.poll(() => replies.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
    await page.waitForTimeout(6_000);
    for (const reply of replies) expect(reply).toEqual({ crops_wanted: [] });
    sent.forEach(carriesNoPicture);
    expect(new Set(sent.map((r) => r.path.split("/").at(-1)))).toEqual(new Set(["start", "candidates", "tallies"]));
    await expect(page.getByTestId("alert-card")).toHaveCount(0);
  } finally {
    await tablet.close();
    await product.remove();
  }
});
