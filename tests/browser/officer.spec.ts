// The officer's screen as a whole: how much fits on it, and how many touches the work takes.
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { enrolled, People, sighted } from "./support/live";
import { LONG_NAME, LONG_PLACE, oneScreen, WHOLLY } from "./support/officer";
import { Product } from "./support/product";
import { accessible, browser, screen, setUp, startPilot, state, TABLET } from "./support/screens";

/** Pixels of what is answered with a gloved thumb. */
const THUMB = 64;

const card = (page: Page) => page.getByTestId("alert-card");

/** Text on an alert is read in bright sun: 7:1 and more. */
async function inBrightSun(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(".v-alerts").withRules(["color-contrast-enhanced"]).analyze();
  expect.soft(violations.flatMap(({ nodes }) => nodes.map((node) => node.target.join(" "))), name).toEqual([]);
}

/** Goes there as the keyboard does. */
async function reach(page: Page, testId: string): Promise<void> {
  for (let press = 0; press < 40; press += 1) {
    if ((await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))) === testId) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${testId} is not reached by keyboard`);
}

/** On a phone with letters of twice their size the state leaves the alert most of the screen, and what it says is said whole. */
async function withLargeLetters(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  const bar = page.getByTestId("capture-state");
  expect.soft((await bar.boundingBox())?.height).toBeLessThan(844 / 3);
  const kind = page.getByTestId("deployment-kind").locator("strong");
  expect.soft(await kind.evaluate((words) => words.scrollWidth - words.clientWidth), "what kind it is").toBeLessThanOrEqual(0);
  const asked = card(page).first().locator(".v-factors");
  await asked.scrollIntoViewIfNeeded();
  const [factors, answers] = [await asked.boundingBox(), await card(page).first().locator(".v-alert__answers").boundingBox()];
  expect.soft((factors?.y ?? 0) + (factors?.height ?? 0), "nothing lies over what might mislead").toBeLessThanOrEqual((answers?.y ?? 0) + 1);
  // What was folded away is a touch away.
  await expect.soft(page.getByTestId("sound")).toBeHidden();
  await page.getByTestId("banner-more").click();
  await expect.soft(page.getByTestId("sound")).toBeVisible();
  await page.getByTestId("banner-more").click();
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  await page.setViewportSize(TABLET);
}

/** Presses as a person does, and counts it. */
class Thumb {
  taps = 0;

  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.click();
  }
}

test("r12, r67, r72, r132: name and place are always in sight; an alert to a decision in two touches and to an engagement in nine more; a queue; by keyboard alone, at twice the size, in forced colours", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    const people = new People(tablet, product, page);
    const id = await startPilot(page, LONG_NAME, LONG_PLACE);
    const one = await enrolled(page, "obama.jpg", LONG_NAME);
    const others = [await enrolled(page, "biden.jpg", "Volunteer Two"), await enrolled(page, "astronaut.png", "Volunteer Three")];
    await people.ask(page, "post", `/v1/deployments/${id}/start`, {});
    await page.goto("/officer.html#alerts");
    await state(page, "alerts_only");
    await expect(page.getByTestId("deployment-where")).toContainText(`${LONG_NAME}, ${LONG_PLACE}`);
    await expect(page.getByTestId("gauge-connection")).toContainText("Connected");

    // From the alert to what came of it.
    const thumb = new Thumb();
    await sighted(people, page, id, one);
    await expect(card(page)).toHaveCount(1);
    const raised = Date.now();
    const seconds = () => ((Date.now() - raised) / 1_000).toFixed(1);
    await thumb.tap(card(page).getByTestId("alert-open"));
    // Another one comes meanwhile. What comes next of the first stays where its answers stood, and beside it how many wait.
    await sighted(people, page, id, others[0]!);
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "2");
    await page.setViewportSize({ width: 390, height: 844 });
    await thumb.tap(card(page).first().getByTestId("verdict-true"));
    await expect(card(page).first()).toHaveAttribute("data-step", "engage");
    await expect(card(page).first()).toBeFocused();
    for (const [width, height] of [[390, 844], [844, 390]] as const) {
      await page.setViewportSize({ width, height });
      for (const next of ["engagement-open", "alerts-waiting"]) await expect.soft(page.getByTestId(next), `${width}x${height}`).toBeInViewport(WHOLLY);
    }
    await page.setViewportSize(TABLET);
    const decided = { taps: thumb.taps, seconds: seconds() };
    await thumb.tap(page.getByTestId("engagement-open"));
    const form = page.getByTestId("engagement-form");
    await thumb.tap(form.getByTestId("engagement-outcome-engaged_true"));
    await expect(form.locator('[name^="engagement-"]:checked')).toHaveCount(1);
    await thumb.tap(form.getByTestId("engagement-minutes-5"));
    for (const [question, answer] of [["explanation", "yes"], ["leaflet", "yes"], ["force", "no"], ["complaint", "no"]]) {
      await thumb.tap(form.getByTestId(`engagement-${question}-${answer}`));
    }
    await thumb.tap(form.getByTestId("engagement-disposal-no_further_action"));
    await thumb.tap(form.getByTestId("engagement-save"));
    await expect(page.getByTestId("alert-engagement")).toHaveAttribute("data-outcome", "engaged_true");
    console.log(`from alert to recorded decision: ${decided.taps} touches, ${decided.seconds} s; to recorded engagement: ${thumb.taps} touches, ${seconds()} s`);
    expect([decided.taps, thumb.taps]).toEqual([2, 11]);
    await page.getByTestId("engagement-open").click();
    await inBrightSun(page, "engagement");
    await page.getByTestId("engagement-cancel").click();

    await sighted(people, page, id, others[1]!);
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "2");
    await expect(page.getByTestId("alert-waits").first()).toBeVisible();
    await accessible(page, "several alerts");
    await inBrightSun(page, "several alerts");
    await oneScreen(page, "queue", (page) => card(page).first().getByRole("button"));
    // Nothing below takes room from what waits, with letters of twice their size least of all.
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await expect(card(page).first().getByTestId("alert-open")).toBeInViewport(WHOLLY);
    await expect(page.getByRole("contentinfo")).toBeHidden();
    await page.evaluate(() => (document.documentElement.style.fontSize = ""));
    await card(page).first().getByTestId("alert-open").click();
    const answers = card(page).first().locator('[data-testid^="verdict-"]');
    await expect(answers.first()).not.toHaveAttribute("aria-disabled", "true");
    await inBrightSun(page, "open alert");
    await oneScreen(page, "open", () => answers);
    for (const answer of await answers.all()) expect((await answer.boundingBox())?.height).toBeGreaterThanOrEqual(THUMB);
    await withLargeLetters(page);

    // A second touch at the same place is a slip: nothing else is opened or decided by it.
    await card(page).first().getByTestId("verdict-false").dblclick();
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "1");
    await expect(page.getByTestId("alert-mistaken")).toBeVisible();
    await expect(card(page).first().getByTestId("alert-open")).not.toHaveAttribute("aria-disabled", "true");
    await expect(page.locator('[data-state="open"]')).toHaveCount(0);
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "1");

    // The next one has come to hand, closed. 640 by 400 is 1280 by 800 at 200 %.
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await page.setViewportSize({ width: 640, height: 400 });
    await expect(card(page).first().getByTestId("alert-open")).toBeFocused();
    await page.keyboard.press("Enter");
    const open = page.locator('[data-state="open"]');
    await expect(open).toBeFocused();
    await expect(open.getByTestId("verdict-false")).not.toHaveAttribute("aria-disabled", "true");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "scrolls sideways at 200 %").toBeLessThanOrEqual(0);
    await page.screenshot({ path: "results/officer-forced-colours-200.png" });
    await reach(page, "factors-subject");
    await reach(page, "verdict-true");
    await expect(open.getByTestId("verdict-true")).toBeInViewport(WHOLLY);
    await reach(page, "verdict-inconclusive");
    await page.keyboard.press("Enter");
    await expect(page.locator('[data-testid="alert-outcome"][data-verdict="inconclusive"]')).toBeVisible();
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "0");
  } finally {
    await tablet.close();
    await product.remove();
  }
});
