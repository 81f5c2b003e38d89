import type { Strings } from "./en";
import { language, LOCALES } from "./language";

/**
 * Every visible word, in the language of this page. A page loads one language only, and runs once it is there; what says the
 * words may therefore import nothing that a page runs, or each would wait for the other.
 */
export const strings: Strings = language === "cy" ? (await import("./cy")).strings : (await import("./en")).strings;

// Tests run without a document.
if (globalThis.document !== undefined) {
  document.documentElement.lang = LOCALES[language];
  const titles: Record<string, string> = strings.titles;
  const title = titles[/([a-z-]+)\.html$/.exec(location.pathname)?.[1] ?? ""];
  if (title !== undefined) document.title = `${title} – ${strings.product}`;
}
