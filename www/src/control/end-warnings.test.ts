import { expect, test } from "vitest";
import type { Deployment } from "../api/types";
import { endWarnings } from "./end-warnings";

test("r72: before the end it is said how many matches aren't written down, how many alerts wait, and what can still be done", () => {
  const said = (waiting: Partial<Deployment["waiting"]>) => endWarnings({ waiting: { alerts: 0, sights: 0, unwritten: 0, devices: 0, ailing: [], ...waiting } });
  expect(said({})).toEqual([]);
  const [unwritten = "", undecided = ""] = said({ unwritten: 1, alerts: 2 });
  for (const part of ["1 match is", "24 hours", "names and notes can't"]) expect(unwritten).toContain(part);
  expect(undecided).toContain("2 alerts wait");
  expect(said({ sights: 1 })).toHaveLength(1);
});
