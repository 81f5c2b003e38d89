import { expect, test } from "vitest";
import type { Deployment } from "../api/types";
import { liveOf } from "./compared";

const deployment = (kind: "draft" | "live" | "paused", since?: string) => ({ state: { kind }, waiting: { unwatched_since: since ?? null } }) as unknown as Deployment;

test("r86 a header says that faces are compared only where a camera looks", () => {
  expect(liveOf([])).toBe(false);
  expect(liveOf([deployment("draft"), deployment("paused")])).toBe(false);
  expect(liveOf([deployment("paused"), deployment("live")])).toBe(true);
  expect(liveOf([deployment("live", "2027-01-04T10:05:00Z")])).toBe("unwatched");
  expect(liveOf([deployment("live", "2027-01-04T10:05:00Z"), deployment("live")])).toBe(true);
});
