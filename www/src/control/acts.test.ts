import { expect, test } from "vitest";
import { dayAndTime } from "../lib/time";
import { actText, isCancelled } from "./acts";

const at = "2027-03-01T14:05:00Z";
const petra = { id: "p", name: "Petra Novak" };

test("r87: who paused is said with the time and the reason, and what the server did is nobody's", () => {
  expect(actText({ what: "paused", at, by: petra, reason: "A crowd of children" })).toBe(`Paused by Petra Novak, ${dayAndTime(at)}: A crowd of children`);
  expect(actText({ what: "ended", at, by: petra, reason: null })).toBe(`Ended by Petra Novak, ${dayAndTime(at)}`);
  expect(actText({ what: "ended", at, by: null, reason: null })).toBe(`Ended by itself, ${dayAndTime(at)}`);
  expect(actText({ what: "paused", at, by: null, reason: null })).toContain("because of false alerts");
  expect(actText({ what: "resumed", at, by: { id: "p", name: null }, reason: null })).not.toContain("null");
});

test("what somebody ended before it was live was cancelled", () => {
  const act = (what: "started" | "ended") => ({ what, at, by: petra, reason: null });
  const ended = (reason: "by_person" | "time", ...course: ReturnType<typeof act>[]) => isCancelled({ state: { kind: "ended", ended_at: at, reason }, course });
  expect(ended("by_person", act("ended"))).toBe(true);
  expect(ended("by_person", act("started"), act("ended"))).toBe(false);
  expect(ended("time", act("ended"))).toBe(false);
  // Whoever may not know its course is told what it has become.
  expect(ended("by_person")).toBe(false);
});
