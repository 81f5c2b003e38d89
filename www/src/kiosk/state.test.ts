import { expect, test } from "vitest";
import { strings } from "../strings";
import type { Sent } from "../vision/protocol";
import { FINISH_MS, MOST_ATTEMPTS, NOBODY_MS, STAFFED_MS, THANKS_MS, WELCOME, saidOf, step, type Counted, type Event, type Stage } from "./state";

function after(events: Event[], from: Stage = WELCOME): { stage: Stage; counted: Counted[] } {
  const counted: Counted[] = [];
  let stage = from;
  for (const event of events) {
    const next = step(stage, event);
    stage = next.stage;
    if (next.counted !== undefined) counted.push(next.counted);
  }
  return { stage, counted };
}

const look = (kind: "passed" | "asking" | "failed", now: number): Event => ({
  kind: "look",
  now,
  standing: kind === "asking" ? { kind, ask: "ahead" } : kind === "failed" ? { kind, fault: "late" } : { kind },
});
const answered = (matched: boolean): Event => ({ kind: "sent", outcome: { kind: "answered", matched } });
const passed: Event[] = [{ kind: "start", now: 0 }, look("asking", 100), look("passed", 1_000)];

test("r120 whoever matches sees the same screens at the same moments as whoever doesn't", () => {
  const course = (matched: boolean, answeredAt: number) =>
    Array.from({ length: 120 }, (_, tick) => tick * 100).map((now) => {
      const before = now + 1_000 >= answeredAt ? [answered(matched)] : [];
      const ticks = Array.from({ length: now / 100 }, (_, n): Event => ({ kind: "time", now: 1_000 + n * 100 }));
      return after([...passed, ...before, ...ticks]).stage.kind;
    });
  expect(course(true, 3_900)).toEqual(course(false, 1_010));
  expect(new Set(course(true, 2_000))).toEqual(new Set(["finishing", "thanks", "welcome"]));
});

test("r120 the end screen comes after a time of its own and goes by itself", () => {
  const { stage } = after([...passed, answered(false), { kind: "time", now: 1_000 + FINISH_MS - 1 }]);
  expect(stage.kind).toBe("finishing");
  const thanks = after([...passed, answered(false), { kind: "time", now: 1_000 + FINISH_MS }]);
  expect(thanks).toEqual({ stage: { kind: "thanks", since: 1_000 + FINISH_MS }, counted: [{ outcome: "answered", staffed: false }] });
  expect(step(thanks.stage, { kind: "time", now: 1_000 + FINISH_MS + THANKS_MS }).stage).toEqual(WELCOME);
});

test("r123 three attempts that come to nothing lead to the staffed lane, each counted once", () => {
  let stage = WELCOME;
  const counted: Counted[] = [];
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const next = after([{ kind: "start", now: 0 }, look("failed", 100), look("failed", 200)], stage);
    stage = next.stage;
    counted.push(...next.counted);
  }
  expect(stage).toEqual({ kind: "staffed", chosen: false, since: 100 });
  expect(counted).toEqual([1, 2, 3].map((attempt) => ({ outcome: "unproven", staffed: attempt === 3 })));
  expect(step(stage, { kind: "time", now: 100 + STAFFED_MS }).stage).toEqual(WELCOME);
});

test("r123 the count begins again with the next person", () => {
  const { stage } = after([{ kind: "start", now: 0 }, look("failed", 1), { kind: "home" }, { kind: "start", now: 2 }]);
  expect(stage).toMatchObject({ kind: "capturing", attempt: 1 });
});

test("whoever walks away is not waited for and not counted as a failure", () => {
  const { stage, counted } = after([{ kind: "start", now: 0 }, look("asking", 500), { kind: "time", now: 500 + NOBODY_MS }]);
  expect(stage).toEqual(WELCOME);
  expect(counted).toEqual([{ outcome: "left", staffed: false }]);
});

test("a server that does not answer sends to the staffed lane at once, and nobody is said to have passed", () => {
  const silent: Sent = { kind: "unreachable" };
  const { stage, counted } = after([...passed, { kind: "sent", outcome: silent }, { kind: "time", now: 1_000 + FINISH_MS }]);
  expect(stage.kind).toBe("staffed");
  expect(counted).toEqual([{ outcome: "unclear", staffed: true }]);
});

test("another face after the turns is no pass", () => {
  expect(after([...passed, look("failed", 1_200)]).counted).toEqual([{ outcome: "unproven", staffed: false }]);
});

test("r124 an attempt that comes to nothing says what stood in the way when it did, and shows the turn that was asked", () => {
  const asked = (now: number, hint?: "too_dark" | "nobody"): Event => ({ kind: "look", now, standing: { kind: "asking", ask: "left" }, hint });
  const failed = (fault: "late" | "gone"): Event => ({ kind: "look", now: 900, standing: { kind: "failed", fault } });
  const start: Event = { kind: "start", now: 0 };
  expect(after([start, asked(500), failed("late")]).stage).toMatchObject({ kind: "again", why: "little_left", ask: "left" });
  expect(after([start, asked(500), failed("gone")]).stage).toMatchObject({ why: "lost" });
  // Seen until the attempt's time was over, and what stood in the way then.
  const lasted = Array.from({ length: 31 }, (_, second) => asked(1_000 * second, "too_dark"));
  expect(after([start, ...lasted, { kind: "time", now: 30_000 }]).stage).toMatchObject({ why: "too_dark" });
});

test("r124 an attempt that ends before a turn was asked says nothing of turns, and one that ends after does", () => {
  const course = (...asks: ("ahead" | "left")[]): Event[] => [
    { kind: "start", now: 0 },
    ...Array.from({ length: 30 }, (_, second): Event => ({ kind: "look", now: 1_000 * second, standing: { kind: "asking", ask: asks[second] ?? "ahead" }, hint: "turned" })),
    { kind: "time", now: 30_000 },
  ];
  expect(after(course()).stage).toMatchObject({ kind: "again", why: "ahead" });
  expect(after(course("ahead", "left")).stage).toMatchObject({ kind: "again", why: "late" });
  expect(after([...course("ahead", "left"), ...course()]).stage).toMatchObject({ kind: "again", why: "ahead" });
});

test("the public's screen tells nobody what happened in a deployment that stands still", () => {
  for (const why of ["paused", "false_alerts", "nobody_responsible"] as const) expect(saidOf(why)).toBe("held");
  for (const why of ["not_started", "ended", "server", "camera_busy", "engine"] as const) expect(saidOf(why)).toBe(why);
  for (const text of Object.values(strings.kiosk.closed.why)) expect(text).not.toMatch(/false alert|pause|responsible/i);
});
