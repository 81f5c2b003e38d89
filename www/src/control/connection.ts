/** Whether what this page shows can be true now: by the answers of the server, of which one is asked for every few seconds. */
export type Connection =
  | { kind: "heard" }
  /** Not since then. */
  | { kind: "lost"; since: number }
  /** Since then again. */
  | { kind: "back"; since: number };

/** How long the return is told of, in milliseconds. */
const TOLD_MS = 60_000;

/** `now`: when a question was answered, or came to nothing. */
export function after(connection: Connection, answered: boolean, now: number): Connection {
  if (!answered) return connection.kind === "lost" ? connection : { kind: "lost", since: now };
  switch (connection.kind) {
    case "heard":
      return connection;
    case "lost":
      return { kind: "back", since: now };
    case "back":
      return now - connection.since < TOLD_MS ? connection : { kind: "heard" };
  }
}

/** Until the next question, in milliseconds: whoever waits for the server's return is told of it soon. */
export function askAgainAfter({ kind }: Connection): number {
  return kind === "lost" ? 3_000 : 10_000;
}
