// A contender in a worker of its own: made first, then asked to run one of its networks so many times. Answers how many bytes of
// WebAssembly's memory it has by then.
import * as contenders from "./contenders.mjs";

const memories = new Set();
/** A memory that a script makes for its module. */
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(...given) {
    super(...given);
    memories.add(this);
  }
};
/** A memory that a module makes. */
for (const name of ["instantiate", "instantiateStreaming"]) {
  const real = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await real.apply(WebAssembly, given);
    for (const value of Object.values((made.instance ?? made).exports)) if (value.buffer instanceof ArrayBuffer) memories.add(value);
    return made;
  };
}

onmessage = async ({ data: { make, argument, what, count } }) => {
  if (make !== undefined) await contenders[make](argument);
  if (what !== undefined) await contenders.time([what, count]);
  globalThis.gc?.();
  postMessage([...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
};
