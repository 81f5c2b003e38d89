import { PARTS, type Part } from "./proposal";
import { FILTERS, type Filter } from "./review-words";

/** What is done with an operation's watchlist on a page of its own. */
export const LIST_PAGES = ["import", "clearances", "status"] as const;
export type ListPage = (typeof LIST_PAGES)[number];

/** Pages about what outlives a deployment; the address of each is its name. */
export const RECORDS = ["complaints", "holds", "subject-access", "annual", "retention", "organisation", "models", "settings"] as const;
export type RecordPage = (typeof RECORDS)[number];

export type Route =
  | { page: "pilots" }
  | { page: "pilot"; id: string }
  | { page: ListPage; id: string }
  | { page: "review"; id: string; of: Filter }
  | { page: "devices" }
  | { page: "people" }
  | { page: "plan" }
  | { page: "planning"; plan: string; part: Part | undefined }
  | { page: "change"; id: string }
  | { page: "policy" }
  | { page: "journal" }
  | { page: "records" }
  | { page: "record"; record: RecordPage }
  /** A complaint that is to be recorded: about which deployment, and which of its alerts. */
  | { page: "record"; record: "complaints"; about: { deployment: string; alert: string } }
  | { page: "unknown" };

/** The part of the control room that an address asks for. One that is no route, such as a place on the page, is that of all deployments. */
export function parseRoute(hash: string): Route {
  const pilot = /^#\/pilot\/([0-9a-f-]{36})$/i.exec(hash);
  if (pilot?.[1] !== undefined) return { page: "pilot", id: pilot[1] };
  const list = /^#\/pilot\/([0-9a-f-]{36})\/(import|clearances|status)$/i.exec(hash);
  if (list?.[1] !== undefined) return { page: list[2] as ListPage, id: list[1] };
  const review = /^#\/pilot\/([0-9a-f-]{36})\/alerts(?:\/([a-z]+))?$/i.exec(hash);
  if (review?.[1] !== undefined) return { page: "review", id: review[1], of: FILTERS.find((filter) => filter === review[2]) ?? "all" };
  const change = /^#\/pilot\/([0-9a-f-]{36})\/plan$/i.exec(hash);
  if (change?.[1] !== undefined) return { page: "change", id: change[1] };
  const planning = /^#\/plan\/([0-9a-f-]{36})(?:\/([a-z]+))?$/i.exec(hash);
  if (planning?.[1] !== undefined) return { page: "planning", plan: planning[1], part: PARTS.find((part) => part === planning[2]) };
  if (hash === "#/policy") return { page: "policy" };
  if (hash === "#/devices") return { page: "devices" };
  if (hash === "#/people") return { page: "people" };
  if (hash === "#/journal") return { page: "journal" };
  if (hash === "#/plan") return { page: "plan" };
  if (hash === "#/records") return { page: "records" };
  const record = RECORDS.find((name) => hash === `#/${name}`);
  if (record !== undefined) return { page: "record", record };
  const complaint = /^#\/complaints\/([0-9a-f-]{36})(?:\/([0-9a-f-]{36}))?$/i.exec(hash);
  if (complaint?.[1] !== undefined) return { page: "record", record: "complaints", about: { deployment: complaint[1], alert: complaint[2] ?? "" } };
  return { page: !hash.startsWith("#/") || hash === "#/" || hash === "#/pilots" ? "pilots" : "unknown" };
}

/** The set-up code in the link that the server prints at its first start. */
export function setupCode(hash: string): string {
  const found = /^#setup=(.+)$/.exec(hash);
  try {
    return decodeURIComponent(found?.[1] ?? "");
  } catch {
    return "";
  }
}

/** The pairing code in the link behind a QR code. */
export function pairingCode(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, "")).trim();
  } catch {
    return "";
  }
}
