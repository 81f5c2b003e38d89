/** What the browser keeps of the pages, so that they open without a server. Pages work the same where it keeps nothing. */

/** Longest wait for files that are kept for the first time. */
const KEPT_WITHIN_MS = 5_000;
const OURS = "vedette-";

let kept: Promise<void> | undefined;

/**
 * Has the browser keep the pages. Settles once a service worker stands between this page and the network, and checks what comes
 * from there, or won't.
 */
export function keepShell(): Promise<void> {
  kept ??= register();
  return kept;
}

async function register(): Promise<void> {
  // Missing where a page isn't secure, as one that explains how to trust the server's certificate.
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (container === undefined || import.meta.env.DEV) return;
  const registered = ask(container);
  // Where one is in place, nothing need be waited for; a browser may put off its answer while a new build comes.
  if (container.controller !== null) return;
  await Promise.race([registered, new Promise((resolve) => setTimeout(resolve, KEPT_WITHIN_MS))]);
}

/** Settles once a service worker is in place, or won't be. */
async function ask(container: ServiceWorkerContainer): Promise<void> {
  const controlled = new Promise<void>((resolve) => {
    container.addEventListener("controllerchange", () => resolve(), { once: true });
  });
  try {
    // The browser's own refusal is an error; a policy of whoever runs the tablet may just do nothing.
    const registration = (await container.register("/sw.js")) as ServiceWorkerRegistration | undefined;
    if (registration !== undefined && container.controller === null) await controlled;
  } catch {
    // Pages work the same without.
  }
}

/** A browser that is no device of this server any more keeps nothing of it. */
export async function forgetShell(): Promise<void> {
  const stores = (globalThis as { caches?: CacheStorage }).caches;
  const names = (await stores?.keys().catch(() => [])) ?? [];
  await Promise.all(names.filter((name) => name.startsWith(OURS)).map((name) => stores?.delete(name)));
}
