import { expect, test } from "vitest";
import { Mailbox } from "./mailbox";

test("a newer item replaces the waiting one, which is disposed of", () => {
  const disposed: number[] = [];
  const mailbox = new Mailbox<number>((item) => disposed.push(item));
  mailbox.put(1);
  mailbox.put(2);
  mailbox.put(3);
  expect(disposed).toEqual([1, 2]);
  expect(mailbox.replaced).toBe(2);
  expect(mailbox.take()).toBe(3);
  expect(mailbox.take()).toBeUndefined();
});

test("what was taken belongs to the taker and is not disposed of", () => {
  const disposed: number[] = [];
  const mailbox = new Mailbox<number>((item) => disposed.push(item));
  mailbox.put(1);
  mailbox.take();
  mailbox.put(2);
  expect(disposed).toEqual([]);
});

test("clearing disposes of what waits, once", () => {
  const disposed: number[] = [];
  const mailbox = new Mailbox<number>((item) => disposed.push(item));
  mailbox.put(1);
  mailbox.clear();
  mailbox.clear();
  expect(disposed).toEqual([1]);
});
