/** Files that an engine is made of, as they arrive, and what is amiss where they don't. */
import { hashOf } from "../lib/hash";
import type { EngineFailure } from "./protocol";

/** Longest wait for a file to go on arriving. */
const STALLED_AFTER_MS = 30_000;

export class LoadFailure extends Error {
  readonly reason: EngineFailure;
  constructor(reason: EngineFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One try at loading. `cache`: whether files may come from what the browser has of them. Once it is `over`, nothing of it goes on. */
export type Attempt = { cache: RequestCache; over: AbortController };

/** A file as it arrives, its parts told one by one; given up when nothing comes for a while. */
export async function arriving(url: string, { cache, over }: Attempt, use: (reply: Response) => ReadableStream<Uint8Array<ArrayBuffer>>, onPart: (part: Uint8Array<ArrayBuffer>) => void): Promise<void> {
  const abort = new AbortController();
  const giveUp = () => setTimeout(() => abort.abort(), STALLED_AFTER_MS);
  let stalled = giveUp();
  over.signal.addEventListener("abort", () => abort.abort(), { signal: abort.signal });
  try {
    over.signal.throwIfAborted();
    const reply = await fetch(url, { cache, signal: abort.signal });
    if (!reply.ok || reply.body === null) throw new LoadFailure(reply.status >= 500 ? "unreachable" : "missing", `${url}: ${reply.status}`);
    const body = use(reply).getReader();
    for (let part = await body.read(); !part.done; part = await body.read()) {
      clearTimeout(stalled);
      stalled = giveUp();
      onPart(part.value);
    }
  } catch (error) {
    throw error instanceof LoadFailure ? error : new LoadFailure("unreachable", `${url}: ${String(error)}`);
  } finally {
    clearTimeout(stalled);
  }
}

export async function download(url: string, attempt: Attempt, onBytes: (count: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  await arriving(url, attempt, whole, (part) => {
    parts.push(part);
    onBytes(part.length);
  });
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** With its SHA-256 as the engine takes it: the browser's own code computes that in a tenth of the time, and beside the engine. */
export async function downloadHashed(url: string, attempt: Attempt, onBytes: (count: number) => void): Promise<[Uint8Array<ArrayBuffer>, string]> {
  const bytes = await download(url, attempt, onBytes);
  return [bytes, await hashOf(bytes)];
}

export function whole({ body }: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  return body ?? new ReadableStream();
}

/** What an engine threw, or what kept it from coming. */
export function failure(error: unknown): { reason: EngineFailure; message: string } {
  if (error instanceof LoadFailure) return { reason: error.reason, message: error.message };
  const fields: Record<string, unknown> = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
  const message = typeof fields["message"] === "string" ? fields["message"] : String(error);
  if (fields["kind"] === "model_corrupt" || fields["kind"] === "manifest_invalid") return { reason: "corrupt", message };
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return { reason: "unsupported", message };
  return { reason: "crashed", message };
}
