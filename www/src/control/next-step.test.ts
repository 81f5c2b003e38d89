import { expect, test } from "vitest";
import type { Deployment } from "../api/types";
import { doneSteps, furthest } from "./next-step";

const pilot = (id: string, kind: "draft" | "live" | "ended", entries: number): Deployment => ({
  id,
  name: id,
  place: "Gate",
  created_at: "2026-11-23T09:00:00Z",
  ends_at: "2026-11-23T12:00:00Z",
  entries,
  sought: entries,
  photos: entries,
  counters: { alerts: 0, lapsed: 0, withdrawn: 0, candidates: 0, faces_seen: 0, not_assessable: 0, kiosk: { visits: 0, unclear: 0, unproven: 0, staffed: 0 } },
  model: "0123456789abcdef",
  pipeline: 1,
  target_fpir_one_in: 6_000,
  duties: [],
  two_people: false,
  false_alert_level: "within",
  waiting: { alerts: 0, sights: 0, unwritten: 0, devices: 0, ailing: [] },
  course: [],
  pauses: [],
  complaints: 0, complaints_unrecorded: 0,
  state:
    kind === "live"
      ? { kind, started_at: "2026-11-23T10:00:00Z" }
      : kind === "ended"
        ? { kind, ended_at: "2026-11-23T11:00:00Z", reason: "by_person" }
        : { kind },
});

test.each([
  ["nothing yet", [], ["admin"]],
  ["only ended pilots", [pilot("a", "ended", 0)], ["admin"]],
  ["a pilot without volunteers", [pilot("a", "draft", 0), pilot("b", "ended", 0)], ["admin", "pilot"]],
  ["a pilot with a volunteer", [pilot("a", "draft", 1)], ["admin", "pilot", "enrol"]],
  ["an operation that is prepared", [{ ...pilot("a", "draft", 1), operation: {} as never }], ["admin"]],
  ["a live pilot beside a draft", [pilot("a", "draft", 0), pilot("b", "live", 1)], ["admin", "pilot", "enrol", "live"]],
  ["a live pilot whose list was emptied since", [pilot("a", "live", 0)], ["admin", "pilot", "live"]],
  ["an emptied one beside one that looks for somebody", [pilot("a", "live", 0), pilot("b", "live", 1)], ["admin", "pilot", "enrol", "live"]],
] as const)("with %s the guide says what is done, and still is", (_, pilots, done) => {
  expect(doneSteps(furthest([...pilots]))).toEqual(done);
});
