import { expect, test } from "vitest";
import { strings } from "../strings";
import { hasSlug, hasStatus, parseProblem, problemText } from "./problem";

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
