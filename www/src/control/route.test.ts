import { expect, test } from "vitest";
import { pairingCode, parseRoute, setupCode } from "./route";

test("addresses of the control room", () => {
  const id = "0192f000-0000-7000-8000-000000000000";
  expect(parseRoute(`#/pilot/${id}`)).toEqual({ page: "pilot", id });
  expect(parseRoute(`#/pilot/${id}/import`)).toEqual({ page: "import", id });
  expect(parseRoute(`#/pilot/${id}/clearances`)).toEqual({ page: "clearances", id });
  expect(parseRoute(`#/pilot/${id}/status`)).toEqual({ page: "status", id });
  expect(parseRoute(`#/pilot/${id}/alerts`)).toEqual({ page: "review", id, of: "all" });
  expect(parseRoute(`#/pilot/${id}/alerts/undecided`)).toEqual({ page: "review", id, of: "undecided" });
  expect(parseRoute(`#/pilot/${id}/alerts/other`)).toEqual({ page: "review", id, of: "all" });
  expect(parseRoute(`#/pilot/${id}/other`)).toEqual({ page: "unknown" });
  expect(parseRoute(`#/pilot/${id}/plan`)).toEqual({ page: "change", id });
  expect(parseRoute(`#/plan/${id}`)).toEqual({ page: "planning", plan: id, part: undefined });
  expect(parseRoute(`#/plan/${id}/documents`)).toEqual({ page: "planning", plan: id, part: "documents" });
  expect(parseRoute(`#/plan/${id}/other`)).toEqual({ page: "planning", plan: id, part: undefined });
  expect(parseRoute("#/complaints")).toEqual({ page: "record", record: "complaints" });
  expect(parseRoute(`#/complaints/${id}`)).toEqual({ page: "record", record: "complaints", about: { deployment: id, alert: "" } });
  expect(parseRoute(`#/complaints/${id}/${id}`)).toEqual({ page: "record", record: "complaints", about: { deployment: id, alert: id } });
  expect(parseRoute("#/policy")).toEqual({ page: "policy" });
  expect(parseRoute("#/devices")).toEqual({ page: "devices" });
  for (const unknown of ["#/pilot/../users", "#/pilot/1", "#/nothing", "#/pilots/"]) expect(parseRoute(unknown), unknown).toEqual({ page: "unknown" });
  for (const home of ["", "#", "#/", "#/pilots", "#setup=abc", "#start-pilot"]) expect(parseRoute(home), home).toEqual({ page: "pilots" });
});

test("codes in links", () => {
  expect(setupCode("#setup=ab%20c")).toBe("ab c");
  expect(setupCode("#/pilots")).toBe("");
  expect(setupCode("#setup=%E0%A4%A")).toBe("");
  expect(pairingCode("#ABCD-EFGH")).toBe("ABCD-EFGH");
  expect(pairingCode("")).toBe("");
});
