/**
 * The service worker: pages open without a server, and say so.
 *
 * 1. A build's files are known by their hashes. A file that isn't the one that was built is neither kept nor given to a page, save
 *    the engine's code and models, which are compared where they are read.
 * 2. A new build waits until no page of the old one is open, so that nothing changes under a live screen.
 * 3. Names, pictures and answers of the server are never kept: only files are.
 */
import { hashOf } from "../lib/hash";
import type { Asked } from "../lib/shell";
import { genuine, keptFile, shellOf, type Hashes, type Kept } from "./files";
import type { Fetching, Scope } from "./scope";

const scope = globalThis as unknown as Scope;

/** The build writes the files and their hashes here. */
const files = JSON.parse("__FILES__") as Hashes;
const OURS = "vedette-";
/** Outlives builds: a model's address names its content. */
const MODELS = `${OURS}models`;
/** A server that hasn't answered by then is away, and the page that is kept can say so. */
const PAGE_WITHIN_MS = 4_000;
/** So often, and so far apart, is looked whether a page that is being opened is the only one. */
const LOOKS = 40;
const LOOK_EVERY_MS = 250;
/** A page that has asked for nothing so long has what it opens with. Chromium may keep a service worker that is asked just as it is to go. */
const QUIET_MS = 1_000;
const TAKE_OVER = "take-over";

const build = hashOf(new TextEncoder().encode(JSON.stringify(files)).buffer).then((hash) => `${OURS}${hash.slice(0, 16)}`);

function storeOf({ pathname }: URL): Promise<Cache> {
  return pathname.startsWith("/models/") ? scope.caches.open(MODELS) : build.then((name) => scope.caches.open(name));
}

/** From what is kept, of this build or of the one before; what was changed there is thrown away. */
async function kept(url: URL, hash: string): Promise<Response | undefined> {
  const found = await scope.caches.match(url);
  if (found === undefined) return undefined;
  const answer = await genuine(found, hash);
  if (answer === undefined) await storeOf(url).then((store) => store.delete(url));
  return answer;
}

async function keep(url: URL, answer: Response): Promise<void> {
  const store = await storeOf(url);
  // An earlier version of the same model.
  if (url.search !== "") await store.delete(url, { ignoreSearch: true });
  await store.put(url, answer);
}

async function fetched(url: URL, hash: string): Promise<Response> {
  // The browser's own cache may hold what was changed on its way before, and the server say that it is as it was.
  const asked = async (cache: RequestCache) => genuine(await fetch(url, { cache }), hash);
  const answer = (await asked("no-cache")) ?? (await asked("reload"));
  if (answer === undefined) throw new Error(`${url.pathname} is not the file that was built`);
  // A full disk keeps nothing, and refuses nothing.
  await keep(url, answer.clone()).catch(() => undefined);
  return answer;
}

async function page(request: Request, url: URL, hash: string, opened: () => void): Promise<Response> {
  // A page is kept under its path alone, whatever query it is opened with.
  const plain = new URL(url.pathname, url.origin);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN_MS) });
    if (answer.status >= 500) return (await kept(plain, hash)) ?? answer;
    // Only now: without a server the page that is kept still needs the files of its own build.
    opened();
    return answer;
  } catch (error) {
    const answer = await kept(plain, hash);
    if (answer === undefined) throw error;
    return answer;
  }
}

async function part(url: URL, hash: string): Promise<Response> {
  return (await kept(url, hash)) ?? fetched(url, hash);
}

/**
 * Passed on as it arrives, or lies here, for reading all of it first takes a while: it is compared where it is read, and whoever
 * finds it changed has it thrown away. Only what is as it was built is kept.
 */
async function heavy(request: Request, url: URL, hash: string, last: (work: Promise<unknown>) => void): Promise<Response> {
  const found = request.cache === "reload" ? undefined : await scope.caches.match(url);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  const copy = answer.clone();
  last(
    genuine(copy, hash)
      .then((whole) => whole && keep(url, whole))
      .catch(() => undefined),
  );
  return answer;
}

/** Whether no page but the one that asks is open. */
async function alone(): Promise<boolean> {
  return (await pages()).length <= 1;
}

const pages = () => scope.clients.matchAll({ type: "window", includeUncontrolled: true });

let askedAt = 0;

/** Whether that page becomes the only one, and has what it opens with. While it is being opened it isn't counted, and one whose place it takes still is. */
async function onlyOne(page: string): Promise<boolean> {
  for (let looks = 0; looks < LOOKS; looks++) {
    const open = await pages();
    if (open.length === 1 && open[0]?.id === page && performance.now() - askedAt >= QUIET_MS) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}

/** A page that is loaded anew, alone, is a start: a build that waits may take over. */
async function handOver(page: string): Promise<void> {
  if (scope.registration.waiting !== null && (await onlyOne(page))) scope.registration.waiting?.postMessage(TAKE_OVER);
}

/** A page of this build has started under the one before, and asks whether this one may take over already. */
async function takeOverAlone(port: MessagePort | undefined): Promise<void> {
  const may = await alone();
  port?.postMessage(may);
  if (may) await scope.skipWaiting();
}

scope.addEventListener("install", (event) => {
  const all = shellOf(files).map((path) => part(new URL(path, scope.location.origin), files[path] ?? ""));
  event.waitUntil(Promise.all(all));
  // What is never kept needn't wake the service worker, nor hold it in its place when the next is to come.
  event.addRoutes?.([{ condition: { urlPattern: "/v1/*" }, source: "network" }]).catch(() => undefined);
});

scope.addEventListener("activate", (event) => {
  const clean = async () => {
    const wanted = new Set([MODELS, await build]);
    const names = await scope.caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(OURS) && !wanted.has(name)).map((name) => scope.caches.delete(name)));
    await scope.clients.claim();
  };
  event.waitUntil(clean());
});

scope.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data === TAKE_OVER) {
    void scope.skipWaiting();
    return;
  }
  const asked = event.data as Asked;
  switch (asked.kind) {
    case "checks":
      port?.postMessage(Object.hasOwn(files, asked.path) && files[asked.path] === asked.sha256);
      break;
    case "alone":
      event.waitUntil(takeOverAlone(port));
      break;
  }
});

function answerFor(wanted: Kept, { request, resultingClientId }: Fetching, url: URL, last: (work: Promise<unknown>) => void): Promise<Response> {
  switch (wanted.kind) {
    case "page":
      return page(request, url, wanted.hash, () => last(handOver(resultingClientId)));
    case "part":
      return part(url, wanted.hash);
    case "heavy":
      return heavy(request, url, wanted.hash, last);
  }
}

scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const wanted = keptFile(files, event.request.method, url, scope.location.origin);
  if (wanted === undefined) return;
  askedAt = performance.now();
  event.respondWith(answerFor(wanted, event, url, (work) => event.waitUntil(work)));
});
