import { expect, test } from "@playwright/test";
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { freePort, Product } from "./support/product";
import { browser, enrol, goLive, screen, setUp, startPilot, TABLET } from "./support/screens";

/** This machine as a tablet in its network finds it. */
const HOST = Object.values(networkInterfaces()).flat().find((address) => address?.family === "IPv4" && !address.internal)?.address ?? "127.0.0.1";

/** The status of an encrypted request by a client that trusts `authority` alone. */
const status = (url: string, authority?: string) =>
  new Promise<number | undefined>((done, failed) => {
    get(url, { ca: authority }, (response) => {
      response.resume();
      done(response.statusCode);
    }).once("error", failed);
  });

test("a tablet in the network has its camera over the pilot certificate, and given certificate files take its place", async () => {
  const port = await freePort();
  const product = await Product.start(["--https", `0.0.0.0:${port}`]);
  const url = `https://${HOST}:${port}`;
  try {
    const authority = readFileSync(join(product.data, "pilot-authority.pem"), "utf8");
    expect(await status(`${url}/v1/health`, authority)).toBe(200);
    await expect(status(`${url}/v1/health`)).rejects.toThrow(/certificate/);

    const chain = join(product.data, "pilot-certificate.pem");
    const key = new X509Certificate(readFileSync(chain)).publicKey.export({ type: "spki", format: "der" });
    const trusted = createHash("sha256").update(key).digest("base64");
    const tablet = await browser({ clip: "empty" }, [`--ignore-certificate-errors-spki-list=${trusted}`]);
    try {
      const { page } = await screen(tablet, product, TABLET, url);
      await setUp(page, product);
      expect(await page.evaluate(() => isSecureContext)).toBe(true);
      await startPilot(page);
      await enrol(page, "obama.jpg", "Volunteer One");
      await goLive(page);
    } finally {
      await tablet.close();
    }

    const own = await freePort();
    const given = await Product.start(["--https", `0.0.0.0:${own}`, "--tls-cert", chain, "--tls-key", join(product.data, "pilot-key.pem")]);
    try {
      expect(await status(`https://${HOST}:${own}/v1/health`, authority)).toBe(200);
      expect([...given.traces().keys()].filter((name) => name.includes("pilot"))).toEqual([]);
    } finally {
      await given.remove();
    }
  } finally {
    await product.remove();
  }
});
