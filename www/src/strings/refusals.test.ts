import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SPECIFIC } from "../api/problem";
import { strings as cy } from "./cy";

/*
 * A refusal has words of the page's own by its slug. To a few slugs they add the server's sentence, which names what is wrong: on a
 * Welsh page that needs Welsh words too.
 */

const ROOT = new URL("../../../", import.meta.url).pathname;
const SERVER = join(ROOT, "server/src");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** Slugs are kebab-case, kinds are CamelCase. */
const KINDS = [...SPECIFIC].map((slug) => slug.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(""));

/** Where such a refusal is made, with the enums whose sentences it says. */
const SAID: Record<string, [file: string, name: string, variants?: string[]][]> = {
  "http/body.rs": [],
  "http/problem.rs": [
    ["server/src/domain/operation.rs", "OperationError", ["Times", "Category", "CategoryInUse"]],
    ["server/src/domain/sketch.rs", "SketchError"],
    ["server/src/domain/alert.rs", "AlertError", ["Times"]],
    ["server/src/domain/hold.rs", "HoldError", ["Days"]],
    ["server/src/domain/complaint.rs", "ComplaintError", ["Received", "OtherAlert"]],
    ["server/src/enrolment.rs", "EnrolmentError", ["NoParticulars", "Particulars", "Faults"]],
    ["server/src/status.rs", "StatusError", ["Text"]],
    ["server/src/http/portrait.rs", "PortraitError", ["Quality", "Template", "Photo"]],
  ],
  "http/v1/zone/set.rs": [["wasm/core/src/zone.rs", "ZoneError"]],
  "http/v1/policy/set.rs": [["server/src/domain/policy.rs", "PolicyError"]],
  "http/v1/roster/confirm.rs": [["server/src/domain/roster.rs", "RosterError"]],
  "http/v1/roster/check.rs": [["server/src/domain/roster.rs", "RosterError"]],
  "http/v1/organisation/set.rs": [["server/src/http/v1/organisation/set.rs", "Error", ["Days"]]],
  "http/v1/entries/batch.rs": [["server/src/http/v1/entries/batch.rs", "Error", ["TooMany"]]],
  "http/v1/entries/list.rs": [["server/src/http/v1/entries/list.rs", "Error", ["Asked"]]],
  "http/v1/clearances/list.rs": [["server/src/http/v1/clearances/list.rs", "Error", ["Asked"]]],
  "http/v1/operations/confirm_signs.rs": [["server/src/http/v1/operations/confirm_signs.rs", "Error", ["Photo"]]],
  "http/v1/reports/mod.rs": [["server/src/http/v1/reports/mod.rs", "Error", ["Year"]]],
  "http/v1/evaluations/add.rs": [["server/src/domain/evaluation.rs", "EvaluationError", ["NotOne", "Overstated"]]],
};

/** Sent by a device on its own, which shows no answer to it. */
const SHOWN_NOWHERE = ["http/v1/candidates/create.rs", "http/v1/tallies/create.rs", "http/v1/interruptions/create.rs", "http/v1/alerts/crop.rs"];

/** Sentences that hold another's, by what they say before it. */
const WITHIN: [begins: string, file: string, name: string, variants?: string[]][] = [
  ["A category can't be called that: ", "server/src/domain/text.rs", "TextError", ["Name"]],
  ["The photo can't be used: ", "server/src/domain/picture.rs", "PictureError"],
  ["The photograph can't be used: ", "server/src/domain/picture.rs", "PictureError"],
];

/** Sentences that stay English on a Welsh page, marked as such, after Welsh words of their own; and why. */
const QUOTES: Record<string, string> = {
  "# isn't one of the policy's categories. Choose from those, or have the policy changed.": "names a category; the form offers the policy's only",
  "People are on the watchlist because of #, so the plan keeps that category. Remove them first.": "names a category",
  "The list lacks the columns #. Add them to its first line.": "names columns, whose names are English",
  "The list has the column #, which means nothing here. Take it out, or correct its name.": "names a column as it stands in the file",
  "The list has the column # twice. Take one out.": "names a column, whose name is English",
  "A figure of the report says more than was measured: #. Choose the report.json as the program wrote it.": "names a figure of the file",
  "The template can't be used: #. Reload the page.": "made by the page's own engine: never of what somebody entered",
  "#": "the faults of a row: the form says each before it is sent",
};

const numbered = (sentence: string) => sentence.replaceAll(/\{[^}]*\}|\d+(?:[.,]\d+)*/g, "#").replaceAll('\\"', '"');

function sentences(file: string, name: string, variants?: string[]): string[] {
  const [, body = ""] = new RegExp(`enum ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(read(file)) ?? [];
  const found = [...body.matchAll(/#\[error\(\s*"((?:[^"\\]|\\.)*)"[\s\S]*?\)\]\s*(\w+)/g)].filter(([, , variant = ""]) => variants === undefined || variants.includes(variant));
  expect(found.length, `${file}: ${name}`).toBeGreaterThanOrEqual(variants?.length ?? 1);
  return found.map(([, sentence = ""]) => numbered(sentence));
}

test("r133_every_refusal_that_needs_the_servers_sentence_says_it_in_welsh_or_says_why_not", () => {
  const made = new RegExp(`Kind::(${KINDS.join("|")})\\b`);
  const files = readdirSync(SERVER, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".rs") && !file.includes("tests") && made.test(readFileSync(join(SERVER, file), "utf8")));
  expect(files.toSorted()).toEqual([...Object.keys(SAID), ...SHOWN_NOWHERE].toSorted());

  const said = Object.values(SAID).flatMap((enums) => enums.flatMap((one) => sentences(...one)));
  const whole = said.flatMap((sentence) => {
    const within = WITHIN.find(([begins]) => sentence.startsWith(begins));
    if (within === undefined) return [sentence];
    const [, file, name, variants] = within;
    return sentences(file, name, variants).map((part) => sentence.replace("#", part));
  });
  const typed = sentences("server/src/domain/text.rs", "TextError", ["Name", "WebAddress", "Password"]).map((part) => `Please change what was entered: ${part}.`);
  const all = [...whole, ...typed, "The request isn't of the form that this server expects. Reload the page and try again.", "The end must lie in the future, at most # hours ahead. Choose another time."];
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((sentence) => cy.server[sentence] === undefined && QUOTES[sentence] === undefined)).toEqual([]);
  // What is declared is still said.
  expect(Object.keys(QUOTES).filter((sentence) => !all.includes(sentence))).toEqual([]);
  expect(read("server/src/http/body.rs")).toContain("Please change what was entered: {reason}.");
});
