// Two workers of ours, each with a module of its own as an import's have, against a session of two threads: time for each image.
import { crew } from "./contenders.mjs";

const IMAGES = { detector: 40, embedder: 10 };
const CONTENDERS = {
  vedette: [2, "vedette"],
  threads: [1, "onnxruntime", 2],
  /** What onnxruntime-web could do as well. */
  workers: [2, "onnxruntime", 1],
};

/** Milliseconds an image and ratios to the peers, by network: all values of each. */
export async function twoAtOnce(browser, url, rounds) {
  const pages = {};
  for (const [name, contender] of Object.entries(CONTENDERS)) {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
    await page.goto(url);
    await page.evaluate(crew, contender);
    pages[name] = page;
  }
  const results = {};
  for (const [network, count] of Object.entries(IMAGES)) {
    const ms = { vedette: [], threads: [], workers: [] };
    for (let round = -1; round < rounds; round += 1) {
      for (const [name, page] of Object.entries(pages)) {
        const taken = await page.evaluate((asked) => crewOf.throughput(asked), [network, count]);
        // The first round warms up.
        if (round >= 0) ms[name].push(taken);
      }
    }
    const ratioTo = (peer) => ms.vedette.map((taken, round) => taken / ms[peer][round]);
    results[network] = { ms, ratio: { threads: ratioTo("threads"), workers: ratioTo("workers") } };
  }
  for (const page of Object.values(pages)) await page.close();
  return results;
}
