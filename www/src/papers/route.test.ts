import { expect, test } from "vitest";
import { annualAddress, GUIDE_ADDRESS, KINDS, paperAddress, parsePaper } from "./route";

const ID = "0192f0c1-2345-7890-abcd-ef0123456789";

test("each paper has an address of its own, and is found by it", () => {
  for (const kind of KINDS) {
    expect(parsePaper(new URL(paperAddress(ID, kind), "http://localhost").hash)).toEqual({ paper: kind, deployment: ID });
  }
  expect(parsePaper(new URL(annualAddress(2027), "http://localhost").hash)).toEqual({ paper: "annual", year: 2027 });
  expect(parsePaper(new URL(GUIDE_ADDRESS, "http://localhost").hash)).toEqual({ paper: "guide" });
});

test("another address is no paper", () => {
  for (const hash of ["", "#/", `#/${ID}`, `#/${ID}/photo`, "#/annual/27", `#/${ID}/sign/more`]) expect(parsePaper(hash)).toEqual({ paper: "unknown" });
});
