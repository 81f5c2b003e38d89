import { expect, test } from "vitest";
import type { AlertReview } from "../api/types";
import { cards, FILTERS, lines, outcomeOf, picturesText, shown } from "./review-words";

const at = "2027-03-01T10:00:00Z";
const ann = { id: "1", name: "Ann" };
const decided = (over: Partial<AlertReview> = {}): AlertReview => ({
  id: "7",
  device: { id: "g", name: "Gate" },
  track: "a",
  raised_at: at,
  band: "strong",
  repeats: 0,
  escalated_at: null,
  category: null,
  response: null,
  verdict: "true",
  course: { kind: "adjudicated", verdict: "true", by: ann, at, factors: { subject: [], system: [], environment: [] }, sight: null, engagement: null },
  identity_checks: 0,
  pictures: { kind: "kept" },
  held: false,
  ...over,
});
const lapsed = decided({ id: "8", track: "c", verdict: null, course: { kind: "not_adjudicated", at } });
const off = { at, by: { id: "3", name: "Lena" }, why: "removed" } as const;
const withdrawn = decided({ id: "10", track: "d", verdict: null, course: { kind: "withdrawn", ...off } });

test("alerts are shown by what is held to be so in the end, not by what was decided first", () => {
  const refuted = decided({ track: "b", verdict: "false" });
  const all = cards([decided(), refuted, lapsed]);
  expect(shown(all, "false")).toEqual([[refuted]]);
  expect(shown(all, "undecided")).toEqual([[lapsed]]);
  expect(shown(all, "all").length).toBe(3);
  expect(all.every((card) => FILTERS.includes(outcomeOf(card)))).toBe(true);
});

test("a face that resembled two people is one alert, and no false one where it is one of them", () => {
  const ruledOut = decided({ id: "9", verdict: "false" });
  const all = cards([lapsed, ruledOut, decided()]);
  expect(all).toEqual([[lapsed], [decided(), ruledOut]]);
  expect(all.map(outcomeOf)).toEqual(["undecided", "true"]);
  expect(shown(all, "false")).toEqual([]);
  const neither = cards([decided({ verdict: "inconclusive" }), ruledOut]);
  expect(neither.map(outcomeOf)).toEqual(["false"]);
});

test("two devices may number their tracks alike, and each of those is an alert of its own", () => {
  const other = decided({ id: "9", device: { id: "h", name: "Hall" } });
  expect(cards([decided(), other])).toEqual([[decided()], [other]]);
});

test("what happened is told in its order, with who decided", () => {
  const course = decided().course;
  if (course.kind !== "adjudicated") throw new Error("not decided");
  const whole = decided({
    repeats: 2,
    escalated_at: at,
    identity_checks: 1,
    course: { ...course, sight: { verdict: "not_confirmed", by: { id: "2", name: "Petra" }, at }, engagement: { by: ann, at, outcome: { kind: "lost" } } },
  });
  const said = lines(whole);
  expect(said.length).toBe(7);
  expect(said[3]).toContain("decided by Ann");
  expect(said[4]).toContain("Petra");
  expect(lines(lapsed).at(-1)).toContain("nobody had decided");
});

test("r21: an alert that was withdrawn with its person is none that nobody decided in time, and says who did it", () => {
  const all = cards([withdrawn, lapsed, { ...lapsed, id: "11", track: "d" }]);
  expect(all.map(outcomeOf)).toEqual(["undecided", "undecided"]);
  expect(shown(cards([withdrawn, lapsed]), "withdrawn")).toEqual([[withdrawn]]);
  expect(lines(withdrawn).at(-1)).toContain("(Lena)");
});

test("a match that nobody has written up says so, until somebody has", () => {
  const { course } = decided();
  if (course.kind !== "adjudicated") throw new Error("not decided");
  const unwritten = "Nobody has written down what came of it yet";
  expect(lines(decided()).at(-1)).toBe(unwritten);
  expect(lines(decided({ course: { ...course, withdrawn: off } })).slice(-2)).toEqual([expect.stringContaining("(Lena)"), unwritten]);
  for (const none of [decided({ course: { ...course, engagement: { by: ann, at, outcome: { kind: "lost" } } } }), decided({ verdict: "false" }), lapsed]) expect(lines(none)).not.toContain(unwritten);
});

test("r77: each reason for which pictures are gone has a sentence of its own, with when", () => {
  const whys = ["decided_against", "not_confirmed", "not_decided", "deployment_ended"] as const;
  const said = whys.map((why) => picturesText({ kind: "deleted", why, at }));
  for (const sentence of said) expect(sentence).toContain("1 March 2027");
  const all = [...said, picturesText({ kind: "deleted", why: "unlisted", at: null }), picturesText({ kind: "deleted", why: "unlisted", at }), picturesText({ kind: "never_came" }), picturesText({ kind: "kept" })];
  expect(new Set(all).size).toBe(all.length);
});
