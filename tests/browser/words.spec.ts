// What a page says and how it looks, as each person needs it: language, colours, keyboard.
import { expect, test, type Page } from "@playwright/test";
import { targets } from "./support/looks";
import { Product } from "./support/product";
import { accessible, browser, PASSWORD, screen, setUp, startPilot } from "./support/screens";

/** Within this a second press of the same button is taken for a slip. */
const DOUBLE_PRESS_MS = 650;

/** The languages whose words were fetched since the last call. */
function fetched(page: Page): () => string[] {
  let since: string[] = [];
  page.on("request", (request) => {
    const language = /\/assets\/(en|cy)-[^/]+\.js$/.exec(request.url())?.[1];
    if (language !== undefined) since.push(language);
  });
  return () => {
    const all = since;
    since = [];
    return all;
  };
}

test("r133 a page speaks the language that was chosen, loads no other, and shows what it showed", async () => {
  const product = await Product.start();
  const office = await browser("none");
  try {
    const { page } = await screen(office, product);
    const languages = fetched(page);
    const html = page.locator("html");
    await page.goto(`/control.html#setup=${product.setUpCode}`);
    await expect(html).toHaveAttribute("lang", "en-GB");
    await page.getByTestId("setup-name").fill("Ada Administrator");
    expect(languages()).toEqual(["en"]);

    // What was typed is not lost unasked.
    await page.getByTestId("language-cy").click();
    await page.getByTestId("dialog-cancel").click();
    await expect(page.getByTestId("setup-name")).toHaveValue("Ada Administrator");
    await page.waitForTimeout(DOUBLE_PRESS_MS);
    await page.getByTestId("language-cy").click();
    await page.getByTestId("dialog-confirm").click();
    await expect(html).toHaveAttribute("lang", "cy-GB");
    await expect(page).toHaveTitle("Ystafell reoli – Vedette");
    await expect(page.getByTestId("setup-code")).toHaveValue(product.setUpCode);
    expect(languages()).toEqual(["cy"]);
    await accessible(page, "setup-welsh");

    // What the server would refuse is said at its field, in the page's own language.
    await page.getByTestId("setup-name").fill("Ada \u202eAdministrator");
    await page.getByTestId("setup-password").fill(PASSWORD);
    await page.getByTestId("setup-submit").click();
    await expect(page.locator("#setup-name-error")).toContainText("nod na ellir ei weld");
    await page.getByTestId("error-summary").getByRole("link").click();
    await expect(page.getByTestId("setup-name")).toBeFocused();
    await page.waitForTimeout(DOUBLE_PRESS_MS);
    await page.getByTestId("setup-name").fill("Ada Administrator");
    await page.getByTestId("setup-submit").click();
    await expect(page.getByTestId("new-pilot")).toBeVisible();
    // A sentence of the server's has its own in Welsh.
    await page.getByTestId("sign-out").click();
    await page.getByTestId("sign-in-name").fill("Ada Administrator");
    await page.getByTestId("sign-in-password").fill("not the password");
    await page.getByTestId("sign-in-submit").click();
    await expect(page.getByTestId("error-summary")).toContainText("Nid yw'r enw neu'r cyfrinair yn gywir.");
    await expect(page).toHaveTitle("Gwall: Ystafell reoli – Vedette");

    // The choice holds on the next page, and what a screen does stays through a change.
    await page.goto("/officer.html#alerts");
    await expect(html).toHaveAttribute("lang", "cy-GB");
    await page.getByTestId("language-en").click();
    await expect(html).toHaveAttribute("lang", "en-GB");
    expect(new URL(page.url()).hash).toBe("#alerts");
    // An address outvotes the choice: a kiosk or a paper is in the language of whoever stands before it.
    await page.goto("/trust.html?lang=cy");
    await expect(html).toHaveAttribute("lang", "cy-GB");
    await expect(page.getByTestId("language-en")).toHaveAttribute("hreflang", "en-GB");
    await page.goto("/trust.html");
    await expect(html).toHaveAttribute("lang", "en-GB");
  } finally {
    await office.close();
    await product.remove();
  }
});

/** What has the focus, after one step on: its place among all that can have it, and whether that is to be seen. */
async function step(page: Page): Promise<{ at: number; of: number; seen: boolean; name: string }> {
  const looks = () =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")].filter((one) => one.checkVisibility() && one.tabIndex >= 0);
      const look = (one: Element) => {
        // A box to tick is drawn by its label.
        const drawn = [getComputedStyle(one), ...("labels" in one ? [...((one as HTMLInputElement).labels ?? [])].flatMap((label) => [getComputedStyle(label), getComputedStyle(label, "::before")]) : [])];
        return drawn.map(({ outline, boxShadow, backgroundColor, clip, clipPath }) => [outline, boxShadow, backgroundColor, clip, clipPath].join()).join();
      };
      const at = all.indexOf(document.activeElement as HTMLElement);
      return { at, all: all.map(look), name: document.activeElement?.outerHTML.slice(0, 90) ?? "" };
    });
  const before = await looks();
  await page.keyboard.press("Tab");
  const after = await looks();
  // A date has stops of its own within.
  const seen = after.at >= 0 && (after.at === before.at || after.all[after.at] !== before.all[after.at]);
  return { at: after.at, of: after.all.length, seen, name: after.name };
}

/** Through the whole page: in the order in which it is written, and each stop is to be seen. */
async function walk(page: Page, name: string): Promise<void> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    // So that the first step leads to the first stop.
    getSelection()?.collapse(document.body, 0);
  });
  const places: number[] = [];
  for (;;) {
    const stop = await step(page);
    if (stop.at < 0 || places.length > 2 * stop.of) break;
    expect.soft(stop.seen, `${name}: the focus on ${stop.name} can't be seen`).toBe(true);
    places.push(stop.at);
    if (stop.at === stop.of - 1) break;
  }
  expect.soft(places, `${name}: the order`).toEqual(places.toSorted((a, b) => a - b));
  expect(places.length, `${name}: stops`).toBeGreaterThan(2);
}

/** Steps on until that has the focus. */
async function reach(page: Page, testId: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    if ((await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))) === testId) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${testId}`);
}

test("r132 a pilot is made by the keyboard alone, and the focus goes in order and is always seen", async () => {
  const product = await Product.start();
  const office = await browser("none");
  try {
    const { page } = await screen(office, product);
    await page.goto(`/control.html#setup=${product.setUpCode}`);
    await expect(page.getByTestId("setup")).toBeVisible();
    await walk(page, "setup");
    await page.reload();
    await expect(page.getByTestId("setup")).toBeVisible();
    // Past the header in one step.
    await page.keyboard.press("Tab");
    await expect(page.locator(".govuk-skip-link")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("#main")).toBeFocused();
    await reach(page, "setup-name");
    await page.keyboard.type("Ada Administrator");
    await reach(page, "setup-password");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("new-pilot")).toBeVisible();
    await walk(page, "first pilot");
    await page.locator("#main").focus();
    await reach(page, "pilot-name");
    await page.keyboard.type("Pier 4 rehearsal");
    await reach(page, "pilot-submit");
    await page.keyboard.press("Enter");
    // What went wrong takes the focus, and leads to where it is put right.
    await expect(page.getByTestId("error-summary")).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("pilot-place")).toBeFocused();
    await page.keyboard.type("Dover, pier 4");
    await page.waitForTimeout(DOUBLE_PRESS_MS);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("pilot-state")).toHaveAttribute("data-state", "draft");
    await walk(page, "pilot");
    // A question holds the focus, gives it to the harmless answer first, and is left by Escape.
    await page.locator("#main").focus();
    await reach(page, "pilot-end");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("dialog-cancel")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("dialog-cancel")).toHaveCount(0);
    await page.goto("/officer.html");
    await expect(page.getByTestId("capture-state")).toHaveAttribute("data-state", "no_deployment");
    await walk(page, "officer");
  } finally {
    await office.close();
    await product.remove();
  }
});

test("r132 a screen is dark, or as for bright sun, as its device or its user says; paper is white; motion and forced colours are the user's", async () => {
  const product = await Product.start();
  const office = await browser("none");
  try {
    const { page } = await screen(office, product);
    await setUp(page, product);
    const drawn = async () => {
      const ink = await page.locator("h1").first().evaluate((title) => getComputedStyle(title).color);
      const { ground, letters } = await page.evaluate(() => {
        const { backgroundColor, fontSize } = getComputedStyle(document.documentElement);
        return { ground: backgroundColor, letters: fontSize };
      });
      return { ground, letters, ink };
    };
    const LIGHT = "rgb(255, 255, 255)";
    const DARK = "rgb(20, 23, 26)";
    expect((await drawn()).ground).toBe(LIGHT);
    await page.emulateMedia({ colorScheme: "dark" });
    expect((await drawn()).ground).toBe(DARK);
    await page.emulateMedia({ contrast: "more" });
    expect(await drawn()).toEqual({ ground: LIGHT, letters: "18px", ink: "rgb(0, 0, 0)" });
    await page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });

    // What a person chooses holds on this device, whatever it is set to.
    await page.getByTestId("theme").selectOption("dark");
    expect((await drawn()).ground).toBe(DARK);
    await page.reload();
    await expect(page.getByTestId("theme")).toHaveValue("dark");
    expect((await drawn()).ground).toBe(DARK);
    await page.emulateMedia({ media: "print" });
    expect((await drawn()).ground).toBe(LIGHT);
    await page.emulateMedia({ media: null, colorScheme: "dark" });
    await page.getByTestId("theme").selectOption("light");
    expect((await drawn()).ground).toBe(LIGHT);
    await page.getByTestId("theme").selectOption("sun");
    expect((await drawn()).letters).toBe("18px");
    await targets(page, "in the sun");

    // Where the system forces its colours they are drawn in, drawings too, and every control keeps a frame.
    await page.emulateMedia({ forcedColors: "active" });
    const forced = await page.evaluate(() => {
      const probe = document.createElement("i");
      document.body.append(probe);
      const said = (colour: string) => {
        probe.style.color = colour;
        return getComputedStyle(probe).color;
      };
      const same = said("var(--v-ink)") === said("CanvasText");
      probe.remove();
      const frames = [...document.querySelectorAll("button, .v-guide__step, .v-live, input, select")].filter((one) => one.checkVisibility());
      return { same, bare: frames.filter((one) => Number.parseFloat(getComputedStyle(one).borderTopWidth) === 0).map((one) => one.outerHTML.slice(0, 80)) };
    });
    expect(forced).toEqual({ same: true, bare: [] });
    await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce" });
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => Number.parseFloat(getComputedStyle(one).transitionDuration) > 0.01).length);
    expect(moving).toBe(0);
  } finally {
    await office.close();
    await product.remove();
  }
});

test("r133 papers for the public fit their sheet from right to left", async () => {
  const product = await Product.start();
  const office = await browser("none");
  try {
    const { page } = await screen(office, product);
    await setUp(page, product);
    const pilot = await startPilot(page);
    const organisation = { name: "Home Office", contact: "dpo@example.org", complaints: "complaints@example.org", hold_days: 31 };
    const saved = await page.request.put("/v1/organisation", { headers: { origin: product.url }, data: organisation });
    expect(saved.status(), await saved.text()).toBeLessThan(300);
    for (const paper of ["notice", "sign", "leaflet"]) {
      await page.goto(`/papers.html?of=${paper}#/${pilot}/${paper}`);
      const sheet = page.getByTestId("paper-sheet").first();
      await expect(sheet).toBeVisible();
      for (const [turn, size] of [[0, { width: 1280, height: 800 }], [1, { width: 390, height: 844 }]] as const) {
        await page.setViewportSize(size);
        await page.evaluate(() => (document.documentElement.dir = "rtl"));
        await expect.poll(() => sheet.evaluate((of) => of.getBoundingClientRect().width)).toBeGreaterThan(0);
        const read = await sheet.evaluate((of) => {
          const { left, right, width } = of.getBoundingClientRect();
          const beyond = [...of.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().left < left - 1 || part.getBoundingClientRect().right > right + 1);
          const lines = [...of.querySelectorAll("dt, li, th")].map((part) => right - part.getBoundingClientRect().right);
          return { beyond: beyond.map((part) => part.outerHTML.slice(0, 60)), start: Math.max(0, ...lines) / width, page: document.documentElement.scrollWidth - innerWidth };
        });
        expect(read.beyond, paper).toEqual([]);
        expect(read.page, `${paper} scrolls sideways`).toBeLessThanOrEqual(0);
        // What a line begins with stands on the right.
        expect(read.start, `${paper} ${turn}`).toBeLessThan(0.25);
      }
    }
  } finally {
    await office.close();
    await product.remove();
  }
});
