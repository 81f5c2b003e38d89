import type { EngineFailure } from "./protocol";
import file from "./worker.ts?worker&url";

/** The build writes the hash of the worker's file here; pages in development have none. */
const SHA256 = "__WORKER_SHA256__";
const HASH = /^[0-9a-f]{64}$/;

export class SourceFailure extends Error {
  readonly reason: EngineFailure;
  constructor(reason: EngineFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Not `lib/hash`: the service worker has that, and a module that a page has too would become a file that it can't import. */
async function isThat(bytes: ArrayBuffer, sha256: string): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return digest.every((byte, at) => byte === Number.parseInt(sha256.slice(2 * at, 2 * at + 2), 16));
}

/** A script without an address of its own has nothing that a path could be of. */
const addressed = (origin: string) => `{const plain=self.fetch;self.fetch=(to,how)=>plain(typeof to==="string"?new URL(to,${JSON.stringify(origin)}):to,how)}\n`;

async function read(cache: RequestCache): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(file, { cache });
    if (!answer.ok) throw new SourceFailure(answer.status >= 500 ? "unreachable" : "missing", `${file}: ${answer.status}`);
    return await answer.arrayBuffer();
  } catch (error) {
    throw error instanceof SourceFailure ? error : new SourceFailure("unreachable", `${file}: ${String(error)}`);
  }
}

/**
 * Where a vision worker is started from. A service worker of this build checks the file on its way; where there is none, nothing does
 * for a worker's, as it does for a page's scripts, so its bytes are compared here and the worker runs those very bytes. Only then: in
 * Chromium such a worker, once it has fetched anything, now and then keeps the service worker of then in its place.
 */
export async function workerSource(isChecked: (path: string, sha256: string) => Promise<boolean>, sha256 = SHA256, origin = location.origin): Promise<string> {
  if (!HASH.test(sha256) || (await isChecked(file, sha256))) return file;
  // The browser's own cache may hold what was changed on its way before: then the server is asked past it.
  for (const cache of ["default", "reload"] as const) {
    const bytes = await read(cache);
    if (await isThat(bytes, sha256)) return URL.createObjectURL(new Blob([addressed(origin), bytes], { type: "text/javascript" }));
  }
  throw new SourceFailure("corrupt", `${file} is not the file that was built`);
}
