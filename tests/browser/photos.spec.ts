import { expect, test } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FIXTURES, MODELS, Product } from "./support/product";
import { accessible, browser, enrol, offerPhoto, photoAnswer, screen, setUp, startPilot } from "./support/screens";

/** Half-precision numbers, as templates travel. */
function numbers(base64: string): number[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length / 2 }, (_, at) => {
    const half = bytes.readUInt16LE(2 * at);
    const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
    const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return half & 0x8000 ? -size : size;
  });
}

function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Of each template with each other, lowest first. */
function scores(templates: number[][]): number[] {
  return templates.flatMap((a, at) => templates.slice(at + 1).map((b) => cosine(a, b))).sort((a, b) => a - b);
}

/** What the command line makes of the same files. */
function natively(files: string[]): number[][] {
  const folder = mkdtempSync(join(tmpdir(), "vedette-"));
  try {
    for (const [at, file] of files.entries()) {
      const person = join(folder, "set", `person ${at % 2}`);
      mkdirSync(person, { recursive: true });
      copyFileSync(join(FIXTURES, file), join(person, file));
    }
    const out = join(folder, "out");
    execFileSync(process.env["VEDETTE_BIN"]!, ["evaluate", join(folder, "set"), "--out", out, "--models", MODELS, "--keep-templates"], { stdio: "ignore" });
    const kept = readdirSync(out).find((name) => name.startsWith("templates"))!;
    const lines = readFileSync(join(out, kept), "utf8").split("\n").filter((line) => line !== "");
    return lines.map((line) => numbers((JSON.parse(line) as { template: string }).template));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a person has several photos, a photo of somebody else is pointed out, and templates made in both ways score the same", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "no-match" });
  try {
    const { page } = await screen(tablet, product, { width: 800, height: 1280 });
    const sent: number[][] = [];
    page.on("request", (request) => {
      if (request.method() !== "POST" || !/\/(entries|photos)$/.test(request.url())) return;
      const body = request.postDataJSON() as { template?: string; portrait?: { template: string } };
      sent.push(numbers(body.template ?? body.portrait!.template));
    });
    await setUp(page, product);
    await startPilot(page);
    const name = "Bartholomew Wintersgill-Montgomery, also known as Barry from the Harbour Office";
    await enrol(page, "obama.jpg", name);
    const row = page.getByTestId("entry-row");
    await expect(row.locator("img")).toHaveCount(1);
    const further = async (file: string) => {
      // A second press within half a second is taken for a slip.
      await expect(async () => {
        await row.getByTestId("entry-add-photo").click();
        await expect(page.getByTestId("enrol-nobody")).toBeVisible({ timeout: 500 });
      }).toPass();
      await offerPhoto(page, file);
      await expect(await photoAnswer(page)).toHaveAttribute("data-state", "accepted");
      await page.getByTestId("enrol-add").click();
      await expect(page.getByTestId("enrol-added")).toBeVisible();
    };
    await further("obama3.jpg");
    await expect(row.locator("img")).toHaveCount(2);
    await expect(page.getByTestId("enrol-unlike")).toHaveCount(0);
    await further("astronaut.png");
    await expect(row.locator("img")).toHaveCount(3);
    await expect(page.getByTestId("enrol-unlike")).toBeVisible();
    for (const picture of await row.locator("img").all()) {
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
    }
    await accessible(page, "several photos");
    for (const [width, height] of [[1280, 800], [800, 1280], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `results/photos-${width}x${height}.png`, fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    }
    await row.getByTestId("photo-remove").last().click();
    await expect(row.locator("img")).toHaveCount(2);
    // That it was added isn't so any more.
    await expect(page.getByTestId("enrol-added")).toHaveCount(0);
    await row.getByTestId("photo-remove").last().click();
    await expect(row.locator("img")).toHaveCount(1);
    await expect(row.getByTestId("photo-remove")).toHaveCount(0);

    expect(sent).toHaveLength(3);
    // The browser's are of the deployment's space and the command line's of the embedder's own, which angles are alike in.
    const native = natively(["obama.jpg", "obama3.jpg", "astronaut.png"]);
    const [here, there] = [scores(sent), scores(native)];
    console.log(`scores of the browser's templates: ${here.join(", ")}; of the command line's: ${there.join(", ")}`);
    for (const [at, score] of here.entries()) expect(Math.abs(score - there[at]!)).toBeLessThan(1e-3);
    for (const mine of sent) for (const theirs of native) expect(cosine(mine, theirs)).toBeLessThan(0.5);
  } finally {
    await tablet.close();
    await product.remove();
  }
});
