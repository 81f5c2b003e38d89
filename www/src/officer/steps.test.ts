import { describe, expect, test } from "vitest";
import type { Alert } from "../api/types";
import { conflicts } from "./conflict";
import { ADA, alert, BOB, decided, receipt } from "./sample";
import { calledOff, callFor, followedOf, heardBy, isEscalated, isNews, isTold, isUnrecorded, matchOf, matchesOf, mayTell, queue, stepOf, type Screen, type Viewer } from "./steps";

const SIGHT = "2026-11-23T10:02:00Z";
const ada: Viewer = { user: ADA.id, twoPeople: true };
const bob: Viewer = { user: BOB.id, twoPeople: true };
const alone: Viewer = { user: ADA.id, twoPeople: false };

const face = (...alerts: Alert[]) => {
  const [conflict] = conflicts(alerts);
  if (conflict === undefined) throw new Error("no face");
  return conflict;
};
const step = (alerts: Alert[], viewer: Viewer) => stepOf(face(...alerts), viewer).kind;
const sight = (verdict: "confirmed" | "not_confirmed") => decided("1", "t", "true", undefined, { sight: { verdict, by: BOB, at: SIGHT } });
const engaged = decided("1", "t", "true", undefined, {
  engagement: { by: BOB, at: SIGHT, outcome: { kind: "lost" }, officers: [], note: null, observed: false },
});

describe("r64: two people", () => {
  test("an open alert asks everybody for a decision", () => {
    expect([ada, bob, alone].map((viewer) => step([alert("1", "t")], viewer))).toEqual(["decide", "decide", "decide"]);
  });

  test("whoever decided waits, and everybody else may confirm", () => {
    const match = [decided("1", "t", "true")];
    expect(step(match, ada)).toBe("await_second");
    expect(step(match, bob)).toBe("confirm");
  });

  test("nobody is engaged before the second has confirmed, and nobody after the second has not", () => {
    expect([ada, bob].map((viewer) => step([sight("confirmed")], viewer))).toEqual(["engage", "engage"]);
    expect([ada, bob].map((viewer) => step([sight("not_confirmed")], viewer))).toEqual(["done", "done"]);
  });

  test("where one person is enough, the decision opens the engagement", () => {
    expect(step([decided("1", "t", "true")], alone)).toBe("engage");
  });

  test("nothing follows a verdict that it is not this person, nor one that came too late, nor what was recorded", () => {
    const lapsed = alert("1", "t", { state: { kind: "not_adjudicated", at: SIGHT } });
    for (const viewer of [ada, bob, alone]) {
      for (const last of [decided("1", "t", "false"), decided("1", "t", "inconclusive"), lapsed, engaged]) expect(step([last], viewer)).toBe("done");
    }
  });

  test("of several entries the one that it is goes on, and a face in question again is decided first", () => {
    const two = [decided("1", "t", "false"), decided("2", "t", "true")];
    expect(stepOf(face(...two), bob)).toMatchObject({ kind: "confirm", alert: { id: "2" } });
    expect(step([...two, alert("3", "t")], bob)).toBe("decide");
  });
});

describe("r21: somebody who is taken off the list", () => {
  const off = { at: SIGHT, by: BOB, why: "removed" } as const;
  const withdrawn = (id: string) => alert(id, "t", { state: { kind: "withdrawn", ...off } });

  test("asks nobody for anything, unless the face is like somebody who is still on it", () => {
    for (const viewer of [ada, bob, alone]) {
      expect(step([withdrawn("1"), withdrawn("2")], viewer)).toBe("withdrawn");
      expect(step([withdrawn("1"), alert("2", "t")], viewer)).toBe("decide");
      expect(step([withdrawn("1"), decided("2", "t", "false")], viewer)).toBe("done");
    }
    expect(queue(conflicts([withdrawn("1")]), ada)).toEqual([]);
  });

  test("is confirmed by nobody, and what came of it is still written down", () => {
    const match = decided("1", "t", "true", undefined, { withdrawn: off });
    expect([ada, bob, alone].map((viewer) => step([match], viewer))).toEqual(["engage", "engage", "engage"]);
    expect([match].flatMap((one) => matchOf(face(one)) ?? []).map((one) => mayTell(one, BOB.id))).toEqual([true]);
  });

  const opened = (one: Alert, device = "Tablet 1", user = ADA) => ({ ...one, receipts: [receipt(user, device, SIGHT)] });
  const screen = (more: Partial<Screen> = {}): Screen => ({ user: ADA.id, device: "Tablet 1", last: undefined, ...more });
  const NONE = new Set<string>();

  test("is told apart on the screen on which they were opened, also once it is loaded anew, until it is put away", () => {
    const told = (one: Alert, on: Screen, away = NONE) => isTold(face(one), stepOf(face(one), ada), on, away);
    const one = withdrawn("1");
    expect(told(opened(one), screen())).toBe(true);
    expect([told(one, screen()), told({ ...one, receipts: [receipt(ADA, "Tablet 1")] }, screen())]).toEqual([false, false]);
    expect([told(opened(one, "Tablet 2"), screen()), told(opened(one, "Tablet 1", BOB), screen())]).toEqual([false, false]);
    expect(told(opened(one), screen(), new Set([face(one).key]))).toBe(false);
    // That it was opened may still be on its way to the server.
    expect(told(one, screen({ last: face(one).key }))).toBe(true);
    expect(told(opened(alert("1", "t")), screen())).toBe(false);
  });

  test("calls whoever opened the alert, decided or not, until it is put away or written down", () => {
    const called = (one: Alert, away = NONE) => calledOff([face(one)], ada, screen(), away);
    const match = (more = {}) => opened(decided("1", "t", "true", undefined, { withdrawn: off, ...more }));
    expect([called(opened(withdrawn("1"))), called(match())]).toEqual([["1"], ["1"]]);
    expect([called(withdrawn("1")), called(opened(withdrawn("1")), new Set([face(withdrawn("1")).key]))]).toEqual([[], []]);
    const { engagement } = engaged.state as { engagement: object };
    expect([called(match({ engagement })), called(match({ sight: { verdict: "not_confirmed", by: BOB, at: SIGHT } }))]).toEqual([[], []]);
    expect([called(opened(alert("1", "t"))), called(opened(decided("1", "t", "true")))]).toEqual([[], []]);
  });
});

describe("what was answered here", () => {
  const open = alert("1", "t");
  const match = decided("1", "t", "true");
  const key = face(open).key;

  test("stays in its place while something follows, and no longer", () => {
    for (const [last, follows] of [[match, true], [sight("confirmed"), true], [sight("not_confirmed"), false], [engaged, false], [decided("1", "t", "false"), false]] as const) {
      expect(followedOf([face(last)], undefined, key, ada) === key, last.state.kind).toBe(follows);
    }
  });

  test("gives way to what is opened, and to nothing being answered", () => {
    const faces = [face(match), face(alert("2", "u"))];
    expect(followedOf(faces, queue(faces, ada)[0], key, ada)).toBeUndefined();
    expect(followedOf(faces, undefined, undefined, ada)).toBeUndefined();
  });
});

describe("r72: what came of a match", () => {
  test("can be written down by whoever is the first, and put right by the same one", () => {
    const all = [alert("1", "t"), decided("2", "u", "false"), decided("3", "v", "true"), { ...sight("confirmed"), id: "4" }, { ...sight("not_confirmed"), id: "5" }, { ...engaged, id: "6" }];
    const writable = (user: string) => all.flatMap((one) => matchOf(face(one)) ?? []).filter((match) => mayTell(match, user)).map(({ id }) => id);
    expect(writable(BOB.id)).toEqual(["3", "4", "6"]);
    expect(writable(ADA.id)).toEqual(["3", "4"]);
    // What is half written is shown to its writer also where somebody else was quicker.
    expect(matchesOf(all)).toEqual(["3", "4", "5", "6"]);
  });
});

describe("r72: after the end", () => {
  const unrecorded = (match: Alert, user: string) => isUnrecorded(matchOf(face(match))!, user);
  const contact = { started_at: SIGHT, minutes: 2, explanation_given: true, leaflet_given: true, force_used: false, complaint: false, disposal: "no_further_action" as const };
  const mistaken = (observed: boolean) =>
    decided("1", "t", "true", undefined, {
      engagement: { by: BOB, at: SIGHT, outcome: { kind: "engaged_false", contact }, officers: [], note: null, observed },
    });

  test("what came of a match can be written down by anybody, once", () => {
    expect([ADA, BOB].map(({ id }) => unrecorded(sight("confirmed"), id))).toEqual([true, true]);
    expect([ADA, BOB].map(({ id }) => unrecorded(decided("1", "t", "true"), id))).toEqual([true, true]);
    expect([ADA, BOB].map(({ id }) => unrecorded(engaged, id))).toEqual([false, false]);
    expect(unrecorded(sight("not_confirmed"), BOB.id)).toBe(false);
  });

  test("whom a mistake fell on can be counted once, by whoever wrote the mistake down", () => {
    expect([ADA, BOB].map(({ id }) => unrecorded(mistaken(false), id))).toEqual([false, true]);
    expect(unrecorded(mistaken(true), BOB.id)).toBe(false);
  });
});

describe("the queue", () => {
  const keys = (alerts: Alert[], viewer = bob) => queue(conflicts(alerts), viewer).map(({ conflict, step: { kind } }) => `${conflict.key} ${kind}`);
  const coded = (id: string, track: string, response: "red" | "amber" | "green") =>
    alert(id, track, { subject: { category: "Wanted", response, image_taken_on: "2025-01-01", minor: null, vulnerable: false } });

  test("has the longest wait first", () => {
    expect(keys([alert("1", "t1"), alert("2", "t2")])).toEqual(["d/t1 decide", "d/t2 decide"]);
  });

  test("has the most urgent response before the longest wait", () => {
    expect(keys([coded("1", "t1", "green"), coded("2", "t2", "amber"), coded("3", "t3", "red"), alert("4", "t4")])).toEqual([
      "d/t3 decide",
      "d/t2 decide",
      "d/t1 decide",
      "d/t4 decide",
    ]);
  });

  test("has what the second person is asked, since the first decided, and not for the first", () => {
    const alerts = [decided("1", "t1", "true", "2026-11-23T10:00:03Z"), alert("2", "t2"), alert("4", "t4")];
    expect(keys(alerts)).toEqual(["d/t2 decide", "d/t1 confirm", "d/t4 decide"]);
    expect(keys(alerts, ada)).toEqual(["d/t2 decide", "d/t4 decide"]);
  });

  test("waits since the face was in question again, not since it was seen first", () => {
    expect(keys([decided("1", "t1", "false"), alert("2", "t2"), alert("3", "t1")])).toEqual(["d/t2 decide", "d/t1 decide"]);
  });
});

describe("r70, r71: who was reached, and how the screen calls", () => {
  const waiting = (...alerts: Alert[]) => queue(conflicts(alerts), bob);
  const escalated = (receipts: Alert["receipts"]) => alert("1", "t", { escalated_at: "2026-11-23T10:00:11Z", receipts });

  test("screens count once, whoever used them, and people are named once, whatever they used", () => {
    const opened = "2026-11-23T10:00:05Z";
    expect(heardBy([alert("1", "t", { receipts: [receipt(ADA, "A"), receipt(BOB, "A", opened), receipt(BOB, "B", opened)] })])).toEqual({
      received: 2,
      opened: ["Bob"],
    });
  });

  test("a screen calls while nobody has opened what waits", () => {
    expect(callFor(waiting(alert("1", "t")), undefined)).toBe("waits");
    expect(callFor(waiting(alert("1", "t", { receipts: [receipt(ADA, "A")] })), undefined)).toBe("waits");
    expect(callFor(waiting(alert("1", "t", { receipts: [receipt(ADA, "A", SIGHT)] })), undefined)).toBe("none");
    expect(callFor([], undefined)).toBe("none");
  });

  test("it calls louder once nobody opened it in time, until somebody does", () => {
    expect(callFor(waiting(escalated([receipt(ADA, "A")])), undefined)).toBe("urgent");
    expect(isEscalated(face(escalated([])))).toBe(true);
    expect(callFor(waiting(escalated([receipt(ADA, "A", SIGHT)])), undefined)).toBe("none");
    expect(isEscalated(face(escalated([receipt(ADA, "A", SIGHT)])))).toBe(false);
  });

  test("the second person is called until the card is open on her screen", () => {
    const match = waiting(decided("1", "t", "true"));
    expect(callFor(match, undefined)).toBe("waits");
    expect(callFor(match, "d/t")).toBe("none");
  });

  test("a face that is to be confirmed is news, though its alert was not", () => {
    const open = waiting(alert("1", "t"));
    const match = waiting(decided("1", "t", "true"));
    expect(isNews([], open)).toBe(true);
    expect(isNews(open, open)).toBe(false);
    expect(isNews(open, match)).toBe(true);
    expect(isNews(match, match)).toBe(false);
    expect(isNews(match, [])).toBe(false);
  });
});
