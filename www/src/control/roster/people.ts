/** What a page shows of an import: everybody with their standing, filtered, and as a report. */
import type { RosterRow } from "../../api/types";
import { fromServer, plain } from "../../lib/foreign";
import { strings } from "../../strings";
import { shortfallText } from "../../lib/shortfall";
import { lacking, standing, type Looks, type Person, type Standing } from "./intake";

export type Shown = { person: Person; /** The row's number in a spreadsheet. */ number: number; at: number; standing: Standing };
export type Filter = keyof typeof strings.roster.filters;

/** On the watchlist, so that there is nothing to put right here. */
export function isListed({ standing }: Shown): boolean {
  return standing === "listed" || standing === "already_listed";
}

/** Somebody must decide about this person: told by the row, or found when it was put on the watchlist. */
function needsClearance({ person: { row, outcome } }: Shown): boolean {
  return row.needs.length > 0 || (outcome?.resembles.length ?? 0) > 0;
}

export function everybody(people: readonly { person: Person; number: number }[], looks: Looks, floor: number): Shown[] {
  return people.map(({ person, number }, at) => ({ person, number, at, standing: standing(person, looks, floor) }));
}

const WANTED: Record<Filter, (shown: Shown) => boolean> = {
  all: () => true,
  faulty: (shown) => shown.standing === "faulty" || shown.standing === "refused",
  poor: (shown) => shown.standing === "poor",
  warned: ({ person }) => person.row.warnings.length > 0,
  needs: needsClearance,
  ready: (shown) => shown.standing === "ready",
  done: (shown) => isListed(shown) || shown.standing === "refused",
};

export function filtered(all: readonly Shown[], filter: Filter, search: string): Shown[] {
  const wanted = search.trim().toLowerCase();
  const named = ({ name, nominal_id }: RosterRow) => name.toLowerCase().includes(wanted) || nominal_id.toLowerCase().includes(wanted);
  return all.filter((shown) => WANTED[filter](shown) && (wanted === "" || named(shown.person.row)));
}

export type Counts = Record<Standing | "all" | "needs" | "warned", number>;

export function counted(all: readonly Shown[]): Counts {
  const counts: Counts = { all: all.length, faulty: 0, unseen: 0, poor: 0, ready: 0, listed: 0, already_listed: 0, refused: 0, needs: 0, warned: 0 };
  for (const shown of all) {
    counts[shown.standing] += 1;
    if (shown.person.row.warnings.length > 0) counts.warned += 1;
    if (needsClearance(shown)) counts.needs += 1;
  }
  return counts;
}

type Fault = RosterRow["faults"][number];

/** What is wrong with a cell, in the page's words. */
export function faultText({ what, message }: Fault): string {
  const words = strings.roster.faults;
  switch (what.code) {
    case "too_long":
      return words.too_long(what.longest);
    case "category_not_planned":
      return words.category_not_planned(what.allowed.join(", "));
    case "fields":
      return words.fields(what.found, what.expected);
    case "same_nominal":
      return words.same_nominal(what.line);
    case "too_many_photos":
      return words.too_many_photos(what.most);
    case "photo_named_twice":
      return words.photo_named_twice(what.file, what.line);
    case "photo_missing":
      return words.photo_missing(what.file);
    default:
      // A newer server may know more.
      return words[what.code] ?? fromServer(message);
  }
}

function columnText(fault: Fault): string {
  const columns: Record<string, string> = strings.particulars.columns;
  const said = faultText(fault);
  return fault.column == null ? said : `${columns[fault.column] ?? fault.column}: ${said}`;
}

/** What is wrong with a row and its photographs, in words. */
export function faultsOf({ row, outcome }: Person, looks: Looks): string[] {
  const words = strings.roster;
  const photos = row.photos.flatMap((file) => {
    const seen = looks.get(file);
    if (seen?.kind === "unusable") return [words.photoFault(file, seen.text)];
    return seen?.kind === "several" ? [words.photoFault(file, words.photoProblems.several(seen.faces))] : [];
  });
  const refused = outcome?.problem == null ? [] : [fromServer(outcome.problem)];
  return [...row.faults.map(columnText), ...photos, ...refused];
}

export function kindNames(kinds: readonly RosterRow["needs"][number][]): string {
  return kinds.map((kind) => strings.clearances.kinds[kind].toLowerCase()).join(", ");
}

/** A row of the report for each row of the list, then one for each file of the zip that none of them names. */
export function reportRows(all: readonly Shown[], unused: readonly string[], looks: Looks, floor: number): string[][] {
  const words = strings.roster;
  const rows = all.map(({ person, number, standing }) => {
    const { row, override, outcome } = person;
    const lack = lacking(row, looks, floor);
    const reasons = [
      ...faultsOf(person, looks),
      ...(lack === undefined ? [] : [shortfallText(lack, floor)]),
      ...row.warnings.map(({ message }) => fromServer(message)),
      ...(row.needs.length === 0 ? [] : [words.needs(kindNames(row.needs))]),
      ...(override.trim() === "" ? [] : [words.reasonGiven(override.trim())]),
      ...(outcome === undefined || outcome.resembles.length === 0 ? [] : [words.resembles(outcome.resembles.map(({ name }) => name).join(", "))]),
      ...(outcome?.unlike_own === true ? [words.unlikeOwn] : []),
    ];
    return [String(number), row.name, row.nominal_id, row.photos.join("; "), words.standings[standing], plain(reasons.join(" "))];
  });
  return [...rows, ...unused.map((file) => ["", "", "", file, words.unusedFile, words.unusedReason])];
}
