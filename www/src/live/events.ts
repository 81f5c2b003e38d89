import type { Alert, Deployment } from "../api/types";

export type LiveEvent =
  | { kind: "open" }
  | { kind: "lost" }
  /** The server refused the stream: the session, the pairing or the deployment may be gone. */
  | { kind: "refused" }
  | { kind: "alert"; alert: Alert }
  | { kind: "deployment"; deployment: Deployment };

/** The server says something at least every ten seconds. A connection that is silent for longer is dead, though nobody said so. */
const SILENCE_MS = 25_000;

/** The browser retries a lost stream by itself; a refused one is closed for good and is opened anew after this. */
const REOPEN_MS = 2_000;

/** Each carries the alert as it is now. */
const ALERT_EVENTS = [
  "alert_raised",
  "alert_crop",
  "alert_contradicted",
  "alert_repeated",
  "alert_receipt",
  "alert_escalated",
  "alert_adjudicated",
  "alert_not_adjudicated",
  "alert_withdrawn",
  "alert_confirmed",
  "alert_engaged",
];

/**
 * Follows a deployment by server-sent events. What a dropped connection missed is replayed by the server: the browser
 * sends the last event's number, and a stream opened anew asks for what came after it.
 */
export function follow(deployment: string, listen: (event: LiveEvent) => void): () => void {
  let source: EventSource | undefined;
  let last = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  let silence: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      source?.close();
      listen({ kind: "lost" });
      open();
    }, SILENCE_MS);
  };
  const open = () => {
    heard();
    const after = last === "" ? "" : `?after=${encodeURIComponent(last)}`;
    const mine = new EventSource(`/v1/deployments/${deployment}/events${after}`);
    source = mine;
    mine.onopen = () => {
      heard();
      listen({ kind: "open" });
    };
    mine.addEventListener("beat", heard);
    mine.onerror = () => {
      if (mine.readyState === EventSource.CLOSED) {
        clearTimeout(silence);
        listen({ kind: "refused" });
        timer = setTimeout(open, REOPEN_MS);
      } else {
        listen({ kind: "lost" });
      }
    };
    const on = (type: string, read: (data: string) => LiveEvent | undefined) => {
      mine.addEventListener(type, (event) => {
        heard();
        if (event.lastEventId !== "") last = event.lastEventId;
        const news = read(event.data);
        if (news !== undefined) listen(news);
      });
    };
    for (const type of ALERT_EVENTS) {
      on(type, (data) => {
        // Nothing is left of an alert whose deployment has ended since.
        const alert = JSON.parse(data) as Alert | null;
        return alert === null ? undefined : { kind: "alert", alert };
      });
    }
    on("deployment_changed", (data) => ({ kind: "deployment", deployment: JSON.parse(data) as Deployment }));
  };
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(silence);
    source?.close();
  };
}
