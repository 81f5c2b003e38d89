import { beforeEach, expect, test, vi } from "vitest";
import type { FromEmbedding, ToEmbedding } from "./embedding";

/** What the engine's code was asked, in order. */
const asked: string[] = [];
vi.mock("./wasm/vedette.js", () => ({
  default: async () => asked.push("init"),
  Embedding: class {
    constructor(manifest: string, bytes: Uint8Array, sha256: string) {
      asked.push(`${manifest} ${String(bytes.length)} ${sha256.slice(0, 8)}`);
    }
    prepare(measurements: Float64Array) {
      asked.push(`prepare ${String(measurements.length)}`);
    }
    embed([first]: Uint8Array) {
      if (first === 0) throw new Error("a black face");
      return Float32Array.of(first ?? 0);
    }
    wipe() {
      asked.push("wipe");
    }
  },
}));
const { Beside, serveEmbeddings } = await import("./embedding");

const model = { url: "/models/sface.onnx", manifest: "manifest", cache: "default" as const };
const code = Promise.resolve({} as WebAssembly.Module);
/** The worker that was made last, with what it is told and says. */
let worker: { heard: ToEmbedding[]; say(message: FromEmbedding): void; break(): void; terminated: boolean };
let bornTo: (made: typeof worker) => void;

beforeEach(() => {
  asked.length = 0;
  bornTo = (made) => made.say({ kind: "here" });
  vi.stubGlobal(
    "Worker",
    class {
      onmessage: ((event: { data: FromEmbedding }) => void) | undefined;
      onerror: ((event: { message: string; preventDefault(): void }) => void) | undefined;
      constructor() {
        worker = {
          heard: [],
          terminated: false,
          say: (data) => this.onmessage?.({ data }),
          break: () => this.onerror?.({ message: "no such file", preventDefault: () => undefined }),
        };
        const made = worker;
        queueMicrotask(() => bornTo(made));
      }
      postMessage(message: ToEmbedding, transfer: Transferable[]) {
        // What is handed over is gone here, as in a browser.
        worker.heard.push(message.kind === "code" ? message : structuredClone(message, { transfer }));
      }
      terminate() {
        worker.terminated = true;
      }
    },
  );
});

async function employed(): Promise<NonNullable<Awaited<ReturnType<typeof Beside.employ>>>> {
  const beside = await Beside.employ("/worker.js");
  if (beside === undefined) throw new Error("nobody came");
  return beside;
}

test("where no other worker comes there is none", async () => {
  bornTo = (made) => made.break();
  expect(await Beside.employ("/worker.js")).toBeUndefined();
  await vi.waitFor(() => expect(worker.terminated).toBe(true));
  vi.stubGlobal("Worker", undefined);
  expect(await Beside.employ("/worker.js")).toBeUndefined();
});

test("one that says nothing is done without", async () => {
  vi.useFakeTimers();
  bornTo = () => undefined;
  const coming = Beside.employ("/worker.js");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await coming).toBeUndefined();
  vi.useRealTimers();
});

test("answers are those of the questions, in their order", async () => {
  const beside = await employed();
  const arrived: number[] = [];
  const reading = beside.read(model, code, (bytes) => arrived.push(bytes));
  await Promise.resolve();
  const preparing = beside.prepare(Float64Array.of(1, 2));
  await vi.waitFor(() => expect(worker.heard.map(({ kind }) => kind)).toEqual(["load", "code", "prepare"]));
  worker.say({ kind: "arrived", bytes: 7 });
  worker.say({ kind: "done" });
  worker.say({ kind: "done" });
  await Promise.all([reading, preparing]);
  expect(arrived).toEqual([7]);
  const both = [beside.embed(Uint8Array.of(1)), beside.embed(Uint8Array.of(2))];
  worker.say({ kind: "embedding", values: Float32Array.of(1) });
  worker.say({ kind: "embedding", values: Float32Array.of(2) });
  expect(await Promise.all(both)).toEqual([Float32Array.of(1), Float32Array.of(2)]);
});

test("what it fails of is told to everybody who waits, and to whoever asks afterwards", async () => {
  const beside = await employed();
  const both = [beside.embed(Uint8Array.of(1)), beside.embed(Uint8Array.of(2))];
  beside.onFailure = vi.fn();
  worker.say({ kind: "failed", reason: "corrupt", message: "other bytes" });
  for (const one of [...both, beside.embed(Uint8Array.of(3))]) await expect(one).rejects.toMatchObject({ reason: "corrupt" });
  expect(beside.onFailure).toHaveBeenCalledOnce();
});

test("one that is let go overwrites what it has, unless it doesn't answer", async () => {
  vi.useFakeTimers();
  const answering = await employed();
  const closing = answering.close();
  expect(worker.heard.map(({ kind }) => kind)).toEqual(["close"]);
  expect(worker.terminated).toBe(false);
  worker.say({ kind: "done" });
  await closing;
  expect(worker.terminated).toBe(true);
  const silent = await employed();
  void silent.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(worker.terminated).toBe(true);
  vi.useRealTimers();
});

test("a face that is never embedded fails it, after a while and a moment", async () => {
  vi.useFakeTimers();
  const beside = await employed();
  const embedding = beside.embed(Uint8Array.of(1));
  const failed = vi.fn();
  embedding.catch(failed);
  await vi.advanceTimersByTimeAsync(10_500);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(failed).toHaveBeenCalledWith(expect.objectContaining({ reason: "crashed" }));
  vi.useRealTimers();
});

test("the worker reads the model as it comes, and does what it is asked in order; a face is overwritten, whatever came of it", async () => {
  const said: FromEmbedding[] = [];
  const scope = { onmessage: undefined as ((event: { data: ToEmbedding }) => void) | undefined };
  vi.stubGlobal("postMessage", (message: FromEmbedding) => said.push(message));
  vi.stubGlobal("fetch", async () => new Response(new Uint8Array(9)));
  Object.defineProperty(globalThis, "onmessage", { configurable: true, set: (listen: typeof scope.onmessage) => (scope.onmessage = listen) });
  serveEmbeddings();
  const [face, black] = [Uint8Array.of(5), Uint8Array.of(0, 9)];
  const questions: ToEmbedding[] = [{ kind: "load", ...model }, { kind: "code", code: await code }, { kind: "prepare", measurements: Float64Array.of(1, 2) }, { kind: "embed", rgb: face }, { kind: "wipe" }, { kind: "embed", rgb: black }];
  for (const data of questions) scope.onmessage?.({ data });
  await vi.waitFor(() => expect(said.at(-1)?.kind).toBe("failed"));
  expect(asked).toEqual(["init", "manifest 9 3e7077fd", "prepare 2", "wipe"]);
  expect(said).toMatchObject([{ kind: "here" }, { kind: "arrived", bytes: 9 }, { kind: "done" }, { kind: "done" }, { kind: "embedding" }, { kind: "done" }, { kind: "failed", reason: "crashed" }]);
  expect([face, black]).toEqual([Uint8Array.of(0), Uint8Array.of(0, 0)]);
});

test("a worker that is let go gives up the model that is on its way", async () => {
  const said: FromEmbedding[] = [];
  let listen: ((event: { data: ToEmbedding }) => void) | undefined;
  vi.stubGlobal("postMessage", (message: FromEmbedding) => said.push(message));
  const fetched = vi.fn((_url: string, { signal }: RequestInit) => new Promise<Response>((_, fail) => signal?.addEventListener("abort", () => fail(new Error("aborted")))));
  vi.stubGlobal("fetch", fetched);
  Object.defineProperty(globalThis, "onmessage", { configurable: true, set: (to: typeof listen) => (listen = to) });
  serveEmbeddings();
  const questions: ToEmbedding[] = [{ kind: "load", ...model }, { kind: "code", code: await code }];
  for (const data of questions) listen?.({ data });
  await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
  listen?.({ data: { kind: "close" } });
  await vi.waitFor(() => expect(said.map(({ kind }) => kind)).toEqual(["here", "failed", "done"]));
  expect(fetched.mock.calls[0]?.[1].signal?.aborted).toBe(true);
});
