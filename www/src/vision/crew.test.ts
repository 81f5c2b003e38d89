import { expect, test } from "vitest";
import { Crew, wanted, type Hand } from "./crew";
import type { EngineState, FromWorker, PhotoResult } from "./protocol";

const READY: EngineState = { kind: "ready", simd: "", space: { model: "m", pipeline: 1 } };
const FAILED: EngineState = { kind: "failed", reason: "crashed", message: "" };
const UNREADABLE: PhotoResult = { kind: "unreadable" };
const photo = new Blob(["p"]);

class Worker implements Hand {
  readonly working: ((result: PhotoResult) => void)[] = [];
  loads = 0;
  closed = false;
  constructor(readonly say: (message: FromWorker) => void) {}
  become(state: EngineState): void {
    this.say({ kind: "engine", state });
  }
  encode(): Promise<PhotoResult> {
    return new Promise((done) => this.working.push(done));
  }
  async faces() {
    return [];
  }
  load(): void {
    this.loads += 1;
  }
  close(): void {
    this.closed = true;
  }
}

function crewOf(count: number): { crew: Crew; workers: Worker[] } {
  const workers: Worker[] = [];
  const crew = new Crew((listen) => {
    const made = new Worker(listen);
    workers.push(made);
    return made;
  }, () => undefined);
  crew.hire(count);
  return { crew, workers };
}

const settled = () => new Promise((done) => setTimeout(done));

test("a few photographs and few cores have one worker, and a core stays free", () => {
  expect(wanted(10_000, 1)).toBe(1);
  expect(wanted(10_000, 2)).toBe(1);
  expect(wanted(10_000, 4)).toBe(3);
  expect(wanted(10_000, 64)).toBe(3);
  expect(wanted(20, 8)).toBe(1);
  expect(wanted(0, 8)).toBe(1);
});

test("each worker looks at one photograph at a time, and who is free takes the next", async () => {
  const { crew, workers } = crewOf(2);
  const [first, second] = workers as [Worker, Worker];
  const results = [crew.encode(photo), crew.encode(photo), crew.encode(photo)];
  await settled();
  expect([first.working.length, second.working.length]).toEqual([0, 0]);
  first.become(READY);
  second.become(READY);
  await settled();
  expect([first.working.length, second.working.length]).toEqual([1, 1]);
  second.working[0]?.(UNREADABLE);
  await settled();
  expect([first.working.length, second.working.length]).toEqual([1, 2]);
  for (const done of [...first.working, ...second.working]) done(UNREADABLE);
  expect(await Promise.all(results)).toEqual([UNREADABLE, UNREADABLE, UNREADABLE]);
});

test("what one that was hired can't finish another does, and its failure is nobody's", async () => {
  const { crew, workers } = crewOf(2);
  const [first, second] = workers as [Worker, Worker];
  second.become(READY);
  const result = crew.encode(photo);
  await settled();
  second.become(FAILED);
  second.working[0]?.(UNREADABLE);
  await settled();
  expect([second.closed, crew.failure()]).toEqual([true, undefined]);
  first.become(READY);
  await settled();
  first.working[0]?.({ kind: "no_seed" });
  expect(await result).toEqual({ kind: "no_seed" });
});

test("the first one's failure ends the waiting, says nothing of the photograph, and is mended by loading again", async () => {
  const { crew, workers } = crewOf(1);
  const [first] = workers as [Worker];
  const waiting = crew.encode(photo);
  first.become(FAILED);
  expect(await waiting).toBeUndefined();
  expect(crew.failure()).toBe("crashed");
  crew.revive();
  expect([first.loads, crew.failure()]).toEqual([1, undefined]);
});

test("who was hired is let go after the work, and all are on leaving", async () => {
  const { crew, workers } = crewOf(3);
  crew.release();
  expect(workers.map(({ closed }) => closed)).toEqual([false, true, true]);
  const waiting = crew.encode(photo);
  crew.close();
  expect(await waiting).toBeUndefined();
  expect(workers.map(({ closed }) => closed)).toEqual([true, true, true]);
});
