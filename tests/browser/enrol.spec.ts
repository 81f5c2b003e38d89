import { expect, test } from "@playwright/test";
import { deflateSync } from "node:zlib";
import { Product } from "./support/product";
import { accessible, browser, enrol, fixture, offerPhoto, photoAnswer, screen, setUp, startPilot } from "./support/screens";

/** A grey PNG of any size; a hundred megapixels of it are a few hundred kilobytes. */
function greyPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "ascii"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    let crc = ~0;
    for (const byte of body) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    out.writeUInt32BE(~crc >>> 0, out.length - 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1), 128);
  for (let y = 0; y < height; y += 1) rows[y * (width + 1)] = 0;
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

test("photos that can't serve are refused with the reason, and nothing is lost", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "returning" });
  try {
    // A browser that keeps nothing runs the engine as well, from a worker's file that the page has compared.
    const { page } = await screen(tablet, product, { width: 800, height: 1280 }, product.url, { serviceWorkers: "block" });
    await setUp(page, product);
    const pilot = await startPilot(page);
    await page.getByTestId("enrol-name").fill("Volunteer One");
    const refused = async (file: Parameters<typeof offerPhoto>[1], reason: string) => {
      await offerPhoto(page, file);
      await expect(page.getByTestId("enrol-result")).toHaveAttribute("data-reason", reason, { timeout: 90_000 });
      await expect(page.getByTestId("enrol-result")).toHaveAttribute("data-state", "refused");
      await expect(page.getByTestId("enrol-name")).toHaveValue("Volunteer One");
    };
    await refused({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("not a photo") }, "not_a_photo");
    await refused({ name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("still not a photo") }, "not_a_photo");
    await refused({ name: "huge.png", mimeType: "image/png", buffer: greyPng(12_500, 8_000) }, "too_large");
    await refused({ name: "wall.png", mimeType: "image/png", buffer: greyPng(640, 480) }, "no_face");
    const portrait = fixture("obama.jpg");
    await refused({ name: "broken.jpg", mimeType: "image/jpeg", buffer: portrait.subarray(0, 60_000) }, "unreadable");

    // Two people side by side, and one who is tiny, made from the fixture in the page.
    const composed = async (tiles: { size: number; blur: number }[]) => {
      const bytes = await page.evaluate(
        async ([source, all]) => {
          const photo = await createImageBitmap(new Blob([Uint8Array.from(atob(source), (c) => c.charCodeAt(0))]));
          const canvas = new OffscreenCanvas(1000, 600);
          const context = canvas.getContext("2d")!;
          context.fillStyle = "#888";
          context.fillRect(0, 0, 1000, 600);
          all.forEach(({ size, blur }, index) => {
            context.filter = blur > 0 ? `blur(${blur}px)` : "none";
            context.drawImage(photo, 40 + index * 480, 20, size, (size * photo.height) / photo.width);
          });
          return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer()));
        },
        [portrait.toString("base64"), tiles] as const,
      );
      return { name: "composed.png", mimeType: "image/png", buffer: Buffer.from(bytes) };
    };
    await refused(await composed([{ size: 430, blur: 0 }, { size: 430, blur: 0 }]), "several_faces");
    await refused(await composed([{ size: 110, blur: 0 }]), "too_small");
    await refused(await composed([{ size: 440, blur: 4 }]), "blurred");
    await page.screenshot({ path: "results/enrol-refused.png", fullPage: true });

    await enrol(page, "obama.jpg", "Volunteer One with a name that is long enough to need two lines");
    await page.screenshot({ path: "results/enrolled-portrait.png", fullPage: true });
    const entries = await page.request.get(`/v1/deployments/${pilot}/entries`);
    expect(((await entries.json()) as unknown[]).length).toBe(1);

    await enrol(page, "biden.jpg", "Volunteer Two");
    await expect(page.getByTestId("enrol-resembles")).toHaveCount(0);
    await enrol(page, "obama3.jpg", "The first one again");
    await expect(page.getByTestId("enrol-resembles")).toContainText("Volunteer One with a name");
    await expect(page.getByTestId("enrol-resembles")).not.toContainText("Volunteer Two");
    await accessible(page, "two entries alike");
    await page.screenshot({ path: "results/enrol-resembles.png", fullPage: true });
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("a volunteer is enrolled from the camera", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "no-match" });
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    await startPilot(page);
    await page.getByTestId("enrol-name").fill("From the camera");
    await page.getByTestId("enrol-camera").click();
    await expect(page.getByTestId("enrol-video")).toBeVisible();
    // People come and go in the clip: the button is pressed until somebody stands well.
    await expect(async () => {
      await page.getByTestId("enrol-take").click();
      await expect(await photoAnswer(page)).toHaveAttribute("data-state", "accepted", { timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
    await page.getByTestId("enrol-add").click();
    await expect(page.getByTestId("entry-row")).toContainText(["From the camera"]);
  } finally {
    await tablet.close();
    await product.remove();
  }
});
