import { describe, expect, test } from "vitest";
import { clockOf, draftOf, missing, momentOf, outcomesFor, questions, recorded, type Draft } from "./engagement";

const NOW = new Date(2026, 10, 26, 14, 30, 12);
const nothing: Draft = { began: "14:05", others: "", note: "" };
const spoken: Draft = {
  ...nothing,
  outcome: "engaged_true",
  minutes: 5,
  explanation: true,
  leaflet: false,
  force: false,
  complaint: false,
  disposal: "arrest",
};

describe("r72: the engagement form", () => {
  test("answers nothing by itself, and asks only what follows", () => {
    expect(missing(nothing)).toEqual(["outcome"]);
    expect(questions({ ...nothing, outcome: "lost" })).toEqual(["outcome"]);
    expect(missing({ ...nothing, outcome: "not_engaged" })).toEqual(["reason"]);
    expect(missing({ ...nothing, outcome: "engaged_false" })).toEqual(["minutes", "explanation", "leaflet", "force", "complaint", "disposal"]);
  });

  test("takes no for an answer", () => {
    expect(missing(spoken)).toEqual([]);
    expect(missing({ ...spoken, began: "" })).toEqual(["began"]);
    expect(missing({ ...spoken, began: "25:00" })).toEqual(["began"]);
    expect(missing({ ...spoken, began: "14:30 pm" })).toEqual(["began"]);
  });

  test("records nothing before all is answered", () => {
    expect(recorded(nothing, NOW)).toBeUndefined();
    expect(recorded({ ...nothing, outcome: "not_engaged" }, NOW)).toBeUndefined();
    for (const left of ["minutes", "explanation", "leaflet", "force", "complaint", "disposal"] as const) {
      const { [left]: _, ...rest } = spoken;
      expect(recorded(rest, NOW), left).toBeUndefined();
    }
  });

  test("records what was answered, and no answer to what is asked no more", () => {
    expect(recorded({ ...spoken, outcome: "lost" }, NOW)).toEqual({ outcome: { kind: "lost" } });
    expect(recorded({ ...spoken, outcome: "not_engaged", reason: "not_safe" }, NOW)).toEqual({ outcome: { kind: "not_engaged", reason: "not_safe" } });
    expect(recorded({ ...spoken, reason: "not_safe" }, NOW)).toEqual({
      outcome: {
        kind: "engaged_true",
        contact: {
          started_at: new Date(2026, 10, 26, 14, 5).toISOString(),
          minutes: 5,
          explanation_given: true,
          leaflet_given: false,
          force_used: false,
          complaint: false,
          disposal: "arrest",
        },
      },
    });
  });

  test("takes names between commas, each once, and four at most; and a note that says something", () => {
    expect(recorded({ ...spoken, others: " Ann, Bo;Ann ,, Cy, Di, Ed", note: "  " }, NOW)).toMatchObject({ officers: ["Ann", "Bo", "Cy", "Di"] });
    expect(recorded({ ...spoken, note: "  " }, NOW)).not.toHaveProperty("note");
    expect(recorded({ ...spoken, note: " Calm. " }, NOW)).toMatchObject({ note: "Calm." });
  });

  test("offers no engagement before two people have confirmed", () => {
    expect(outcomesFor(false)).toEqual(["not_engaged", "lost"]);
    expect(outcomesFor(true)).toContain("engaged_true");
  });

  test("shows again what was recorded, to be put right", () => {
    for (const draft of [spoken, { ...spoken, outcome: "engaged_false" as const, others: "Ann, Bo", note: "Calm." }]) {
      const { outcome, officers = [], note } = recorded(draft, NOW)!;
      expect(draftOf({ outcome, officers, ...(note === undefined ? {} : { note }) })).toEqual(draft);
    }
    expect(draftOf({ outcome: { kind: "not_engaged", reason: "other" }, officers: [], note: null })).toMatchObject({ outcome: "not_engaged", reason: "other" });
  });
});

describe("a time on the clock", () => {
  test("is the last one that there was", () => {
    expect(momentOf("14:30", NOW)).toEqual(new Date(2026, 10, 26, 14, 30));
    expect(momentOf("14:31", NOW)).toEqual(new Date(2026, 10, 25, 14, 31));
  });

  test("is read however it is typed", () => {
    for (const typed of ["905", "9.05", "9:05"]) expect(momentOf(typed, NOW), typed).toEqual(new Date(2026, 10, 26, 9, 5));
    for (const began of ["905", "9.05", "9", "9 am"]) expect(missing({ ...spoken, began })).toEqual([]);
  });

  test("is none if no clock shows it", () => {
    for (const wrong of ["", "24:00", "12:60", "noon"]) expect(momentOf(wrong, NOW)).toBeUndefined();
  });

  test("is shown with two digits each", () => {
    expect(clockOf(new Date(2026, 10, 26, 7, 4))).toBe("07:04");
  });
});
