/** The languages that the pages speak. */
export type Language = "en" | "cy";
export const LANGUAGES: readonly Language[] = ["en", "cy"];
export const LOCALES: Record<Language, string> = { en: "en-GB", cy: "cy-GB" };
/** Each as its own speakers call it. */
export const NAMES: Record<Language, string> = { en: "English", cy: "Cymraeg" };

/** On this device, under this name. */
const KEPT = "vedette.language";

function spoken(tag: string | null): Language | undefined {
  const primary = tag?.toLowerCase().split("-")[0];
  return LANGUAGES.find((language) => language === primary);
}

/** What the address asks for comes first, then what was chosen on this device, then what the browser's user reads. */
export function chosen(asked: string | null, kept: string | null, read: readonly string[]): Language {
  return spoken(asked) ?? spoken(kept) ?? read.map(spoken).find((language) => language !== undefined) ?? "en";
}

/** A browser may forbid a page to keep anything; then the choice lasts as long as the address says it. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export const language = chosen(new URLSearchParams(globalThis.location?.search ?? "").get("lang"), kept(), globalThis.navigator?.languages ?? []);

/**
 * Keeps what the address asks for, so that the page's links, which don't ask, lead to pages in the same language. Not on a kiosk, where the
 * next visitor is somebody else.
 */
export function keepAsked(search: string = location.search, shelf: () => Pick<Storage, "setItem"> = () => localStorage): void {
  const asked = spoken(new URLSearchParams(search).get("lang"));
  if (asked === undefined) return;
  try {
    shelf().setItem(KEPT, asked);
  } catch {
    // Nothing can be kept here: the choice lasts as long as the address says it.
  }
}

/** The address of this page in another language. What the page shows is after the #, and stays. */
export function addressIn(other: Language, { pathname, search, hash }: Pick<Location, "pathname" | "search" | "hash">): string {
  const asked = new URLSearchParams(search);
  asked.set("lang", other);
  return `${pathname}?${asked}${hash}`;
}

/** Keeps the choice and shows the page in it. */
export function speak(other: Language): void {
  try {
    localStorage.setItem(KEPT, other);
    // What is kept now must not be outvoted by what an address asked for before.
    const asked = new URLSearchParams(location.search);
    asked.delete("lang");
    history.replaceState(history.state, "", `${location.pathname}${asked.size === 0 ? "" : `?${asked}`}${location.hash}`);
    location.reload();
  } catch {
    location.replace(addressIn(other, location));
    // An address that differs in its # alone loads nothing.
    location.reload();
  }
}
