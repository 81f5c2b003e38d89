import { expect, test } from "vitest";
import type { Deployment, Organisation } from "../api/types";
import { facts, inLanguage, LONGEST_PURPOSE, noticeText, planned } from "./facts";

const organisation: Organisation = { name: "Home Office", name_cy: "Y Swyddfa Gartref", contact: "dpo@example.org", complaints: "complaints@example.org", privacy_url: null, hold_days: 31 };

function operation(purpose = "Find people."): Deployment {
  const plan = { starts_at: "2027-07-01T12:00:00Z", purpose, notice: { text: "Used today.", published_on: "2027-06-28" } };
  return {
    id: "0192f0c1-2345-7890-abcd-ef0123456789",
    place: "Harbour Road",
    ends_at: "2027-07-01T14:00:00Z",
    state: { kind: "draft" },
    operation: { plan, stage: { kind: "planned", refusal: null } },
  } as unknown as Deployment;
}

test("R9: the notice as text says place, time, duration, purpose, whose it is, whom to ask and the rights", () => {
  const pilot = operation();
  const text = noticeText(pilot, organisation, "en", planned(pilot));
  for (const part of ["Harbour Road", "Thursday 1 July 2027, 13:00 to 15:00", "2 hours", "Find people.", "Used today.", pilot.id, "Home Office", "dpo@example.org", "complaints@example.org", "28 June 2027", "have wrong data corrected"]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain("\n\n\n");
});

test("R11: what nobody has said in Welsh is English and marked as such; what was said is Welsh", () => {
  const typed = planned(operation());
  expect(inLanguage("purpose", "cy", typed)).toEqual({ text: "Find people.", language: "en" });
  typed.cy.purpose = "Dod o hyd i bobl.";
  expect(inLanguage("purpose", "cy", typed)).toEqual({ text: "Dod o hyd i bobl." });
  const welsh = noticeText(operation(), organisation, "cy", typed);
  for (const part of ["Y Swyddfa Gartref", "Dydd Iau 1 Gorffennaf 2027, 13:00 tan 15:00", "2 awr", "Dod o hyd i bobl."]) expect(welsh).toContain(part);
});

test("a purpose that is too long for a sign is not cut short by itself", () => {
  expect(planned(operation("x".repeat(LONGEST_PURPOSE))).en.purpose).toHaveLength(LONGEST_PURPOSE);
  expect(planned(operation("x".repeat(LONGEST_PURPOSE + 1))).en.purpose).toBe("");
});

test("an exercise that is not live says until when, and claims no start", () => {
  const { operation: _, ...exercise } = operation();
  const pilot = exercise as Deployment;
  const texts = facts(pilot, "en", planned(pilot)).map(({ text }) => text);
  expect(texts).toContain("Until Thursday 1 July 2027, 15:00");
  expect(noticeText(pilot, organisation, "en", planned(pilot))).toContain("volunteers");
});
