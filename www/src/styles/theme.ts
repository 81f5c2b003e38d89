/** How a screen looks: as the device is set, or as was chosen on it. What each means stands in _theme.scss. */
export const THEMES = ["auto", "light", "dark", "sun"] as const;
export type Theme = (typeof THEMES)[number];

/** On this device, under this name. */
const KEPT = "vedette.theme";

/** A browser may forbid a page to keep anything; then the choice lasts as long as the page. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export function theme(): Theme {
  const set = document.documentElement.dataset["theme"];
  return THEMES.find((each) => each === set) ?? "auto";
}

function show(chosen: Theme): void {
  if (chosen === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen;
}

export function choose(chosen: Theme): void {
  show(chosen);
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // Nothing is kept, and the page looks as it should all the same.
  }
}

// Before anything is drawn; tests run without a document.
if (globalThis.document !== undefined) show(THEMES.find((each) => each === kept()) ?? "auto");
