/** The parts of a service worker's surroundings that are used here: TypeScript's own description of them excludes that of a page. */
export type Lasting = Event & { waitUntil(work: Promise<unknown>): void };
/** `resultingClientId`: of the page that a navigation opens; empty for what is no navigation. */
export type Fetching = Lasting & { request: Request; resultingClientId: string; respondWith(answer: Promise<Response>): void };

/** A browser that knows routes takes requests past the service worker by them. */
export type Installing = Lasting & { addRoutes?(routes: readonly { condition: { urlPattern: string }; source: "network" }[]): Promise<void> };

type Events = { install: Installing; activate: Lasting; message: Lasting & { data: unknown; ports: readonly MessagePort[] }; fetch: Fetching };

export type Scope = {
  readonly location: Location;
  readonly caches: CacheStorage;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly { id: string }[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(name: Name, listen: (event: Events[Name]) => void): void;
};
