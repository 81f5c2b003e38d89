/**
 * A browser may keep a page whole while somebody is elsewhere, and show it again: with who was signed in then, and with alerts of
 * then. Such a page shows nothing until it is loaded anew.
 */
export function loadedAnewOnReturn(): void {
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) document.documentElement.hidden = true;
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}
