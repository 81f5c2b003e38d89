/** Whether what this page shows can be true now: by the answers of the server, of which one is asked for every few seconds. */
export type Connection =
  /** The last answer came at that time. */
  | { kind: "heard"; at: number }
  /** The last answer came then, and none since. */
  | { kind: "lost"; since: number }
  /** Since then there are answers again, the last one at `at`. */
  | { kind: "back"; since: number; at: number };

/** How long the return is told of, in milliseconds. */
const TOLD_MS = 60_000;

/** `now`: when a question was answered, or came to nothing. */
export function after(connection: Connection, answered: boolean, now: number): Connection {
  if (!answered) return connection.kind === "lost" ? connection : { kind: "lost", since: connection.at };
  switch (connection.kind) {
    case "heard":
      return { kind: "heard", at: now };
    case "lost":
      return { kind: "back", since: now, at: now };
    case "back":
      return now - connection.since < TOLD_MS ? { ...connection, at: now } : { kind: "heard", at: now };
  }
}

/** Until the next question, in milliseconds: whoever waits for the server's return is told of it soon. */
export function askAgainAfter({ kind }: Connection): number {
  return kind === "lost" ? 3_000 : 10_000;
}
