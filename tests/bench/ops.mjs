// cargo xtask bench ops: a program compiled for WASI, in Chromium, whose compiler of WASM is newer than Node's: node ops.mjs program.wasm
import { basename, dirname, resolve } from "node:path";
import { argv, env } from "node:process";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

/** Runs in the page. Of WASI what the program needs: an output, a clock, random numbers, and no for everything else. */
async function program(address) {
  const printed = [];
  const bytes = () => new Uint8Array(instance.exports.memory.buffer);
  const view = () => new DataView(instance.exports.memory.buffer);
  const NOT_SUPPORTED = 58;
  const wasi = {
    fd_write: (_file, vectors, count, written) => {
      let length = 0;
      for (let i = 0; i < count; i += 1) {
        const [at, size] = [view().getUint32(vectors + 8 * i, true), view().getUint32(vectors + 8 * i + 4, true)];
        printed.push(new TextDecoder().decode(bytes().slice(at, at + size)));
        length += size;
      }
      view().setUint32(written, length, true);
      return 0;
    },
    clock_time_get: (_clock, _precision, to) => {
      view().setBigUint64(to, BigInt(Math.round(performance.now() * 1e6)), true);
      return 0;
    },
    random_get: (at, length) => {
      crypto.getRandomValues(bytes().subarray(at, at + length));
      return 0;
    },
    environ_sizes_get: (count, size) => {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return 0;
    },
    environ_get: () => 0,
    proc_exit: (code) => {
      throw new Error(`the program ended with ${code}: ${printed.join("")}`);
    },
  };
  wasi.args_sizes_get = wasi.environ_sizes_get;
  wasi.args_get = wasi.environ_get;
  /** As in tests/wasi.mjs. */
  const link = (at, length, exported) => {
    const { memory, __indirect_function_table: table } = instance.exports;
    const code = bytes().slice(at, at + length);
    if (!WebAssembly.validate(code)) return -1;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { kernels: { memory } });
    const first = table.grow(exported);
    for (let index = 0; index < exported; index += 1) table.set(first + index, exports[index]);
    return first;
  };
  const wasi_snapshot_preview1 = new Proxy(wasi, { get: (known, name) => known[name] ?? (() => NOT_SUPPORTED) });
  const { instance } = await WebAssembly.instantiateStreaming(fetch(address), { wasi_snapshot_preview1, kernels: { link } });
  instance.exports._start();
  return printed.join("");
}

const file = resolve(argv[2]);
const site = await serve({ program: dirname(file) });
const browserArguments = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ args: browserArguments, ...(env.VEDETTE_BROWSER ? { executablePath: env.VEDETTE_BROWSER } : {}) });
try {
  const page = await browser.newPage();
  await page.goto(site.url);
  console.log(`Chromium ${browser.version()}\n`);
  console.log(await page.evaluate(program, `/program/${basename(file)}`));
} finally {
  await browser.close();
  site.close();
}
