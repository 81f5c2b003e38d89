// What holds of the officer's screen in every shape.
import { expect, type Locator, type Page } from "@playwright/test";

export const LONG_NAME = "Alexandrina Featherstonehaugh-Cholmondeley of the Northern Harbour Rehearsal Ltd";
export const LONG_PLACE = "Bartholomew's Landing, below the old customs house at the far end of the mole, E";

/** What is wholly in view may stand a fraction of a pixel off. */
export const WHOLLY = { ratio: 0.99 };

const SIZES = [[1280, 800], [800, 1280], [390, 844], [600, 960], [1366, 1024]] as const;

/** Everything that must be there is, in every shape: nothing scrolls but lists, and what is pressed is large enough. */
export async function oneScreen(page: Page, name: string, pressed: (page: Page) => Locator): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    const shape = `${name}, ${width}x${height}`;
    const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
    expect.soft(over, `${shape} scrolls`).toEqual([0, 0]);
    await expect.soft(page.getByTestId("capture-state"), shape).toBeInViewport(WHOLLY);
    await expect.soft(page.getByTestId("deployment-where"), shape).toContainText(LONG_NAME.slice(0, 20));
    for (const target of await pressed(page).all()) {
      const box = await target.boundingBox();
      expect.soft(Math.min(box?.width ?? 0, box?.height ?? 0), `${shape}: ${await target.textContent()}`).toBeGreaterThanOrEqual(44);
      await expect.soft(target, shape).toBeInViewport(WHOLLY);
    }
    await page.screenshot({ path: `results/officer-${name}-${width}x${height}.png` });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
