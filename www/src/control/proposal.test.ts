import { describe, expect, it } from "vitest";
import { begun } from "../components/sketch/sketch";
import { draftFrom, draftOf, faultsOf, proposal, standings, typedOf } from "./proposal";

const whole = () => ({
  ...draftOf(undefined),
  name: "North gate",
  place: "Harbour Road",
  starts: "2027-01-01T10:00",
  ends: "2027-01-01T12:00",
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

  it("sends days as the server reads them, however short they were typed, and names the part that is wrong", () => {
    const draft = { ...whole(), notice: "Today here", published: "2027-1-4" };
    draft.papers.legal_mandate = { reference: "Shelf 4", version: "1", review_by: "2027-6-1" };
    const { errors, body } = proposal(draft);
    expect(errors).toEqual([]);
    expect([body.plan.documents[0]?.review_by, body.plan.notice?.published_on]).toEqual(["2027-06-01", "2027-01-04"]);
    draft.papers.legal_mandate.review_by = "2027-13-1";
    const wrong = proposal({ ...draft, published: "2027-1-", starts: "2027-01-01T25:61" }).errors.map(({ field }) => field);
    expect(wrong).toEqual(["plan-starts-time", "plan-legal_mandate-review-month", "plan-published-day"]);
  });

  it("names what is too long to be kept, and what can't be seen", () => {
    const draft = { ...whole(), name: "x".repeat(81), place: "Harbour\u202e Road", single: "x".repeat(4_001) };
    draft.papers.legal_mandate = { reference: "Shelf 4", version: "x".repeat(81), review_by: "2027-06-01" };
    expect(proposal(draft).errors.map(({ field }) => field)).toEqual(["plan-name", "plan-place", "plan-single", "plan-legal_mandate-version"]);
    const noted = { ...begun(), marks: begun().marks.map((mark) => ({ ...mark, note: "x".repeat(81) })) };
    expect(proposal({ ...whole(), sketch: noted }).errors.map(({ field }) => field)).toEqual(["plan-sketch"]);
  });

  it("takes a sketch along, kept as it is typed, and names what is wrong with it", () => {
    expect(proposal(whole()).body.plan).not.toHaveProperty("sketch");
    const drawn = { ...whole(), sketch: begun() };
    expect(proposal(drawn).body.plan.sketch).toEqual(begun());
    expect(draftFrom(typedOf(drawn)).sketch).toEqual(begun());
    expect(draftFrom(typedOf(whole())).sketch).toBeUndefined();
    const without = { ...begun(), marks: [] };
    expect(proposal({ ...whole(), sketch: without }).errors.map((error) => [error.part, error.field])).toEqual([["cameras", "plan-sketch"]]);
    expect(standings({ ...whole(), sketch: without }).cameras.kind).toBe("fault");
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
    expect(times("", "2027-01-01T10:00")).toEqual(["plan-starts"]);
  });
});

describe("a plan that is being written", () => {
  const KINDS = ["data_protection_impact_assessment", "equality_impact_assessment", "appropriate_policy_document", "legal_mandate"] as const;
  const filed = (draft = whole(), review_by = "2027-06-30") => {
    for (const kind of KINDS) draft.papers[kind] = { reference: "Shelf 4", version: "2.0", review_by };
    return draft;
  };
  const kinds = (draft = whole()) => Object.fromEntries(Object.entries(standings(draft)).map(([part, { kind }]) => [part, kind]));

  it("has nothing done and nothing wrong at first", () => {
    const { list: _, ...others } = standings(draftOf(undefined));
    expect(new Set(Object.values(others).map(({ kind }) => kind))).toEqual(new Set(["todo"]));
  });

  it("tells what is done from what is to do and from what is wrong", () => {
    expect(kinds()).toEqual({ place: "done", times: "done", purpose: "done", cameras: "done", list: "done", necessity: "done", documents: "todo", notice: "todo" });
    expect(kinds({ ...whole(), footfall: "many" }).times).toBe("fault");
    expect(kinds({ ...whole(), purpose: "" }).purpose).toBe("todo");
    expect(kinds({ ...filed(), notice: "Today here", published: "2027-01-01" })).toMatchObject({ documents: "done", notice: "done" });
  });

  it("says what a part that is to do holds up", () => {
    expect(standings(whole()).documents).toEqual({ kind: "todo", holdsUp: "submit" });
    expect(standings(whole()).notice).toEqual({ kind: "todo", holdsUp: "start" });
    expect(standings({ ...whole(), place: "" }).place).toEqual({ kind: "todo", holdsUp: "save" });
  });

  it("r8: names a document whose review comes before the end, and is saved with it all the same", () => {
    const late = filed(whole(), "2026-12-31");
    expect(kinds(late).documents).toBe("fault");
    expect(faultsOf(late).filter(({ part }) => part === "documents").map(({ field }) => field)).toEqual(KINDS.map((kind) => `plan-${kind}-review`));
    expect(proposal(late).errors).toEqual([]);
    expect(kinds(filed(whole(), "2027-01-01")).documents).toBe("done");
  });

  it("comes back from the server as it was typed", () => {
    const draft = { ...filed(), single: "Night duty", footfall: "many" };
    expect(draftFrom(typedOf(draft))).toEqual(draft);
  });
});
