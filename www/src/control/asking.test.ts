import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inOrder, keepAsking } from "./asking";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("an answer to an earlier question is no news once a later one is answered, or something newer is known", () => {
  const questions = inOrder();
  const [first, second] = [questions.next(), questions.next()];
  expect([questions.isNews(second), questions.isNews(first)]).toEqual([true, false]);
  const third = questions.next();
  questions.overtake();
  expect([questions.isNews(third), questions.isNews(questions.next())]).toEqual([false, true]);
});

test("one question is asked after the other, however long the answer takes and whoever asks for one meanwhile", async () => {
  const waits: (() => void)[] = [];
  let pause = 3_000;
  const asking = keepAsking(() => new Promise<void>((done) => waits.push(done)), () => pause);
  const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  await after(2_999);
  expect(waits).toHaveLength(0);
  await after(1);
  expect(waits).toHaveLength(1);
  await after(15_000);
  asking.now();
  expect(waits).toHaveLength(1);
  pause = 10_000;
  waits[0]?.();
  await after(9_999);
  expect(waits).toHaveLength(1);
  asking.now();
  expect(waits).toHaveLength(2);
  await after(20_000);
  expect(waits).toHaveLength(2);
  asking.stop();
  waits[1]?.();
  await after(20_000);
  asking.now();
  expect(waits).toHaveLength(2);
});
