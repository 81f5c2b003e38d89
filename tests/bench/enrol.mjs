// cargo xtask bench enrol: photographs become references natively, on all cores, here and in a Python pipeline on onnxruntime, in turns.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { env } from "node:process";
import { parseArgs } from "node:util";
import { launchWith } from "./launch.mjs";
import { studio } from "./people.mjs";
import { serve } from "./serve.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const { photographs: asked, rounds: turns } = parseArgs({ options: { photographs: { type: "string", default: "1000" }, rounds: { type: "string", default: "5" } } }).values;
const [photographs, rounds] = [Number(asked), Number(turns)];
/** Photographs in one call to the page that makes them. */
const AT_ONCE = 50;
/** A photograph of 480x600 becomes this for the detector. */
const DETECTOR_INPUT = ["512", "640"];
/** Photographs whose stages are timed. */
const STAGED = 100;

const scratch = mkdtempSync(join(tmpdir(), "vedette-enrol-"));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values, digits) => `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)})`;

async function makePhotographs(folder, few) {
  const fixtures = join(ROOT, "tests/fixtures");
  const site = await serve({ vedette: join(ROOT, "www/src/vision/wasm"), models: join(ROOT, "models"), faces: fixtures });
  const browser = await launchWith("empty");
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.evaluate(studio, readdirSync(fixtures).filter((name) => /\.(jpe?g|png)$/i.test(name)).map((name) => `/faces/${name}`));
  for (const made of [folder, few]) mkdirSync(made);
  for (let at = 0; at < photographs; at += AT_ONCE) {
    const made = await page.evaluate(([first, many]) => globalThis.makePeople(first, many), [at, Math.min(AT_ONCE, photographs - at)]);
    made.forEach((jpeg, i) => {
      const name = `${String(at + i).padStart(6, "0")}.jpg`;
      for (const into of at + i < STAGED ? [folder, few] : [folder]) writeFileSync(join(into, name), Buffer.from(jpeg, "base64"));
    });
  }
  await browser.close();
  site.close();
}

/** Whole seconds of the program, its start with it, and what it says. */
function timed([program, ...given]) {
  const began = performance.now();
  const said = JSON.parse(execFileSync(program, given, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
  return { taken: (performance.now() - began) / 1_000, said };
}

async function main() {
  const [folder, few, peers] = ["photographs", "few", "peers"].map((name) => join(scratch, name));
  await makePhotographs(folder, few);
  const contenders = { here: (...given) => [env.VEDETTE_ENROL, join(ROOT, "models"), ...given] };
  if (env.VEDETTE_PYTHON) {
    execFileSync(env.VEDETTE_PLAIN_ONNX, [join(ROOT, "models"), peers, ...DETECTOR_INPUT]);
    contenders.python = (...given) => [env.VEDETTE_PYTHON, join(import.meta.dirname, "enrol_peer.py"), join(peers, "plain"), ...given];
  }
  const results = { machine: { cpu: cpus()[0].model, cores: cpus().length }, at: new Date().toISOString(), photographs, rounds, seconds: {}, references: {}, stages: {} };
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      // The first round warms up: files come from memory from then on.
      const { taken, said } = timed(contender(folder));
      results.references[name] = said.references;
      if (round >= 0) (results.seconds[name] ??= []).push(taken);
    }
  }
  for (const [name, contender] of Object.entries(contenders)) results.stages[name] = timed(contender(few, "stages")).said;

  console.log(`\n${results.machine.cores} cores, ${results.machine.cpu}, ${photographs} photographs of 480x600, ${rounds} rounds in turns; medians, least and most\n`);
  console.log("who       seconds              ms each    references");
  for (const [name, seconds] of Object.entries(results.seconds)) console.log(`${name.padEnd(9)} ${range(seconds, 2).padEnd(20)} ${((1_000 * median(seconds)) / photographs).toFixed(2).padEnd(10)} ${results.references[name]}`);
  if (results.seconds.python !== undefined) {
    results.ratio = results.seconds.here.map((seconds, round) => seconds / results.seconds.python[round]);
    console.log(`\nratio of time ${range(results.ratio, 2)}`);
  }
  console.log("\nby stage, ms of a photograph on one thread; the networks alone at their least\n");
  const columns = ["decode", "detect", "align_and_embed", "enrol", "detector", "embedder"];
  console.log(`${"".padEnd(9)} ${["decode", "detect", "align and embed", "all of it", "detector alone", "embedder alone"].map((name) => name.padEnd(17)).join("")}`);
  for (const [name, stages] of Object.entries(results.stages)) console.log(`${name.padEnd(9)} ${columns.map((column) => (stages[column]?.toFixed(2) ?? "").padEnd(17)).join("")}`);
  const written = join(import.meta.dirname, "results");
  mkdirSync(written, { recursive: true });
  writeFileSync(join(written, "enrol.json"), `${JSON.stringify(results, null, 1)}\n`);
  console.log("\nwritten to tests/bench/results/enrol.json");
}

try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
