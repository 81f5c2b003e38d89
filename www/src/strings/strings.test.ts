import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { strings as cy } from "./cy";
import { strings as en } from "./en";
import { addressIn, chosen, keepAsked } from "./language";
import { papers } from "./papers";

type Leaf = { path: string; english: unknown; welsh: unknown };

/** Every sentence and every function that makes one, side by side. */
function leaves(english: unknown, welsh: unknown, path: string): Leaf[] {
  if (typeof english !== "object" || english === null) return [{ path, english, welsh }];
  const others = welsh as Record<string, unknown>;
  return Object.entries(english).flatMap(([key, value]) => leaves(value, others[key], path === "" ? key : `${path}.${key}`));
}

const ALL = [...leaves(en, cy, ""), ...leaves(papers.en, papers.cy, "public")];

/** The same word in both languages, or a name that nobody translates. */
const ALIKE = new Set([
  "product",
  "pilot_page.place",
  "dates.monthsShort.3",
  "officer.view",
  "officer.camera",
  "fitness.columns.camera",
  "fitness.columns.model",
  "models.sha256",
  "kiosk.staff.open",
  "intervention.factorGroups.subject",
  "roster.counts.none",
  "roster.reportColumns.nominal_id",
  "statusCheck.reportColumns.nominal_id",
  "pair.codeHint",
  "trust.systems.0.name",
  "trust.systems.1.name",
  "trust.systems.2.name",
  "public.regulator",
  "public.sketch.kinds.camera",
  "sketch.figure.kinds.camera",
]);

test("r133_no_sentence_is_left_in_english", () => {
  const left = ALL.filter(({ path, english, welsh }) => typeof english === "string" && english === welsh && !ALIKE.has(path));
  expect(left.map(({ path }) => path)).toEqual([]);
  expect(ALL.filter(({ english, welsh }) => typeof welsh !== typeof english || welsh === "").map(({ path }) => path)).toEqual([]);
});

/** The names of a function's arguments, and what it makes of them. */
function taken(made: unknown): { names: string[]; body: string } {
  const [, head = "", body = ""] = /^\(?([^)=]*)\)?\s*=>([\s\S]*)$/.exec(String(made)) ?? [];
  return { names: head.split(",").map((name) => name.trim()).filter((name) => name !== ""), body };
}

test("r133_a_sentence_says_all_that_it_is_given", () => {
  for (const language of ["english", "welsh"] as const) completes(language);
});

function completes(language: "english" | "welsh"): void {
  const functions = ALL.filter((leaf) => typeof leaf[language] === "function");
  expect(functions.length).toBeGreaterThan(100);
  const silent = functions.flatMap((leaf) => {
    const { names, body } = taken(leaf[language]);
    const expected = taken(leaf.english).names.length;
    if (names.length !== expected) return [`${leaf.path} takes ${names.length} of ${expected}`];
    return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(body)).map((name) => `${leaf.path}: ${name}`);
  });
  expect(silent).toEqual([]);
}

test("r133_every_refusal_of_the_server_has_words_in_both_languages", () => {
  const document = JSON.parse(readFileSync(new URL("../../../server/openapi.json", import.meta.url), "utf8")) as { components: { schemas: { ProblemType: { enum: string[] } } } };
  const slugs = document.components.schemas.ProblemType.enum.map((type) => type.split("/").at(-1)).toSorted();
  expect(Object.keys(en.problems.bySlug).toSorted()).toEqual(slugs);
  expect(Object.keys(cy.problems.bySlug).toSorted()).toEqual(slugs);
});

test("r133_every_act_in_the_journal_has_words_in_both_languages", () => {
  const source = readFileSync(new URL("../../../server/src/audit/mod.rs", import.meta.url), "utf8");
  const [, parts = ""] = source.split("fn parts(self)");
  const written = [...parts.matchAll(/\(\s*"([a-z_]+)",\s/g), ...source.matchAll(/const [A-Z_]+: &str = "([a-z_]+)";/g)].map(([, action]) => action);
  expect(written.length).toBeGreaterThan(50);
  expect(Object.keys(en.journal.actions).toSorted()).toEqual([...new Set(written)].toSorted());
  expect(Object.keys(cy.journal.actions).toSorted()).toEqual([...new Set(written)].toSorted());
});

test("r133_every_fault_of_a_row_has_words_in_both_languages", () => {
  const document = JSON.parse(readFileSync(new URL("../../../server/openapi.json", import.meta.url), "utf8")) as { components: { schemas: { RosterFaultKind: { oneOf: { properties: { code: { enum: string[] } } }[] } } } };
  const codes = document.components.schemas.RosterFaultKind.oneOf.flatMap(({ properties }) => properties.code.enum).toSorted();
  expect(codes.length).toBeGreaterThan(10);
  expect(Object.keys(en.roster.faults).toSorted()).toEqual(codes);
  expect(Object.keys(cy.roster.faults).toSorted()).toEqual(codes);
});

test("r133_each_warning_about_a_row_is_said_in_welsh", () => {
  const source = readFileSync(new URL("../../../server/src/domain/roster.rs", import.meta.url), "utf8");
  const [, warnings = ""] = source.split("pub(crate) fn warnings(");
  const said = [...warnings.slice(0, warnings.indexOf("\n}\n")).matchAll(/"(The [^"]+\.)"/g)].map(([, sentence = ""]) => sentence.replaceAll(/\{\w+\}/g, "#"));
  expect(said.length).toBe(2);
  expect(said.filter((sentence) => cy.server[sentence] === undefined)).toEqual([]);
});

test("r134_each_state_of_a_screen_has_a_message_of_its_own_in_both_languages", () => {
  for (const { pairLink: _, ...states } of [en.officer.states, cy.officer.states]) {
    const said = Object.values(states).map((state) => (typeof state === "function" ? (state as (given: unknown) => { title: string; text: string })("7") : state));
    expect(said.length).toBeGreaterThan(20);
    expect(new Set(said.map(({ title, text }) => `${title} ${text}`)).size).toBe(said.length);
    // What happened, and in a sentence what comes next.
    for (const { title, text } of said) expect(title.length > 3 && text.split(" ").length > 4, `${title}: ${text}`).toBe(true);
    // Whoever reads but the first words, also where there is no room for more, knows that nobody is matched.
    const stopped = said.filter(({ text }) => /NOT MATCHING|NID YW'N CYMHARU/.test(text));
    expect(stopped.filter(({ text }) => !/^(NOT MATCHING|NID YW'N CYMHARU)\. /.test(text))).toEqual([]);
    expect(stopped.length).toBeGreaterThan(10);
  }
});

test("r133_the_table_of_what_is_kept_is_said_in_welsh", () => {
  const table = readFileSync(new URL("../../../server/retention.md", import.meta.url), "utf8");
  const rows = table.split("\n").filter((line) => line.startsWith("| ")).slice(1);
  const cells = rows.flatMap((row) => row.split("|").slice(1, -1)).map((cell) => cell.trim().replaceAll(/\d+/g, "#"));
  expect(cells.length).toBeGreaterThan(50);
  expect([...new Set(cells)].filter((cell) => cy.server[cell] === undefined)).toEqual([]);
});

test("r83_each_column_of_the_published_row_is_said_in_welsh", () => {
  const source = readFileSync(new URL("../../../server/src/publication.rs", import.meta.url), "utf8");
  const [, columns = ""] = /COLUMNS: \[&str; \d+\] = \[([^\]]+)\]/.exec(source) ?? [];
  const names = [...columns.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
  expect(names.length).toBe(15);
  expect(names.filter((name) => cy.server[name] === undefined)).toEqual([]);
});

test("Welsh years have the form that their number asks for", () => {
  const { years, months } = cy.intervention.ages;
  expect([1, 2, 3, 4, 5, 6, 7, 10, 15].map(years)).toEqual(
    ["1 flwyddyn", "2 flynedd", "3 blynedd", "4 blynedd", "5 mlynedd", "6 blynedd", "7 mlynedd", "10 mlynedd", "15 mlynedd"].map((age) => `${age} yn ôl`),
  );
  expect([1, 2, 3].map(months)).toEqual(["1 mis yn ôl", "2 fis yn ôl", "3 mis yn ôl"]);
  expect([0, 1, 2, 1200].map(cy.pilots.entries)).toEqual(["0 o bobl", "1 person", "2 o bobl", "1,200 o bobl"]);
});

test("an address outvotes what was chosen, and that outvotes the browser", () => {
  expect(chosen("cy", "en", ["en"])).toBe("cy");
  expect(chosen(null, "cy", ["en-GB"])).toBe("cy");
  expect(chosen(null, null, ["fr", "cy-GB", "en"])).toBe("cy");
  expect(chosen("fr", null, ["en-US", "cy"])).toBe("en");
  expect(chosen(null, "", [])).toBe("en");
});

test("a page in another language shows what it showed", () => {
  expect(addressIn("cy", { pathname: "/officer.html", search: "?a=1&lang=en", hash: "#live" })).toBe("/officer.html?a=1&lang=cy#live");
});

/** What a role's line may say, in both languages, and the endpoint that must give it, in operations too. */
const CLAIMS: [RegExp, RegExp, string][] = [
  [/the journal/, /y dyddlyfr/, "GET /v1/journal"],
  [/ complaints/, / cwynion/, "GET /v1/complaints"],
  [/closes complaints/, /yn cau cwynion/, "POST /v1/complaints/{id}/outcome"],
  [/ on hold/, / a gedwir/, "GET /v1/holds"],
  [/evidence on hold/, /tystiolaeth a gedwir/, "GET /v1/holds/{id}/probe"],
  [/ requests/, / ceisiadau/, "GET /v1/subject-access"],
  [/answers requests/, /yn ateb ceisiadau/, "POST /v1/subject-access"],
  [/(?<!no) alerts/, /(?<!dim) rhybuddion/, "GET /v1/deployments/{id}/alert-reviews"],
  [/both pictures/, /ddau lun/, "GET /v1/alerts/{id}/probe"],
  [/everybody on the watchlist/, /pawb ar y rhestr wylio/, "GET /v1/deployments/{id}/entries"],
  [/figures/, /ffigurau/, "GET /v1/deployments/{id}/dashboard"],
  [/ devices/, / dyfeisiau/, "GET /v1/devices"],
  [/ accounts/, / cyfrifon/, "GET /v1/users"],
];

test("people are told of each role what it sees, as the server gives it", () => {
  const access = readFileSync(new URL("../../../server/access.md", import.meta.url), "utf8").split("\n");
  const cells = (start: string) => (access.find((line) => line.startsWith(start)) ?? "").split("|").slice(2, -1).map((cell) => cell.trim());
  const roles = cells("| endpoint |");
  expect(roles).toHaveLength(8);
  for (const [english, welsh, endpoint] of CLAIMS) {
    const given = cells(`| ${endpoint} |`);
    roles.forEach((role, at) => {
      const key = role.replaceAll(" ", "_") as keyof typeof en.people.roleSees;
      const gives = given[at] === "both";
      expect([endpoint, role, english.test(en.people.roleSees[key]), welsh.test(cy.people.roleSees[key])]).toEqual([endpoint, role, gives, gives]);
    });
  }
});

test("the language that an address asks for is kept, so that links from there speak it too", () => {
  const kept = new Map<string, string>();
  const shelf = () => ({ setItem: (key: string, value: string) => void kept.set(key, value) });
  keepAsked("?lang=cy-GB", shelf);
  expect([...kept.values()]).toEqual(["cy"]);
  keepAsked("", shelf);
  keepAsked("?lang=fr", shelf);
  expect([...kept.values()]).toEqual(["cy"]);
});
