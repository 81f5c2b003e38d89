import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { KINDS, parsePaper } from "../papers/route";
import { mayOpen } from "./opens";
import { PARTS } from "./proposal";
import { LIST_PAGES, parseRoute, RECORDS, type Route } from "./route";

const SOURCE = join(import.meta.dirname, "..");
const ID = "0192f000-0000-7000-8000-000000000000";

/** What may stand where an address has a gap. */
function values(gap: string, address: string): readonly string[] {
  if (/(^|\.)(id|deployment|plan|begun\.current|result\.value)$/.test(gap)) return [ID];
  if (gap === "part" || gap === "next") return PARTS;
  if (gap === "page") return address.startsWith("#/$") ? RECORDS : LIST_PAGES;
  if (gap === "paper" || gap === "each") return KINDS;
  return gap === "year" ? ["2027"] : [];
}

function filled(address: string): string[] {
  const gap = /\$\{([^}]*)\}/.exec(address);
  if (gap === null) return [address];
  return values(gap[1] ?? "", address).flatMap((value) => filled(address.replace(gap[0], value)));
}

/** The addresses with a # that are written in the source of the pages. */
const WRITTEN = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|schema\.d|route\.ts/.test(file))
  .flatMap((file) => {
    const text = readFileSync(join(SOURCE, file), "utf8");
    const found = text.matchAll(/["`](\/[a-z]+\.html)?(#\/[^"`]*)["`]/g);
    return [...found].map(([, page, address = ""]) => ({ file, page: page ?? (file.startsWith(`papers${sep}`) ? "/papers.html" : "/control.html"), address }));
  })
  // Where an address is only looked at.
  .filter(({ address }) => address !== "#/");

describe("links", () => {
  test("lead to routes that there are", () => {
    expect(WRITTEN.length).toBeGreaterThan(30);
    for (const { file, page, address } of WRITTEN) {
      const all = filled(address);
      expect(all.length, `${file}: what may stand in ${address}?`).toBeGreaterThan(0);
      for (const one of all) {
        if (page === "/papers.html") expect(parsePaper(one).paper, `${file}: ${one}`).not.toBe("unknown");
        else expect(parseRoute(one).page, `${file}: ${one}`).not.toBe("unknown");
      }
    }
  });

  test("lead to pages whose doors are kept by the duty that their work asks for", () => {
    const opens = (hash: string, ...duties: Parameters<typeof mayOpen>[1]) => mayOpen(parseRoute(hash), duties);
    for (const [hash, duty] of [["#/policy", "set_policy"], ["#/devices", "keep_devices"], ["#/people", "keep_accounts"], ["#/journal", "read_journal"], ["#/plan", "plan"], [`#/plan/${ID}`, "plan"], ["#/subject-access", "answer_rights"]] as const) {
      expect(opens(hash), hash).toBe(false);
      expect(opens(hash, duty), hash).toBe(true);
    }
    for (const hash of ["#/records", "#/organisation", "#/retention", "#/models", "#/settings", `#/pilot/${ID}`]) expect(opens(hash), hash).toBe(true);
    expect(mayOpen({ page: "unknown" } satisfies Route, [])).toBe(true);
  });
});
