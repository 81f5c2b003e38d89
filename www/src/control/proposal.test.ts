import { describe, expect, it } from "vitest";
import { draftOf, proposal } from "./proposal";

const whole = () => ({
  ...draftOf(undefined),
  name: "North gate",
  place: "Harbour Road",
  footfall: "3000",
  purpose: "Purpose",
  legal: "Law",
  use: "Use",
  cameras: "Mast 1\n\n  Mast 2 ",
  categories: ["Deportation order"],
  necessity: "Needed",
  proportionality: "Fitting",
  alternatives: "None",
});

describe("a proposal", () => {
  it("has a camera a line and leaves out documents that nobody filled in", () => {
    const { errors, body } = proposal(whole());
    expect(errors).toEqual([]);
    expect(body.plan.cameras).toEqual(["Mast 1", "Mast 2"]);
    expect(body.plan.documents).toEqual([]);
    expect(body.plan.notice).toBeNull();
    expect(body.target_fpir_one_in).toBe(6_000);
  });

  it.each(["name", "place", "purpose", "legal", "use", "cameras", "necessity", "proportionality", "alternatives", "footfall"] as const)("names %s when it is empty", (field) => {
    const { errors } = proposal({ ...whole(), [field]: "  " });
    expect(errors.map((error) => error.field)).toEqual([`plan-${field}`]);
  });

  it("names the categories when none is chosen", () => {
    expect(proposal({ ...whole(), categories: [] }).errors.map((error) => error.field)).toEqual(["plan-categories"]);
  });

  it("asks for the whole of a document, and of a notice", () => {
    const draft = whole();
    draft.papers.legal_mandate = { reference: "Shelf 4", version: "", review_by: "2027-01-01" };
    draft.published = "2027-01-01";
    expect(proposal(draft).errors.map((error) => error.field)).toEqual(["plan-legal_mandate-reference", "plan-notice"]);
  });

  it("r64: lets one person decide alone only where somebody wrote why", () => {
    expect(proposal(whole()).body.plan).not.toHaveProperty("single_person");
    expect(proposal({ ...whole(), single: "  " }).body.plan).not.toHaveProperty("single_person");
    expect(proposal({ ...whole(), single: "Night duty" }).body.plan.single_person).toBe("Night duty");
  });

  it("lasts a day at most and ends after it starts", () => {
    const times = (starts: string, ends: string) => proposal({ ...whole(), starts, ends }).errors.map((error) => error.field);
    expect(times("2027-01-01T10:00", "2027-01-02T10:00")).toEqual([]);
    expect(times("2027-01-01T10:00", "2027-01-02T10:01")).toEqual(["plan-ends"]);
    expect(times("2027-01-01T10:00", "2027-01-01T10:00")).toEqual(["plan-ends"]);
    expect(times("", "2027-01-01T10:00")).toEqual(["plan-ends"]);
  });
});
