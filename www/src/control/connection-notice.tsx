import { clockTime } from "../lib/time";
import { strings } from "../strings";
import type { Connection } from "./connection";

/** Says that the server doesn't answer, and that it does again. Drawn empty too, so that a screen reader hears what comes. */
export function ConnectionNotice({ connection, bare }: { connection: Connection; /** Nothing was heard yet that the page could show. */ bare: boolean }) {
  const words = strings.connection;
  const { kind } = connection;
  const at = kind === "heard" ? "" : clockTime(new Date(connection.since).toISOString());
  return (
    <div role="status" data-testid="connection" data-state={kind}>
      {kind === "lost" && (
        <p class="v-connection v-connection--lost">
          <strong>{words.lost(at)}</strong> {bare ? words.lostBare : words.lostText}
        </p>
      )}
      {kind === "back" && (
        <p class="v-connection">
          <strong>{words.back(at)}</strong> {words.backText}
        </p>
      )}
    </div>
  );
}
