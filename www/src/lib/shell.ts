/** What the browser keeps of the pages, so that they open without a server. Pages work the same where it keeps nothing. */

/** Longest wait for files that are kept for the first time. */
const KEPT_WITHIN_MS = 5_000;
/** Longest wait for the service worker of this page's own build. */
const RENEWED_WITHIN_MS = 15_000;
/** Chromium now and then keeps the old one for minutes, where a request came just as it was to go. */
const CHANGED_WITHIN_MS = 3_000;
const ANSWERED_WITHIN_MS = 2_000;
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

/** Missing where a page isn't secure, as one that explains how to trust the server's certificate. */
function present(): ServiceWorkerContainer | undefined {
  return (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
}

const within = (ms: number, work: Promise<unknown>) => Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]);

async function register(): Promise<void> {
  const container = present();
  if (container === undefined || import.meta.env.DEV) return;
  const registered = ask(container);
  // Where one is in place, nothing need be waited for; a browser may put off its answer while a new build comes.
  if (container.controller !== null) return;
  await within(KEPT_WITHIN_MS, registered);
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

/** What a page asks of a service worker; it answers through a port. */
export type Asked = { kind: "checks"; path: string; sha256: string } | { kind: "alone" };

/**
 * Whether a service worker gives this page that file only if it has that hash. One of the build before knows its own files only: the
 * one of this page's build is let in first, where no other page is open that it would change anything for.
 */
export async function isChecked(path: string, sha256: string): Promise<boolean> {
  const container = present();
  const checks = () => answered(container?.controller, { kind: "checks", path, sha256 });
  if (await checks()) return true;
  if (container?.controller == null) return false;
  await within(RENEWED_WITHIN_MS, renewed(container).catch(() => undefined));
  return checks();
}

/** Settles once the service worker that is to come is in place, or won't be now. */
async function renewed(container: ServiceWorkerContainer): Promise<void> {
  const changed = new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
  const registration = await container.getRegistration();
  if (registration?.waiting == null && registration?.installing == null) await registration?.update();
  const next = registration?.waiting ?? registration?.installing;
  if (next == null) return;
  const settled = () => next.state !== "installing";
  while (!settled()) await new Promise((resolve) => next.addEventListener("statechange", resolve, { once: true }));
  if (await answered(next, { kind: "alone" })) await within(CHANGED_WITHIN_MS, changed);
}

/** One of an earlier build answers nothing. */
async function answered(worker: ServiceWorker | null | undefined, asked: Asked): Promise<boolean> {
  if (worker == null) return false;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage(asked, [port2]);
  const yes = await within(ANSWERED_WITHIN_MS, answer);
  port1.close();
  return yes === true;
}

/** A browser that is no device of this server any more keeps nothing of it. */
export async function forgetShell(): Promise<void> {
  const stores = (globalThis as { caches?: CacheStorage }).caches;
  const names = (await stores?.keys().catch(() => [])) ?? [];
  await Promise.all(names.filter((name) => name.startsWith(OURS)).map((name) => stores?.delete(name)));
}
