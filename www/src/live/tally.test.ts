import { expect, test } from "vitest";
import type { Tallies } from "../api/types";
import { Ages, OLDEST_MS } from "../lib/ages";
import { Tally, type Delivery, type Shelf } from "./tally";

function made() {
  let next = 1;
  let kept: string | undefined;
  const clocks = { steady: 0, wall: 1_700_000_000_000 };
  const shelf: Shelf = { read: () => (kept === undefined ? undefined : JSON.parse(kept)), write: (reports) => (kept = JSON.stringify(reports)) };
  let pages = 0;
  /** `gone`: when the page before is. */
  const page = (gone = Promise.resolve()) => new Tally(() => `report ${next++}`, new Ages({ steady: () => clocks.steady, wall: () => clocks.wall }), shelf, { id: `page ${(pages += 1)}`, gone: () => gone });
  const pass = (ms: number) => {
    clocks.steady += ms;
    clocks.wall += ms;
  };
  const heard: [string, string, number][] = [];
  const ages: (number | undefined)[] = [];
  const send = (answer: Delivery) => async (deployment: string, { id, faces_seen, age_ms }: Tallies) => {
    heard.push([deployment, id, faces_seen]);
    ages.push(age_ms);
    return answer;
  };
  return { page, pass, heard, ages, send };
}

test("r87, r123: a report whose answer was lost is sent again as it was, and what is counted meanwhile is another's", async () => {
  const { page, heard, send } = made();
  const tally = page();
  tally.faces("pier", 1, 0);
  await tally.deliver(send("unanswered"));
  tally.faces("pier", 1, 1);
  await tally.deliver(send("unanswered"));
  await tally.deliver(send("answered"));
  await tally.deliver(send("answered"));
  expect(heard).toEqual([
    ["pier", "report 1", 1],
    ["pier", "report 1", 1],
    ["pier", "report 1", 1],
    ["pier", "report 2", 1],
  ]);
});

test("counts are told to the deployment in which they arose, in order", async () => {
  const { page, heard, send } = made();
  const tally = page();
  tally.faces("pier", 1, 0);
  tally.faces("gate", 1, 0);
  tally.faces("gate", 2, 1);
  await tally.deliver(send("answered"));
  tally.faces("pier", 1, 0);
  await tally.deliver(send("answered"));
  expect(heard).toEqual([
    ["pier", "report 1", 1],
    ["gate", "report 2", 3],
    ["pier", "report 3", 1],
  ]);
});

test("one report is under way at a time, and nothing is sent where nothing was counted", async () => {
  const { page, heard, send } = made();
  const tally = page();
  await tally.deliver(send("answered"));
  expect(heard).toEqual([]);
  tally.kiosk("pier", "visits");
  let answer: (delivery: Delivery) => void = () => undefined;
  const slow = tally.deliver(() => new Promise((resolve) => (answer = resolve)));
  await tally.deliver(send("answered"));
  expect(heard).toEqual([]);
  answer("answered");
  await slow;
});

test("r123: what was counted before the page was loaded anew is told by the page after, with how long ago that was", async () => {
  const { page, pass, heard, ages, send } = made();
  const before = page();
  before.faces("pier", 1, 0);
  await before.deliver(send("unanswered"));
  pass(5_000);
  before.faces("pier", 2, 0);
  pass(1_000);
  before.leave(send("unanswered"));
  pass(4_000);
  const after = page();
  after.faces("pier", 4, 0);
  await after.deliver(send("answered"));
  await page().deliver(send("answered"));
  expect(heard).toEqual([
    ["pier", "report 1", 1],
    ["pier", "report 1", 1],
    ["pier", "report 2", 2],
    ["pier", "report 1", 1],
    ["pier", "report 2", 2],
    ["pier", "report 3", 4],
  ]);
  expect(ages.slice(1)).toEqual([6_000, 1_000, 10_000, 5_000, 0]);
});

test("r123: a deployment that may not be told of keeps no other's counts waiting", async () => {
  const { page, heard, send } = made();
  const tally = page();
  tally.faces("pier", 1, 0);
  tally.faces("gate", 2, 0);
  tally.faces("pier", 3, 0);
  tally.faces("gate", 4, 0);
  await tally.deliver((deployment, body) => send(deployment === "pier" ? "unanswered" : "answered")(deployment, body));
  expect(heard).toEqual([
    ["pier", "report 1", 1],
    ["gate", "report 2", 2],
    ["gate", "report 4", 4],
  ]);
  heard.length = 0;
  await tally.deliver(send("answered"));
  expect(heard).toEqual([
    ["pier", "report 1", 1],
    ["pier", "report 3", 3],
  ]);
});

test("what nobody took for a day is dropped, and what is younger is kept", async () => {
  const { page, pass, heard, send } = made();
  const tally = page();
  tally.faces("pier", 1, 0);
  await tally.deliver(send("unanswered"));
  pass(OLDEST_MS - 1);
  await tally.deliver(send("unanswered"));
  tally.faces("pier", 2, 0);
  pass(1);
  await tally.deliver(send("unanswered"));
  heard.length = 0;
  await page().deliver(send("answered"));
  expect(heard).toEqual([["pier", "report 2", 2]]);
});

test("r87: a duplicated tab leaves to the tab before what that still adds to, and tells of it once that is gone", async () => {
  const { page, heard, send } = made();
  const tab = page();
  tab.faces("pier", 1, 0);
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const duplicate = page(closed);
  duplicate.faces("pier", 2, 0);
  tab.faces("pier", 4, 0);
  await duplicate.deliver(send("answered"));
  duplicate.leave(send("answered"));
  expect(heard).toEqual([["pier", "report 2", 2]]);
  await tab.deliver(send("answered"));
  expect(heard.at(-1)).toEqual(["pier", "report 1", 5]);
  // Its copy may be older: the server has the number, and takes it no more.
  close();
  await closed;
  await duplicate.deliver(send("answered"));
  expect(heard.at(-1)).toEqual(["pier", "report 1", 1]);
});
