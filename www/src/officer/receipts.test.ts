import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Receipts, type Answer } from "./receipts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function server(...answers: Answer[]) {
  const heard: string[] = [];
  const receipts = new Receipts(async (alert, kind) => {
    heard.push(`${alert} ${kind}`);
    return answers.shift() ?? "kept";
  });
  return { heard, receipts };
}

test("r71: what came up is told once, however often the list is drawn", async () => {
  const { heard, receipts } = server();
  receipts.received(["1", "2"]);
  receipts.received(["1", "2", "3"]);
  await vi.runAllTimersAsync();
  expect(heard).toEqual(["1 received", "2 received", "3 received"]);
});

test("r71: a server that does not answer is told again until it has heard", async () => {
  const { heard, receipts } = server("lost", "lost", "kept");
  receipts.received(["1"]);
  await vi.runAllTimersAsync();
  expect(heard).toEqual(["1 received", "1 received", "1 received"]);
});

test("r67: an alert counts as opened only when the server knows", async () => {
  const { receipts } = server("lost", "kept");
  let known = false;
  void receipts.opened("1").then(() => (known = true));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(known).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(known).toBe(true);
});

test("an alert that is gone is not told of again", async () => {
  const { heard, receipts } = server("gone", "gone");
  receipts.received(["1"]);
  await receipts.opened("1");
  await vi.runAllTimersAsync();
  expect(heard).toEqual(["1 received", "1 opened"]);
});

test("nothing of one person's screen is told in the next one's name", async () => {
  const { heard, receipts } = server("lost");
  receipts.received(["1"]);
  await vi.advanceTimersByTimeAsync(100);
  receipts.forget();
  await vi.runAllTimersAsync();
  expect(heard).toEqual(["1 received"]);
  receipts.received(["1"]);
  await vi.runAllTimersAsync();
  expect(heard).toEqual(["1 received", "1 received"]);
});
