import { expect, test } from "vitest";
import { essential, measuredOf, populations } from "./report";

const figure = { measure: "FPIR", population: "everyone", scale: "cosine", list: 100, probe: "each", condition: "target 1/6000", threshold: 0.6, said: "known", value: 0.1, low: 0, high: 0.2, events: 1, trials: 10, people: 40 };
const report = {
  made_at: "2026-11-01T10:00:00Z",
  version: "0.1.0",
  set: { name: "Volunteers", people: 400, images: 900, unreadable: [["ann_example.jpg", "damaged"]], duplicates: [{ files: ["bob.jpg"] }] },
  systems: [{ name: "SFace", file: "a.onnx", sha256: "ab", pipeline: 2, rows: [figure, { ...figure, population: "sex F", condition: "FPIR 1e-2" }], suspects: { unlike_own: [{ files: ["carl.jpg"] }] } }],
  differences: [],
};

test("r141: a report's figures are taken as they are, and no name of a file or a person leaves the browser", () => {
  const [measured] = measuredOf(JSON.stringify(report)) ?? [];
  expect(measured).toMatchObject({ set: "Volunteers", people: 400, images: 900, sha256: "ab", pipeline: 2 });
  expect(measured?.figures[0]).toEqual(Object.fromEntries(Object.entries(figure).filter(([name]) => name !== "threshold")));
  expect(JSON.stringify(measured)).not.toMatch(/ann_example|bob|carl/);
});

test("what is no report is told from one", () => {
  for (const text of ["", "{", "[]", "null", JSON.stringify({ ...report, systems: [{}] }), JSON.stringify({ ...report, set: {} })]) expect(measuredOf(text)).toBeUndefined();
});

test("the rates at the product's own targets are shown first, and each group for itself", () => {
  const figures = measuredOf(JSON.stringify(report))?.[0]?.figures ?? [];
  expect(essential(figures).map(({ condition }) => condition)).toEqual(["target 1/6000"]);
  expect(populations(figures)).toEqual(["everyone", "sex F"]);
});
