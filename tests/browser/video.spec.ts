import { expect, test } from "@playwright/test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cosine, decoded, loadEngine } from "./support/engine";
import { GOLDEN, MODELS, Product } from "./support/product";
import { browser, screen } from "./support/screens";

/** Clips of strangers, where the evaluation data stands beside the repository; the product's own tests do without. */
const VIDEOS = resolve(GOLDEN, "../../../shared/data/video");
/** In these, people face the camera closely enough to be compared. */
const CLOSE = /^(head-pose|face-demographics)/;
const SECONDS = 6;

type Watched = { frames: number; faces: number; templates: { track: string; template: string }[] };

test("people on video are found and followed, send at most three templates each, and match nobody of the fixtures", async () => {
  test.skip(!existsSync(VIDEOS), "the evaluation videos are not at hand");
  const calibration = JSON.parse(readFileSync(join(MODELS, "sface-calibration.json"), "utf8")) as { cosine: { populations: { scores: number[] }[] } };
  // What one in a thousand strangers reaches in the least favourable population: laxer than any operating point.
  const threshold = Math.max(...calibration.cosine.populations.map(({ scores }) => scores.at(-1)!));
  const fixtures = (JSON.parse(readFileSync(join(GOLDEN, "faces.json"), "utf8")) as { photo: string; template: string }[]).map(({ photo, template }) => ({
    photo,
    numbers: Array.from(new Float32Array(new Uint8Array(Buffer.from(template, "base64")).buffer)),
  }));
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await loadEngine(page, VIDEOS);
    const playable = await page.evaluate(() => document.createElement("video").canPlayType('video/mp4; codecs="avc1.42E01E"') !== "");
    test.skip(!playable, "this browser can't play H.264");
    for (const name of readdirSync(VIDEOS).filter((file) => file.endsWith(".mp4"))) {
      const { frames, faces, templates } = await page.evaluate(
        async ([file, seconds]) => {
          const { engine } = globalThis as unknown as { engine: { step: Function; reset: Function } };
          engine.reset();
          const video = Object.assign(document.createElement("video"), { src: `/under-test/${file}`, muted: true });
          await video.play();
          const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
          const context = canvas.getContext("2d", { willReadFrequently: true })!;
          const watched: Watched = { frames: 0, faces: 0, templates: [] };
          while (!video.ended && video.currentTime < seconds) {
            // A video that ends shows no further frame.
            await Promise.race([new Promise((done) => video.requestVideoFrameCallback(done)), new Promise((done) => setTimeout(done, 500))]);
            context.drawImage(video, 0, 0);
            const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
            const step = engine.step(new Uint8Array(data.buffer), "rgba", canvas.width, canvas.height, performance.now());
            watched.frames += 1;
            watched.faces += step.faces.length;
            for (const { track, template } of step.candidates) watched.templates.push({ track, template });
          }
          video.pause();
          return watched;
        },
        [name, SECONDS] as const,
      );
      const perTrack = new Map<string, number>();
      for (const { track } of templates) perTrack.set(track, (perTrack.get(track) ?? 0) + 1);
      console.log(`${name}: ${frames} frames, ${faces} faces, ${templates.length} templates of ${perTrack.size} tracks`);
      expect(frames, name).toBeGreaterThan(5);
      if (CLOSE.test(name)) expect(faces, `${name}: faces`).toBeGreaterThan(5);
      for (const count of perTrack.values()) expect(count, name).toBeLessThanOrEqual(3);
      for (const { template } of templates) {
        for (const { photo, numbers } of fixtures) expect(cosine(decoded(template), numbers), `${name} against ${photo}`).toBeLessThan(threshold);
      }
    }
  } finally {
    await tablet.close();
    await product.remove();
  }
});
