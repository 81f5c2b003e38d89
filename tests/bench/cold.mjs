// From the navigation in a fresh profile to the first template, here and with onnxruntime-web, from one server and compressed
// alike; then the same again in that profile.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launchFresh } from "./launch.mjs";
import { serveCompressed } from "./serve.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const HERE = import.meta.dirname;
/** By then the browser has written down what it compiled. */
const SETTLES_MS = 3_000;

async function visit(context, site, who) {
  const page = await context.newPage();
  const before = site.sum.bytes;
  await page.goto(`${site.url}/bench/cold.html?who=${who}`, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.cold !== undefined);
  const { ms, template } = await page.evaluate(() => cold);
  await page.waitForTimeout(SETTLES_MS);
  await page.close();
  return { ms, template, bytes: site.sum.bytes - before };
}

/** Each visit's milliseconds and bytes by contender, and how like ours their templates are. `peers` holds a folder of models for each. */
export async function coldStarts(peers, rounds) {
  const folders = Object.fromEntries(readdirSync(peers).map((name) => [name, join(peers, name)]));
  const site = await serveCompressed({
    ...folders,
    vedette: join(ROOT, "www/src/vision/wasm"),
    models: join(ROOT, "models"),
    faces: join(ROOT, "tests/fixtures"),
    ort: join(HERE, "node_modules/onnxruntime-web/dist"),
    bench: HERE,
  });
  const names = ["vedette", ...Object.keys(folders)];
  const visits = Object.fromEntries(names.map((name) => [name, []]));
  const templates = {};
  // The first round is not counted: then files are compressed.
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const profile = mkdtempSync(join(tmpdir(), "vedette-profile-"));
      const context = await launchFresh(profile);
      try {
        const [first, later] = [await visit(context, site, name), await visit(context, site, name)];
        templates[name] = first.template;
        if (round >= 0) visits[name].push({ first: { ms: first.ms, bytes: first.bytes }, later: { ms: later.ms, bytes: later.bytes } });
      } finally {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
      }
    }
  }
  site.close();
  const cosine = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  return { visits, likeness: Object.fromEntries(names.map((name) => [name, cosine(templates.vedette, templates[name])])) };
}
