// How a page looks to those who use it: in each theme, held either way, with large letters, under a gloved finger.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

export const SHAPES = { landscape: { width: 1280, height: 800 }, portrait: { width: 800, height: 1280 }, phone: { width: 390, height: 844 } };

/** As a person may choose them. A page is drawn in each by an attribute, so it is loaded once. */
export const THEMES = ["light", "dark", "sun"] as const;
type Theme = (typeof THEMES)[number];

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Without an argument as the device is set. */
export async function dress(page: Page, theme?: Theme): Promise<void> {
  await page.evaluate((chosen) => {
    if (chosen === undefined) delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = chosen;
  }, theme);
}

type Axe = { run: (of: Document | object, options: object) => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };

/** What axe finds. In another theme nothing but a contrast can differ; in the sun, and on an alert, that is 7:1 at least (R132). */
export async function axe(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect.soft(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`), name).toEqual([]);
  // It is in the page now, so that the themes cost no more than their contrasts.
  const faint = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const found: string[] = [];
    const look = async (what: string, of: Document | object, rule: string) => {
      const { violations } = await axe.run(of, { runOnly: { type: "rule", values: [rule] }, resultTypes: ["violations"] });
      for (const { nodes } of violations) found.push(`${what}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    };
    const alerts = document.querySelector(".v-alert") !== null;
    for (const theme of ["light", "dark"]) {
      document.documentElement.dataset["theme"] = theme;
      if (theme === "dark") await look(theme, document, "color-contrast");
      if (alerts) await look(`alert, ${theme}`, { include: [[".v-alert"]] }, "color-contrast-enhanced");
    }
    document.documentElement.dataset["theme"] = "sun";
    await look("sun", document, "color-contrast-enhanced");
    delete document.documentElement.dataset["theme"];
    return found;
  });
  expect.soft(faint, `${name}: contrasts`).toEqual([]);
  await buttons(page, name);
}

/** Buttons have a layer under the finger, which keeps axe from judging their words; in every theme these are judged here. */
async function buttons(page: Page, name: string): Promise<void> {
  const faint = await page.evaluate((themes) => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string) => {
      const [r = 0, g = 0, b = 0] = channels(colour).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found: string[] = [];
    for (const theme of themes) {
      document.documentElement.dataset["theme"] = theme;
      for (const button of document.querySelectorAll(".govuk-button:not([aria-disabled=true])")) {
        const { color, backgroundColor } = getComputedStyle(button);
        if (!button.checkVisibility() || channels(backgroundColor)[3] === 0) continue;
        const [a, b] = [light(color), light(backgroundColor)];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < (theme === "sun" ? 7 : 4.5)) found.push(`${theme}: "${button.textContent?.trim()}" ${contrast.toFixed(1)}:1`);
      }
    }
    delete document.documentElement.dataset["theme"];
    return found;
  }, THEMES);
  expect.soft(faint, `${name}: buttons`).toEqual([]);
}

/** What a finger must hit, and how large it is; words within a sentence excepted, as WCAG has it. */
export async function targets(page: Page, name: string): Promise<void> {
  const small = await page.evaluate((least) => {
    const box = (of: Element) => of.getBoundingClientRect();
    const shown = (of: Element) => of.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && box(of).width > 1 && box(of).height > 1;
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button]")]
      .filter((target) => {
        if (!shown(target) || target.matches("[disabled], .govuk-skip-link")) return false;
        // A link in a sentence is as high as its line.
        if (target.matches("a") && target.closest("p, li, dd, label") !== null && getComputedStyle(target).display === "inline") return false;
        // A box to tick is hit by its label too.
        const label = target.matches("[type=radio], [type=checkbox]") ? (target.closest("label") ?? document.querySelector(`label[for="${CSS.escape(target.id)}"]`)) : null;
        const { width, height } = box(label ?? target);
        return Math.max(height, box(target).height) < least || Math.max(width, box(target).width) < least;
      })
      .map((target) => `${target.tagName.toLowerCase()}#${target.id}.${target.className} "${target.textContent?.trim().slice(0, 30)}" ${Math.round(box(target).width)}x${Math.round(box(target).height)}`);
  }, 44);
  expect.soft(small, `${name}: too small for a glove`).toEqual([]);
}

/** Nothing scrolls sideways on the narrowest screen, nor with letters of twice their size (WCAG 1.4.4 and 1.4.10). */
export async function reflows(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? SHAPES.landscape;
  /** What stands out at the right, where anything can be scrolled to. */
  const out = () =>
    page.evaluate(() => {
      if (document.documentElement.scrollWidth <= innerWidth) return [];
      const beyond = [...document.querySelectorAll("body *")].filter((of) => of.getBoundingClientRect().right > innerWidth + 1);
      return beyond.map((of) => `${of.tagName.toLowerCase()}#${of.id}.${of.getAttribute("class") ?? ""}`);
    });
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 640 });
    if (width > 320) await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    expect.soft(await out(), `${name} scrolls sideways at ${width} pixels${width > 320 ? " with letters of twice their size" : ""}`).toEqual([]);
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  await page.setViewportSize(before);
}

/** Where `cargo xtask screens` wants its pictures; a test run takes none. */
const FOLDER = process.env["VEDETTE_SCREENS"];
const ONLY = process.env["VEDETTE_SCREENS_ONLY"];

/** A page in each theme, held in each way, where pictures are wanted at all. The list of names is the contact sheet's. */
export async function pictured(page: Page, name: string): Promise<boolean> {
  if (FOLDER === undefined) return false;
  const file = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  if (ONLY !== undefined && ONLY !== file) return true;
  const before = page.viewportSize() ?? SHAPES.landscape;
  mkdirSync(FOLDER, { recursive: true });
  // A banner that stays in sight would stand in the middle.
  await page.evaluate(() => scrollTo(0, 0));
  for (const [shape, size] of Object.entries(SHAPES)) {
    await page.setViewportSize(size);
    for (const theme of THEMES) {
      await dress(page, theme);
      await page.screenshot({ path: join(FOLDER, `${file}-${shape}-${theme}.png`), fullPage: true });
    }
  }
  await dress(page);
  await page.setViewportSize(before);
  appendFileSync(join(FOLDER, "names.txt"), `${file}\n`);
  return true;
}
