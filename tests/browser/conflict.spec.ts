import { expect, test, type Page } from "@playwright/test";
import { Product } from "./support/product";
import { accessible, browser, enrol, openPilot, screen, setUp, startCamera, startPilot, state } from "./support/screens";

const NAME = "Alexandrina Featherstonehaugh-Cholmondeley of the Northern Harbour Rehearsal Ltd";
const [A, B] = [`${NAME} (1 of 2)`, `${NAME} (2 of 2)`];

test("one person who is on the list twice, under one name: one card with both references and numbers, and one answer decides about both", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "returning" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    const pilot = await startPilot(page);
    await enrol(page, "obama.jpg", NAME);
    await enrol(page, "obama3.jpg", NAME);
    await expect(page.getByTestId("entry-row")).toHaveCount(2);
    await accessible(page, "namesakes");
    await openPilot(page);
    await startCamera(page);
    const card = page.getByTestId("alert-card");
    await expect(card.first()).toHaveAttribute("data-state", "waiting", { timeout: 60_000 });
    await card.first().getByTestId("alert-open").click();
    const references = card.first().getByTestId("alert-reference");
    await expect(references).toHaveCount(2, { timeout: 20_000 });
    // The clip begins again, and the same face comes back as another track.
    await page.getByTestId("stop-camera").click();
    await state(page, "alerts_only");
    await expect(card).toHaveCount(1);
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "1");
    await expect(card.getByTestId("alert-probe")).toHaveCount(1);
    await expect(card.getByTestId("alert-entry")).toHaveText([NAME, NAME]);
    expect(new Set(await card.getByTestId("alert-namesake").allTextContents())).toEqual(new Set(["Number 1 of 2", "Number 2 of 2"]));
    for (const picture of await card.locator("img").all()) {
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
    }
    await expect(card.getByTestId("verdict-true").first()).not.toHaveAttribute("aria-disabled", "true");
    await accessible(page, "conflict");
    for (const [width, height] of [[1280, 800], [800, 1280], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `results/conflict-${width}x${height}.png`, fullPage: width === 390 });
      await fits(page);
    }

    await card.getByRole("button", { name: `It is ${A}` }).click();
    await expect(card.getByTestId("alert-outcome")).toHaveAttribute("data-verdict", "true");
    await expect(card.getByTestId("alert-outcome")).toContainText(`It is ${A}`);
    await page.screenshot({ path: "results/conflict-decided.png", fullPage: true });
    const alerts = (await (await page.request.get(`/v1/deployments/${pilot}/alerts`)).json()) as { entry: { namesake: { number: number } }; state: { verdict: string } }[];
    expect(new Map(alerts.map((alert) => [alert.entry.namesake.number, alert.state.verdict]))).toEqual(new Map([[1, "true"], [2, "false"]]));
    await page.reload();
    await expect(card).toHaveCount(1);
    await expect(card).toHaveAttribute("data-state", "adjudicated");
    await expect(card.getByTestId("alert-outcome")).toContainText(`It is ${A}`);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

/** Pictures of one size, names in full, answers that a gloved finger hits, and nothing wider than the screen. */
async function fits(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBeLessThanOrEqual(0);
  const sizes = await page.getByTestId("alert-card").locator("img").evaluateAll((images) => images.map((image) => Math.round(image.getBoundingClientRect().width)));
  expect(Math.max(...sizes) - Math.min(...sizes), `${sizes}`).toBeLessThanOrEqual(1);
  const cut = await page.getByTestId("alert-entry").evaluateAll((names) => names.filter((name) => name.scrollHeight > name.clientHeight + 1 || name.scrollWidth > name.clientWidth + 1).length);
  expect(cut, "names cut short").toBe(0);
  for (const button of await page.getByTestId("alert-card").getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
}
