/** Beside each file the same compressed, so that the server never spends a second on a first visit. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import type { Plugin } from "vite";

/** Of the engine's code alone it takes ten seconds; most builds don't change it. */
const KEPT = new URL("../node_modules/.compressed/", import.meta.url);
const SMALLEST = 1_024;
const smaller = promisify(brotliCompress);
const larger = promisify(brotliDecompress);

/** What was kept may have been cut off with the build that wrote it. */
async function reused(kept: URL, content: Uint8Array): Promise<Uint8Array | undefined> {
  if (!existsSync(kept)) return undefined;
  const found = await readFile(kept);
  const whole = await larger(found).catch(() => undefined);
  return whole?.equals(content) ? found : undefined;
}

async function compressed(content: Uint8Array): Promise<Uint8Array> {
  const kept = new URL(`${createHash("sha256").update(content).digest("hex")}.br`, KEPT);
  const found = await reused(kept, content);
  if (found !== undefined) return found;
  const made = await smaller(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS, [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength },
  });
  await mkdir(KEPT, { recursive: true });
  const unfinished = new URL(`${kept.href}.${process.pid}`);
  await writeFile(unfinished, made);
  await rename(unfinished, kept);
  return made;
}

export function compress(): Plugin {
  return {
    name: "vedette-compress",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) this.error("there is no folder to write to");
      const files = Object.keys(bundle).filter((file) => /\.(?:css|html|js|svg|wasm)$/.test(file));
      await Promise.all(
        files.map(async (file) => {
          const content = await readFile(join(dir, file));
          if (content.byteLength >= SMALLEST) await writeFile(join(dir, `${file}.br`), await compressed(content));
        }),
      );
    },
  };
}
