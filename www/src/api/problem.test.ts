import { expect, test, vi } from "vitest";
import { parts } from "../lib/foreign";
import { strings } from "../strings";
import { hasSlug, hasStatus, isFinal, parseProblem, problemText } from "./problem";

test("a problem document is read, and its detail is what a person is told", () => {
  const problem = parseProblem(409, { type: "/problems/already-adjudicated", title: "Already decided", status: 409, detail: "Ada decided this. Look at the next alert." });
  expect(hasSlug(problem, "already-adjudicated")).toBe(true);
  expect(hasStatus(problem, 409)).toBe(true);
  expect(problemText(problem)).toBe("Ada decided this. Look at the next alert.");
});

test("a problem without detail gets our own words for its kind", () => {
  expect(problemText(parseProblem(401, { type: "/problems/sign-in-failed" }))).toBe(strings.problems.bySlug["sign-in-failed"]);
});

test.each([null, "<html>", { type: 7, detail: [] }, undefined])("a body that is no problem document still says something: %j", (body) => {
  expect(problemText(parseProblem(418, body))).toBe(strings.problems.unknown(418));
});

test("a gateway that answers for an absent server means that the server is unreachable", () => {
  expect(parseProblem(502, "Bad gateway")).toEqual({ kind: "unreachable" });
  expect(parseProblem(503, { type: "/problems/storage-unavailable", detail: "The disk is full." })).toMatchObject({ slug: "storage-unavailable" });
});

test("a refusal is final but for want of a session, of time or of a server that works", () => {
  expect([400, 403, 404, 409].map((status) => isFinal(parseProblem(status, null)))).toEqual([true, true, true, true]);
  expect([401, 429, 500, 502].map((status) => isFinal(parseProblem(status, null)))).toEqual([false, false, false, false]);
});

test("r133_a_welsh_page_says_it_in_welsh_and_adds_the_servers_own_words_only_where_it_needs_them", async () => {
  vi.stubGlobal("navigator", { languages: ["cy"] });
  vi.resetModules();
  const welsh = await import("./problem");
  const { strings: words } = await import("../strings");
  const said = (slug: string) => welsh.problemText(parseProblem(409, { type: `/problems/${slug}`, detail: "Line 4 has no name." }));
  expect(said("version-changed")).toBe(words.problems.bySlug["version-changed"]);
  expect(parts(said("roster-unreadable"))).toEqual([
    { text: `${words.problems.bySlug["roster-unreadable"]} `, foreign: false },
    { text: "Line 4 has no name.", foreign: true },
  ]);
  expect(parts(said("of-a-later-server")).at(-1)).toEqual({ text: "Line 4 has no name.", foreign: true });
  vi.unstubAllGlobals();
  vi.resetModules();
});
