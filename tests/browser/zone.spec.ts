import { expect, test, type Page } from "@playwright/test";
import { Product } from "./support/product";
import { accessible, browser, enrol, goLive, screen, setUp, sightings, startPilot, state } from "./support/screens";

/** Longer than the clip, so that the enrolled person has passed the camera. */
const ONE_PASS_MS = 9_000;

const sent = async (page: Page) => Number(await page.getByTestId("engine-counts").getAttribute("data-sent"));

/** Where a corner of the zone is to go, as shares of the picture. */
async function drag(page: Page, corner: number, x: number, y: number): Promise<void> {
  const overlay = page.getByTestId("camera-overlay");
  await overlay.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const picture = await overlay.boundingBox();
  const handle = page.getByTestId(`zone-corner-${corner}`);
  const from = await handle.boundingBox();
  if (picture === null || from === null) throw new Error("the camera's picture is not on the screen");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width * x, picture.y + picture.height * y, { steps: 5 });
  await page.mouse.up();
}

test("a face outside the zone is not compared, and inside it is; the zone outlives a reload", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "returning" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    const pilot = await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    await goLive(page);
    await expect(page.getByTestId("zone-now")).toContainText("the whole picture");
    await expect.poll(() => sightings(page, pilot), { timeout: 60_000 }).toBeGreaterThan(0);

    // The person walks through the middle; the zone becomes the lowest part of the picture.
    await page.getByTestId("zone-edit").click();
    await expect(page.getByTestId("zone-form")).toBeVisible();
    await accessible(page, "changing the zone");
    await drag(page, 0, 0.02, 0.85);
    await drag(page, 1, 0.98, 0.85);
    await expect(page.getByTestId("zone-corner-1")).toHaveAccessibleName(/98 % from the left, 8[45] % from the top/);
    await page.screenshot({ path: "results/zone-editing.png" });
    await page.getByTestId("zone-save").click();
    await expect(page.getByTestId("zone-outline")).toBeVisible();
    await expect(page.getByTestId("zone-now")).toContainText("inside the line");
    // What was on its way when the zone changed may still arrive.
    await page.waitForTimeout(1_000);
    const [sentBefore, seenBefore] = [await sent(page), await sightings(page, pilot)];
    await page.waitForTimeout(2 * ONE_PASS_MS);
    expect([await sent(page), await sightings(page, pilot)]).toEqual([sentBefore, seenBefore]);
    await page.screenshot({ path: "results/zone.png" });

    await page.reload();
    await state(page, "live", 90_000);
    await expect(page.getByTestId("zone-outline")).toBeVisible();
    await page.waitForTimeout(ONE_PASS_MS);
    expect(await sightings(page, pilot)).toBe(seenBefore);

    await page.getByTestId("zone-edit").click();
    await page.getByTestId("zone-whole").click();
    await page.getByTestId("zone-save").click();
    await expect(page.getByTestId("zone-outline")).toBeHidden();
    await expect.poll(() => sightings(page, pilot), { timeout: 60_000 }).toBeGreaterThan(seenBefore);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("the zone is changed by keyboard; what can't be a zone is explained and nothing is lost; leaving changes nothing", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "empty" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    await goLive(page);
    await page.getByTestId("zone-edit").click();
    const corner = page.getByTestId("zone-corner-2");
    await corner.focus();
    for (let press = 0; press < 20; press += 1) await page.keyboard.press("ArrowLeft");
    for (let press = 0; press < 10; press += 1) await page.keyboard.press("ArrowUp");
    await expect(corner).toHaveAccessibleName("Corner 3 of 4: 80 % from the left, 90 % from the top");
    await page.getByTestId("zone-smallest").fill("0.1");
    await expect(page.getByTestId("zone-form")).toContainText("Smallest face: 10 %");

    // The first corner drawn across the opposite side.
    await drag(page, 0, 0.95, 0.5);
    await page.getByTestId("zone-save").click();
    await expect(page.getByRole("alert")).toContainText("crosses or touches itself");
    await accessible(page, "a zone that crosses itself");
    await expect(corner).toHaveAccessibleName("Corner 3 of 4: 80 % from the left, 90 % from the top");
    await page.getByTestId("zone-corner-0").focus();
    await page.getByTestId("zone-remove").click();
    await expect(page.getByTestId("zone-corner-3")).toBeHidden();
    await expect(page.getByTestId("zone-remove")).toHaveAttribute("aria-disabled", "true");
    await page.getByTestId("zone-add").click();
    await expect(page.getByTestId("zone-corner-3")).toBeAttached();
    await expect(async () => {
      await page.getByTestId("zone-save").click();
      await expect(page.getByTestId("zone-now")).toContainText("inside the line, faces 10 % to 100 %");
    }).toPass();

    await page.getByTestId("zone-edit").click();
    await page.getByTestId("zone-whole").click();
    await page.getByTestId("zone-cancel").click();
    await expect(page.getByTestId("zone-now")).toContainText("inside the line, faces 10 % to 100 %");

    for (const [name, width, height] of [["landscape", 1280, 800], ["portrait", 800, 1280], ["phone", 390, 844]] as const) {
      await page.setViewportSize({ width, height });
      await page.getByTestId("zone-edit").click();
      await expect(page.getByTestId("zone-form")).toBeVisible();
      await page.screenshot({ path: `results/zone-${name}.png`, fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      expect(wide, name).toBe(false);
      await page.getByTestId("zone-cancel").click();
      await page.waitForTimeout(700);
    }
  } finally {
    await tablet.close();
    await product.remove();
  }
});
