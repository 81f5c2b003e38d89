import { expect, test, type Page } from "@playwright/test";
import { enrolled, People, seen, sighted } from "./support/live";
import { Product } from "./support/product";
import { accessible, browser, enrol, openPilot, screen, setUp, startCamera, startPilot, state } from "./support/screens";

const NAME = "Alexandrina Featherstonehaugh-Cholmondeley of the Northern Harbour Rehearsal Ltd";
const [A, B] = [`${NAME} (1 of 2)`, `${NAME} (2 of 2)`];

test("one person who is on the list twice, under one name: one card with both references and numbers, and one answer decides about both; r21, r72: who is taken off the list is let go, and what came of a match is still written down", async () => {
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
    const other = await enrolled(page, "biden.jpg", "Volunteer Three");
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

    // Whoever is on the way to somebody who is taken off the list is told so on the spot.
    const people = new People(tablet, product, page);
    const here = `/v1/deployments/${pilot}`;
    const listed = (await (await page.request.get(`${here}/entries`)).json()) as { id: string; name: string; namesake: { number: number } | null }[];
    const off = async (is: (entry: (typeof listed)[number]) => boolean) => people.ask(page, "delete", `${here}/entries/${listed.find(is)?.id}`);
    await sighted(people, page, pilot, other);
    await card.getByTestId("alert-open").click();
    const open = page.locator('[data-testid="alert-card"][data-state="open"]');
    await expect(open.getByTestId("alert-entry")).toHaveText("Volunteer Three");
    await off(({ name }) => name === "Volunteer Three");
    const withdrawn = page.locator('[data-testid="alert-card"][data-state="withdrawn"]');
    await expect(withdrawn).toContainText("Speak to nobody. Let them go.");
    await expect(withdrawn).toBeFocused();
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "0");
    for (const left of [open, withdrawn.locator("img"), page.getByText("Volunteer Three"), page.getByTestId("verdict-true")]) await expect(left).toHaveCount(0);
    await seen(page, "alert-withdrawn");
    // A reload takes neither that from the top of the screen, nor brings back what was put away.
    await page.reload();
    await expect(withdrawn.getByTestId("alert-withdrawn")).toHaveAttribute("role", "alert");
    await withdrawn.getByTestId("withdrawn-put-away").click();
    await expect(withdrawn.getByRole("button")).toHaveCount(0);
    await page.reload();
    await expect(withdrawn).toHaveCount(1);
    await expect(withdrawn.getByRole("button")).toHaveCount(0);

    // What was decided before stays, and what came of it can be written down.
    const decided = page.locator('[data-testid="alert-card"][data-state="adjudicated"]');
    await off(({ namesake }) => namesake?.number === 1);
    await expect(decided.getByTestId("alert-withdrawn")).toContainText("Taken off the list at");
    await expect(decided.getByTestId("alert-reference-gone")).toHaveText("The picture was deleted");
    await expect(decided.getByTestId("alert-outcome")).toContainText("True match, decided by Ada Administrator");
    await expect(decided.locator("img")).toHaveCount(0);
    await expect(decided.getByTestId("engagement-open")).toBeVisible();
    await expect(decided.getByTestId("check-open")).toHaveCount(0);
    await seen(page, "match-off-the-list");
    await expect(page.getByTestId("nobody-sought")).toHaveCount(0);
    await off(({ namesake }) => namesake?.number === 2);
    await expect(page.getByTestId("nobody-sought")).toBeVisible();

    // Before the end it is said what isn't written down, and after it whose task that is, also once the next one is live.
    await page.goto(`/control.html#/pilot/${pilot}`);
    await expect(page.getByTestId("nobody-sought")).toContainText("nobody can be found");
    // What was done once and isn't so any more is to be done again.
    await expect(page.getByTestId("guide")).toHaveAttribute("data-step", "enrol");
    await page.getByTestId("pilot-end").click();
    await expect(page.getByTestId("dialog-warning")).toContainText("1 match is not written down yet");
    await seen(page, "end-dialog-owed");
    await page.getByTestId("dialog-confirm").click();
    await expect(page.getByTestId("pilot-ended")).toBeVisible();
    await page.goto("/control.html#/pilots");
    await expect(page.locator('[data-testid="todo"][data-step="write_up"]')).toHaveAttribute("data-yours", "true");
    const next = await startPilot(page, "The next one");
    await enrol(page, "obama.jpg", "Volunteer Four");
    await people.ask(page, "post", `/v1/deployments/${next}/start`, {});
    await page.goto("/officer.html#alerts");
    await state(page, "alerts_only");
    const owed = page.getByTestId("unfinished-match");
    await expect(owed).toHaveCount(1);
    await expect(page.getByTestId("unfinished")).toContainText("Not written down yet (1)");
    await seen(page, "unfinished-beside-live");
    await expect(page.getByTestId("form-of")).toHaveCount(0);
    await owed.getByTestId("engagement-open").click();
    // Whoever writes sees what it is about, and that it isn't what is live.
    const about = page.getByTestId("form-of");
    await expect(about).toContainText(/You are writing about.*which ended at \d\d:\d\d/);
    await expect(about).not.toContainText("The next one");
    await expect(page.getByTestId("deployment-kind")).toContainText(/Live now.*The next one/);
    await page.setViewportSize({ width: 390, height: 844 });
    await owed.getByTestId("engagement-save").scrollIntoViewIfNeeded();
    await expect(about).toBeInViewport({ ratio: 0.99 });
    await seen(page, "unfinished-form-beside-live");
    await owed.getByTestId("engagement-outcome-lost").check();
    await owed.getByTestId("engagement-save").click();
    await expect(owed).toHaveCount(0);
    await expect(about).toHaveCount(0);
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
