/** Which files the service worker answers for, and by which hash each is known. */
import { hashOf } from "../lib/hash";

/** Paths of the built files and their SHA-256, in lower-case hexadecimal. */
export type Hashes = Readonly<Record<string, string>>;

export type Kept =
  /** A page: the server's own where it answers, so that no page is older than the server it talks to. */
  | { kind: "page"; hash: string }
  /** Part of a page; its address changes with its content. */
  | { kind: "part"; hash: string }
  /** The engine's code or a model: megabytes, kept once somebody needs them, and compared by whoever reads them. */
  | { kind: "heavy"; hash: string };

const MODEL = /^\/models\/[\w.-]+$/;
const HASH = /^[0-9a-f]{64}$/;

/**
 * What a request asks for, where it is of the product's files. Everything else goes to the server as if there were no service
 * worker: nothing under /v1 is ever kept.
 */
export function keptFile(files: Hashes, method: string, url: URL, origin: string): Kept | undefined {
  if (method !== "GET" || url.origin !== origin) return undefined;
  const hash = Object.hasOwn(files, url.pathname) ? files[url.pathname] : undefined;
  if (hash !== undefined) {
    if (url.pathname.endsWith(".html")) return { kind: "page", hash };
    return { kind: url.pathname.endsWith(".wasm") ? "heavy" : "part", hash };
  }
  const version = url.searchParams.get("v") ?? "";
  return MODEL.test(url.pathname) && HASH.test(version) ? { kind: "heavy", hash: version } : undefined;
}

/** What every page needs before it can say that there is no server. */
export function shellOf(files: Hashes): string[] {
  return Object.keys(files).filter((path) => !path.endsWith(".wasm"));
}

/** The answer with its bytes, if they are those that were built; nothing otherwise. */
export async function genuine(answer: Response, hash: string): Promise<Response | undefined> {
  if (!answer.ok) return undefined;
  const bytes = await answer.arrayBuffer();
  if ((await hashOf(bytes)) !== hash) return undefined;
  // The server's own headers stay: what a page may do, and that it is alone. The bytes are no longer compressed.
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.set("content-length", String(bytes.byteLength));
  return new Response(bytes, { headers });
}
