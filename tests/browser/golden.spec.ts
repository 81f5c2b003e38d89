import { expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cosine, loadEngine, type Box } from "./support/engine";
import { GOLDEN, Product } from "./support/product";
import { browser, screen } from "./support/screens";

type Golden = { photo: string; longest: number; box: [number, number, number, number]; points: [number, number][]; template: string };
type Seen = { box: Box; landmarks: { x: number; y: number }[]; template: number[] };

function iou(a: Box, [x, y, width, height]: Golden["box"]): number {
  const across = Math.min(a.x + a.width, x + width) - Math.max(a.x, x);
  const down = Math.min(a.y + a.height, y + height) - Math.max(a.y, y);
  const shared = Math.max(0, across) * Math.max(0, down);
  return shared / (a.width * a.height + width * height - shared);
}

test("in the browser, faces and templates equal the reference", async () => {
  const golden = JSON.parse(readFileSync(join(GOLDEN, "faces.json"), "utf8")) as Golden[];
  expect(golden.length).toBeGreaterThanOrEqual(8);
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await loadEngine(page);
    const seen = await page.evaluate(async (cases) => {
      const { engine } = globalThis as unknown as { engine: { detect: Function; embed_best: Function } };
      const results: unknown[] = [];
      for (const { photo, longest } of cases) {
        const bitmap = await createImageBitmap(await (await fetch(`/under-test/${photo}`)).blob(), { colorSpaceConversion: "none" });
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
        context.drawImage(bitmap, 0, 0);
        const rgba = new Uint8Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
        const [best] = engine.detect(rgba, bitmap.width, bitmap.height, longest);
        const template = engine.embed_best(rgba, bitmap.width, bitmap.height, longest);
        results.push({ box: best.box, landmarks: best.landmarks, template: Array.from(template) });
      }
      return results;
    }, golden);
    for (const [index, expected] of golden.entries()) {
      const found = seen[index] as Seen;
      const reference = new Float32Array(new Uint8Array(Buffer.from(expected.template, "base64")).buffer);
      const likeness = cosine(found.template, Array.from(reference));
      const drift = Math.max(...found.landmarks.map((p, i) => Math.hypot(p.x - (expected.points[i]?.[0] ?? 0), p.y - (expected.points[i]?.[1] ?? 0))));
      const overlap = iou(found.box, expected.box);
      const name = `${expected.photo} at ${expected.longest}`;
      console.log(`${name}: IoU ${overlap.toFixed(5)}, landmarks ${drift.toFixed(3)} px, cosine ${likeness.toFixed(6)}`);
      expect(overlap, name).toBeGreaterThanOrEqual(0.99);
      expect(drift, name).toBeLessThanOrEqual(0.5);
      expect(likeness, name).toBeGreaterThanOrEqual(0.9999);
    }
  } finally {
    await tablet.close();
    await product.remove();
  }
});
