import type { Duty } from "../api/types";
import type { RecordPage, Route } from "./route";

/** Whose work each page is. Those without a duty are for whoever is signed in; of a deployment's own pages the server says who may. */
const PAGES: Partial<Record<Route["page"], Duty>> = {
  plan: "plan",
  planning: "plan",
  change: "plan",
  policy: "set_policy",
  devices: "keep_devices",
  people: "keep_accounts",
  journal: "read_journal",
};

const RECORD_PAGES: Partial<Record<RecordPage, Duty[]>> = {
  complaints: ["record_complaints", "report"],
  holds: ["hold", "report"],
  "subject-access": ["answer_rights"],
  annual: ["report"],
};

function needed(route: Route): readonly Duty[] {
  if (route.page === "record") return RECORD_PAGES[route.record] ?? [];
  const duty = PAGES[route.page];
  return duty === undefined ? [] : [duty];
}

/** Pages that only a trained commander opens. */
export function isPlanning({ page }: Route): boolean {
  return PAGES[page] === "plan";
}

/** Whether whoever has these duties may open a page: its links are offered to nobody else. */
export function mayOpen(route: Route, duties: readonly Duty[]): boolean {
  const asked = needed(route);
  return asked.length === 0 || asked.some((duty) => duties.includes(duty));
}
