// Runs one program that was compiled to WASM, as cargo's runner: node --no-warnings wasi.mjs program.wasm arguments…
import { readFile } from "node:fs/promises";
import { argv, exit } from "node:process";
import { setFlagsFromString } from "node:v8";
import { WASI } from "node:wasi";

// Node 20 has relaxed-simd behind this; later ones need no flag.
setFlagsFromString("--experimental-wasm-relaxed-simd");

const [program, ...rest] = argv.slice(2);
const wasi = new WASI({ version: "preview1", args: [program, ...rest], returnOnExit: true });

/** Puts a module's functions, "0" to the last, into the program's own table; where the first one stands, or -1. */
function link(address, length, exported) {
  const { memory, __indirect_function_table: table } = instance.exports;
  const bytes = new Uint8Array(memory.buffer, address, length);
  if (!WebAssembly.validate(bytes)) return -1;
  const module = new WebAssembly.Instance(new WebAssembly.Module(bytes), { kernels: { memory } });
  const first = table.grow(exported);
  for (let index = 0; index < exported; index += 1) table.set(first + index, module.exports[index]);
  return first;
}

const { instance } = await WebAssembly.instantiate(await readFile(program), { ...wasi.getImportObject(), kernels: { link } });
exit(wasi.start(instance));
