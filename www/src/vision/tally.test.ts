import { expect, test } from "vitest";
import type { Tallies } from "../api/types";
import { Tally, type Delivery } from "./tally";

function made() {
  let next = 1;
  const tally = new Tally(() => `report ${next++}`);
  const heard: [string, string, number][] = [];
  const send = (answer: Delivery) => async (deployment: string, { id, faces_seen }: Tallies) => {
    heard.push([deployment, id, faces_seen]);
    return answer;
  };
  return { tally, heard, send };
}

test("r87, r123: a report whose answer was lost is sent again as it was, and what is counted meanwhile is another's", async () => {
  const { tally, heard, send } = made();
  tally.face(true);
  await tally.deliver("pier", send("unanswered"));
  tally.face(false);
  await tally.deliver("pier", send("unanswered"));
  await tally.deliver("pier", send("answered"));
  await tally.deliver("pier", send("answered"));
  expect(heard).toEqual([
    ["pier", "report 1", 1],
    ["pier", "report 1", 1],
    ["pier", "report 1", 1],
    ["pier", "report 2", 1],
  ]);
});

test("counts are told to the deployment in which they arose, in order, and what is none's to nobody", async () => {
  const { tally, heard, send } = made();
  tally.face(true);
  tally.close("pier");
  tally.face(true);
  tally.face(true);
  await tally.deliver("gate", send("unanswered"));
  expect(heard).toEqual([["pier", "report 1", 1]]);
  await tally.deliver("gate", send("answered"));
  await tally.deliver("gate", send("answered"));
  tally.face(true);
  tally.close(null);
  await tally.deliver("gate", send("answered"));
  expect(heard.slice(1)).toEqual([
    ["pier", "report 1", 1],
    ["gate", "report 2", 2],
  ]);
});

test("one report is under way at a time, and nothing is sent where nothing was counted", async () => {
  const { tally, heard, send } = made();
  await tally.deliver("pier", send("answered"));
  expect(heard).toEqual([]);
  tally.kiosk("visits");
  let answer: (delivery: Delivery) => void = () => undefined;
  const slow = tally.deliver("pier", () => new Promise((resolve) => (answer = resolve)));
  await tally.deliver("pier", send("answered"));
  expect(heard).toEqual([]);
  answer("answered");
  await slow;
});
