/** What outlasts a reload of the page, and goes with the tab: numbers and times, nothing of anyone. */

export function stored<T>(name: string): T | undefined {
  try {
    const text = sessionStorage.getItem(name);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** With nothing, what was stored is forgotten. */
export function store(name: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A browser that stores nothing remembers until the page is loaded anew.
  }
}
