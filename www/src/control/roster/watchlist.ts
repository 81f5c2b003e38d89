import type { Entry } from "../../api/types";

export type Wanted = { search: string; category: string; response: string; show: "all" | "waiting" | "warned" | "several" };

export const EVERYBODY: Wanted = { search: "", category: "", response: "", show: "all" };

const SHOWS: Record<Wanted["show"], (entry: Entry) => boolean> = {
  all: () => true,
  waiting: ({ waits }) => waits,
  warned: ({ warnings }) => warnings.length > 0,
  several: ({ photos }) => photos.length > 1,
};

export function wanted(entries: readonly Entry[], { search, category, response, show }: Wanted): Entry[] {
  const text = search.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      SHOWS[show](entry) &&
      (category === "" || entry.particulars?.category === category) &&
      (response === "" || entry.particulars?.response === response) &&
      (text === "" || entry.name.toLowerCase().includes(text) || (entry.particulars?.nominal_id.toLowerCase().includes(text) ?? false)),
  );
}

/** The categories that are on a list, in order of name. */
export function categoriesOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap(({ particulars }) => particulars?.category ?? []))].toSorted((a, b) => a.localeCompare(b, "en-GB"));
}
