/**
 * What the browser keeps of the pages, and how it knows that a file is the one that was built: each script and style sheet
 * that a page names carries its hash there, and the service worker is given the hashes of all files.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

export const WORKER = "sw";

const ENGINE = new URL("../src/vision/wasm/vedette_bg.wasm", import.meta.url);

function sha256(content: string | Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}

/** Of the engine's code, so that whoever loads it can tell; empty where it isn't built yet. */
export function engineHash(): string {
  return existsSync(ENGINE) ? sha256(readFileSync(ENGINE)).toString("hex") : "";
}

/** Tags that make the browser run or apply a file. It fetches the modules that a script imports by its `modulepreload` links. */
const LOADED = /<(?:script|link rel="(?:modulepreload|stylesheet)") [^>]*?(?:src|href)="\/([^"]+)"/g;

function withHashes(html: string, hashOf: (file: string) => Buffer | undefined): string {
  return html.replace(LOADED, (tag, file: string) => {
    const hash = hashOf(file);
    return hash === undefined ? tag : `${tag} integrity="sha256-${hash.toString("base64")}"`;
  });
}

const VISION = /^assets\/worker-[\w-]+\.js$/;

/** Puts `by` where the code of some chunk says `what`; in how many of them. */
function replaced(outputs: (Rolldown.OutputChunk | Rolldown.OutputAsset)[], what: RegExp, by: string): number {
  const chunks = outputs.filter((output) => output.type === "chunk").filter(({ code }) => what.test(code));
  for (const chunk of chunks) chunk.code = chunk.code.replace(what, by);
  return chunks.length;
}

/** The file's content is known only once everything that it names is, so this comes last. */
export function shell(): Plugin {
  return {
    name: "vedette-shell",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const content = (file: string) => {
          const output = bundle[file];
          return output === undefined ? undefined : output.type === "chunk" ? output.code : output.source;
        };
        const hashOf = (file: string) => {
          const text = content(file);
          return text === undefined ? undefined : sha256(text);
        };
        // Before any other, for it goes into them.
        const vision = Object.keys(bundle).find((file) => VISION.test(file));
        if (vision === undefined) this.error("the vision worker was not built");
        const checked = replaced(Object.values(bundle), /__WORKER_SHA256__/, hashOf(vision)?.toString("hex") ?? "");
        if (checked !== 1) this.error("there is one place for the hash of the vision worker");
        for (const output of Object.values(bundle)) {
          if (output.type === "asset" && output.fileName.endsWith(".html")) output.source = withHashes(String(output.source), hashOf);
        }
        const worker = bundle[`${WORKER}.js`];
        if (worker?.type !== "chunk") this.error("the service worker was not built");
        if (worker.imports.length > 0) this.error(`the service worker is no module, and can't import ${worker.imports.join(", ")}`);
        const files = Object.keys(bundle).filter((file) => file !== worker.fileName);
        const hashes = Object.fromEntries(files.sort().map((file) => [`/${file}`, hashOf(file)?.toString("hex")]));
        const given = worker.code.replace(/(["'`])__FILES__\1/, JSON.stringify(JSON.stringify(hashes)));
        if (given === worker.code) this.error("the service worker has no place for the hashes of the files");
        worker.code = given;
      },
    },
  };
}
