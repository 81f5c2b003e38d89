import { describe, expect, test } from "vitest";
import type { Alert } from "../api/types";
import { calls, comesBack, conflicts, goneWith, outcomes, overruledBy, seenWith } from "./conflict";
import { ADA, alert, BOB, decided } from "./sample";

describe("alerts about one face", () => {
  test("are one conflict, and another device's face of the same number is another", () => {
    const other = alert("4", "t1", { device: { id: "d2", name: "Tablet 2" } });
    const grouped = conflicts([alert("1", "t1"), alert("2", "t2"), alert("3", "t1"), other]);
    expect(grouped.map(({ alerts }) => alerts.map(({ id }) => id))).toEqual([["1", "3"], ["2"], ["4"]]);
  });

  test("are answered in sight of each other, and of those that they contradict", () => {
    const named = alert("1", "t1", { contradicts: ["9"] });
    const [conflict] = conflicts([decided("0", "t1", "false"), named, alert("2", "t1")]);
    expect(conflict && seenWith(conflict, named)).toEqual(["2", "9"]);
  });
});

describe("officers are called", () => {
  const first = conflicts([alert("1", "t1")]);

  test("to a face that is in question", () => {
    expect(calls([], first)).toBe(true);
    expect(calls(first, conflicts([alert("1", "t1"), alert("2", "t2")]))).toBe(true);
  });

  test("once a conflict, whatever joins it", () => {
    expect(calls(first, conflicts([alert("1", "t1"), alert("2", "t1")]))).toBe(false);
    expect(calls(first, conflicts([alert("1", "t1", { contradicts: ["2"] }), alert("2", "t2", { contradicts: ["1"] })]))).toBe(false);
  });
});

describe("what was decided", () => {
  const told = (...alerts: Alert[]) => conflicts(alerts).flatMap(outcomes).map(({ about, verdict }) => [about === "all" ? about : about.id, verdict]);

  test("is who it is, if anybody", () => {
    expect(told(decided("1", "t", "false"), decided("2", "t", "true"))).toEqual([["2", "true"]]);
  });

  test("is told once where one answer was given to all", () => {
    expect(told(decided("1", "t", "false"), decided("2", "t", "false"))).toEqual([["all", "false"]]);
    expect(told(decided("1", "t", "inconclusive"))).toEqual([["all", "inconclusive"]]);
  });

  test("is told of each where the answers differ, or where others still wait", () => {
    expect(told(decided("1", "t", "false"), decided("2", "t", "inconclusive", "2026-11-23T10:02:00Z"))).toEqual([
      ["1", "false"],
      ["2", "inconclusive"],
    ]);
    expect(told(decided("1", "t", "false"), alert("2", "t"))).toEqual([["1", "false"]]);
    expect(told(alert("1", "t"))).toEqual([]);
  });
});

test("R77: a picture that is gone says with what it went, and not with a decision where nobody decided", () => {
  const lapsed = (id: string) => alert(id, "t", { state: { kind: "not_adjudicated", at: "2026-11-23T10:02:00Z" } });
  const sight = (verdict: "confirmed" | "not_confirmed") => decided("1", "t", "true", undefined, { sight: { verdict, by: BOB, at: "2026-11-23T10:02:00Z" } });
  expect(goneWith([lapsed("1"), lapsed("2")])).toBe("not_decided");
  expect(goneWith([decided("1", "t", "false"), lapsed("2")])).toBe("decided");
  expect(goneWith([decided("1", "t", "inconclusive")])).toBe("decided");
  expect(goneWith([sight("not_confirmed")])).toBe("not_confirmed");
  const gone = (row: Alert): Alert => ({ ...row, entry: { id: row.entry.id, name: null } });
  const withdrawn = gone(alert("1", "t", { state: { kind: "withdrawn", at: "2026-11-23T10:02:00Z", by: BOB, why: "removed" } }));
  for (const unlisted of [[withdrawn], [gone(decided("1", "t", "true"))], [gone(sight("confirmed"))], [gone(decided("1", "t", "true")), decided("2", "t", "false")]]) expect(goneWith(unlisted)).toBe("unlisted");
  expect(goneWith([gone(decided("1", "t", "false"))])).toBe("decided");
  expect(goneWith([withdrawn, alert("2", "t")])).toBeUndefined();
  for (const kept of [[sight("confirmed")], [decided("1", "t", "true"), decided("2", "t", "false")], [alert("1", "t")]]) expect(goneWith(kept)).toBeUndefined();
});

describe("whoever was too late with an answer", () => {
  test("hears who was quicker, by the pictures or on sight", () => {
    const match = decided("1", "t1", "true");
    const onSight = decided("1", "t1", "true", undefined, { sight: { verdict: "not_confirmed", by: BOB, at: "2026-11-23T10:02:00Z" } });
    const by = (alerts: Alert[], sight: boolean) => conflicts(alerts).map((conflict) => overruledBy(conflict, sight));
    expect(by([match], false)).toEqual([ADA.name]);
    expect(by([onSight], true)).toEqual([BOB.name]);
    expect(by([match], true)).toEqual([undefined]);
    expect(by([alert("1", "t1")], false)).toEqual([undefined]);
  });

  test("is asked again about somebody who comes back, unless that one was ruled out", () => {
    expect(comesBack(["inconclusive"])).toBe(true);
    expect(comesBack(["false"])).toBe(false);
  });
});
