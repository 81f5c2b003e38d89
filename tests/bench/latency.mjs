// From the first frame in which a face could be assessed, on one tablet, to what another officer's screen says of it: the real
// product, both pages, on loopback. The person of the clip passes again and again: the first pass is an alert, and those after it
// join its card, which says how often the face was seen. Each pass is one sample.
import { livePilot, start } from "./product.mjs";

const SAMPLES = 30;
const WITHIN_MS = 400_000;
/** A pass that is told of later was missed, and what is told is about another one. */
const TOLD_WITHIN_MS = 3_000;

/** Milliseconds: of the first pass, and of those after it. `browser`: its camera shows the clip `returning`. */
export async function alertLatency(browser) {
  const product = await start();
  const context = await browser.newContext({ baseURL: product.url });
  try {
    const page = await context.newPage();
    // Notes when the first frame in which each track could be assessed reached the worker: before it was looked at.
    await page.addInitScript(() => {
      globalThis.firstSeen = new Map();
      const Real = Worker;
      globalThis.Worker = class extends Real {
        constructor(...given) {
          super(...given);
          this.addEventListener("message", ({ data }) => {
            for (const face of data.kind === "faces" ? data.faces : []) {
              if (face.state !== "not_assessable" && !firstSeen.has(face.track)) firstSeen.set(face.track, data.takenAt);
            }
          });
        }
      };
    });
    await livePilot(page, product.code);
    const second = await context.newPage();
    await second.addInitScript(() => {
      globalThis.shown = new Map();
      const look = () => {
        for (const card of document.querySelectorAll("[data-alert]")) {
          const times = card.querySelector("[data-testid=alert-repeats]")?.dataset.count ?? 1;
          const sighting = `${card.dataset.alert} ${times}`;
          if (!shown.has(sighting)) shown.set(sighting, performance.timeOrigin + performance.now());
        }
      };
      addEventListener("DOMContentLoaded", () => new MutationObserver(look).observe(document.body, { attributes: true, childList: true, subtree: true }));
    });
    await second.goto("/officer.html");
    await second.getByTestId("alerts-only").click({ timeout: 120_000 });
    await page.bringToFront();
    await page.getByTestId("go-live").click({ timeout: 120_000 });
    await second.getByTestId("alert-open").click({ timeout: 120_000 });
    const deadline = Date.now() + WITHIN_MS;
    while (Date.now() < deadline && (await second.evaluate(() => shown.size)) < SAMPLES) await second.waitForTimeout(1_000);
    const shown = await second.evaluate(() => [...shown.values()]);
    const firstSeen = await page.evaluate(() => [...firstSeen.values()]);
    if (shown.length < 2) throw new Error("no alert reached the second screen");
    // One person, alone: what is told is about the last face before it. The first, however long it took, is about the first.
    const next = shown.slice(1).map((at) => at - Math.max(...firstSeen.filter((seen) => seen < at)));
    return { first: shown[0] - firstSeen[0], next: next.filter((ms) => ms < TOLD_WITHIN_MS) };
  } finally {
    await context.close();
    await product.stop();
  }
}
