import { expect, test } from "@playwright/test";
import { Product } from "./support/product";
import { accessible, browser, fixture, offerPhoto, screen, setUp, startPilot } from "./support/screens";

/** Of a tablet on its side, one upright, and a telephone. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
];

test("a photo whose watchlist's seed does not come is told of, and serves once it does", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    const asked: string[] = [];
    await page.context().route("**/transform/references", (route) => {
      asked.push(new URL(route.request().url()).pathname);
      return route.abort();
    });
    const pilot = await startPilot(page);
    const portrait = { name: "obama.jpg", mimeType: "image/jpeg", buffer: fixture("obama.jpg") };
    await page.getByTestId("enrol-name").fill("Volunteer One");
    await offerPhoto(page, portrait);
    const result = page.getByTestId("enrol-result");
    await expect(result).toHaveAttribute("data-reason", "no_seed", { timeout: 90_000 });
    expect(new Set(asked)).toEqual(new Set([`/v1/deployments/${pilot}/transform/references`]));
    await accessible(page, "photo without its seed");
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await result.scrollIntoViewIfNeeded();
      await page.screenshot({ path: `results/no-seed-${size.width}.png` });
    }

    await page.context().unroute("**/transform/references");
    await offerPhoto(page, portrait);
    await expect(result).toHaveAttribute("data-state", "accepted", { timeout: 90_000 });
    const sending = page.waitForRequest((request) => request.url().endsWith(`/v1/deployments/${pilot}/entries`) && request.method() === "POST");
    await page.getByTestId("enrol-add").click();
    const { portrait: sent } = (await sending).postDataJSON() as { portrait: { transform: string } };
    expect(sent.transform).toMatch(/^[0-9a-f]{16}$/);
    await expect(page.getByTestId("entry-row")).toContainText(["Volunteer One"]);
  } finally {
    await tablet.close();
    await product.remove();
  }
});
