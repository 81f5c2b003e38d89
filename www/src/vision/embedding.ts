/**
 * The worker beside the vision worker, which has the embedder: an aligned face becomes numbers there while the next frames are
 * looked at here. It knows no deployment and asks the server for nothing but the model. [`Beside`] is the vision worker's end of it.
 */
import init, { Embedding } from "./wasm/vedette.js";
import { downloadHashed, failure, LoadFailure } from "./download";
import type { EngineFailure } from "./protocol";

/** The name by which a worker knows that it is this one. */
export const EMBEDDING = "embedding";

type Model = { url: string; manifest: string; cache: RequestCache };

export type ToEmbedding =
  | ({ kind: "load" } & Model)
  /** As it was compiled and compared in the vision worker. */
  | { kind: "code"; code: WebAssembly.Module }
  /** What was measured of the inner loops there. */
  | { kind: "prepare"; measurements: Float64Array }
  | { kind: "embed"; rgb: Uint8Array<ArrayBuffer> }
  | { kind: "wipe" }
  /** The same, and what is still on its way is given up. */
  | { kind: "close" };

/** `done`: the code is there and the model is read; or it is prepared; or wiped. After `failed` it can't be trusted with anything. */
export type FromEmbedding =
  | { kind: "here" }
  | { kind: "arrived"; bytes: number }
  | { kind: "done" }
  | { kind: "embedding"; values: Float32Array<ArrayBuffer> }
  | { kind: "failed"; reason: EngineFailure; message: string };

export function serveEmbeddings(): void {
  const post = (message: FromEmbedding, handedOver: Transferable[] = []) => postMessage(message, { transfer: handedOver });
  const over = new AbortController();
  let ready: Promise<unknown> = Promise.resolve();
  let file: ReturnType<typeof downloadHashed> | undefined;
  let manifest = "";
  let embedding: Embedding | undefined;
  const made = () => {
    if (embedding === undefined) throw new Error("the embedder is not loaded");
    return embedding;
  };
  const read = async (code: WebAssembly.Module) => {
    await init({ module_or_path: code });
    if (file !== undefined) embedding = new Embedding(manifest, ...(await file));
    file = undefined;
    post({ kind: "done" });
  };
  const answer = (question: ToEmbedding): unknown => {
    switch (question.kind) {
      case "load":
        ({ manifest } = question);
        file = downloadHashed(question.url, { cache: question.cache, over }, (count) => post({ kind: "arrived", bytes: count }));
        // Told where it is waited for.
        file.catch(() => undefined);
        return undefined;
      case "code":
        return read(question.code);
      case "prepare":
        made().prepare(question.measurements);
        return post({ kind: "done" });
      case "embed": {
        try {
          const values = made().embed(question.rgb) as Float32Array<ArrayBuffer>;
          return post({ kind: "embedding", values }, [values.buffer]);
        } finally {
          question.rgb.fill(0);
        }
      }
      case "wipe":
      case "close":
        embedding?.wipe();
        return post({ kind: "done" });
    }
  };
  onmessage = ({ data }: MessageEvent<ToEmbedding>) => {
    if (data.kind === "close") over.abort();
    ready = ready.then(() => answer(data)).catch((error: unknown) => post({ kind: "failed", ...failure(error) }));
  };
  post({ kind: "here" });
}

/** One that hasn't said by then that it is here is done without. */
const SILENT_MS = 5_000;
/** One that hasn't embedded a face by then never will: the slowest tablet takes a tenth of it. */
const EMBEDS_WITHIN_MS = 10_000;
/** Longest wait of one that is let go. */
const WIPES_WITHIN_MS = 1_000;

type Answer = { resolve: (values: Float32Array<ArrayBuffer>) => void; reject: (error: LoadFailure) => void };

export class Beside {
  /** It stopped, whoever waits for it or not. */
  onFailure: ((failure: LoadFailure) => void) | undefined;
  readonly #here: Promise<boolean>;
  readonly #worker: Worker;
  /** In the order in which they are answered. */
  readonly #waiting: Answer[] = [];
  #failed: LoadFailure | undefined;
  #arrived: (bytes: number) => void = () => undefined;

  /** Nothing where workers have none of their own, or it doesn't come. */
  static async employ(source: string): Promise<Beside | undefined> {
    if (typeof Worker === "undefined") return undefined;
    try {
      const beside = new Beside(new Worker(source, { type: "module", name: EMBEDDING }));
      if (await beside.#here) return beside;
      void beside.close();
    } catch {
      // A browser may forbid what it knows.
    }
    return undefined;
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#here = new Promise((tell) => {
      const silent = setTimeout(() => tell(false), SILENT_MS);
      worker.onmessage = ({ data }: MessageEvent<FromEmbedding>) => {
        clearTimeout(silent);
        tell(true);
        this.#receive(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        clearTimeout(silent);
        tell(false);
        this.#fail(new LoadFailure("crashed", event.message));
      };
    });
  }

  /** The model comes, and is read, while the code is compiled and the loops are measured. */
  async read(model: Model, code: Promise<WebAssembly.Module>, arrived: (bytes: number) => void): Promise<void> {
    this.#arrived = arrived;
    this.#post({ kind: "load", ...model });
    await this.#ask({ kind: "code", code: await code });
  }

  /** Ready for the first face, once it is read. */
  async prepare(measurements: Float64Array): Promise<void> {
    await this.#ask({ kind: "prepare", measurements });
  }

  /** Of an aligned face, which is handed over. */
  async embed(rgb: Uint8Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>> {
    const late = this.#patience(EMBEDS_WITHIN_MS);
    try {
      return await this.#ask({ kind: "embed", rgb }, [rgb.buffer]);
    } finally {
      clearTimeout(late.timer);
      // Where it was not handed over.
      if (rgb.length > 0) rgb.fill(0);
    }
  }

  /** Overwrites what is left of the last face. */
  async wipe(): Promise<void> {
    await this.#ask({ kind: "wipe" });
  }

  /** The same, and ends it. */
  async close(): Promise<void> {
    const late = new Promise((over) => setTimeout(over, WIPES_WITHIN_MS));
    await Promise.race([this.#ask({ kind: "close" }), late]).catch(() => undefined);
    this.#worker.terminate();
    this.#fail(new LoadFailure("crashed", "the embedder was closed"));
  }

  /** Fails after a while, and a moment: of a tablet that slept, the time was over before anybody could answer. */
  #patience(ms: number): { timer: ReturnType<typeof setTimeout> } {
    const fail = () => this.#fail(new LoadFailure("crashed", "the embedder doesn't answer"));
    const late = { timer: setTimeout(() => (late.timer = setTimeout(fail, WIPES_WITHIN_MS)), ms) };
    return late;
  }

  #post(question: ToEmbedding, handedOver: Transferable[] = []): void {
    this.#worker.postMessage(question, handedOver);
  }

  #ask(question: ToEmbedding, handedOver: Transferable[] = []): Promise<Float32Array<ArrayBuffer>> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#post(question, handedOver);
    });
  }

  #receive(answer: FromEmbedding): void {
    if (answer.kind === "arrived") this.#arrived(answer.bytes);
    else if (answer.kind === "failed") this.#fail(new LoadFailure(answer.reason, answer.message));
    else if (answer.kind !== "here") this.#waiting.shift()?.resolve(answer.kind === "embedding" ? answer.values : new Float32Array());
  }

  #fail(failure: LoadFailure): void {
    if (this.#failed !== undefined) return;
    this.#failed = failure;
    this.onFailure?.(failure);
    for (const { reject } of this.#waiting.splice(0)) reject(failure);
  }
}
