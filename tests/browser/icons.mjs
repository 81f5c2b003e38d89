// Draws the pictures that a home screen shows, www/public/icons, from the product's own drawing. Their files are committed.
import { chromium } from "@playwright/test";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const WWW = resolve(import.meta.dirname, "../../www");
const FOLDER = join(WWW, "public/icons");
const drawing = readFileSync(join(WWW, "src/styles/icon.svg"), "utf8");
// Systems cut a maskable one to their own shape; what lies within four fifths of it stays.
const ICONS = [
  { name: "192", side: 192, share: 1 },
  { name: "512", side: 512, share: 1 },
  { name: "maskable-512", side: 512, share: 0.8 },
  { name: "apple-touch-180", side: 180, share: 0.9 },
];

mkdirSync(FOLDER, { recursive: true });
const executablePath = process.env.VEDETTE_BROWSER;
const browser = await chromium.launch({ args: process.getuid?.() === 0 ? ["--no-sandbox"] : [], ...(executablePath ? { executablePath } : {}) });
for (const { name, side, share } of ICONS) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  const style = `margin:0;height:100vh;display:grid;place-items:center;background:#0b0c0c`;
  await page.setContent(`<body style="${style}">${drawing.replace("<svg ", `<svg width="${side * share}" `)}</body>`);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.close();
}
await browser.close();
