import { useEffect, useMemo } from "preact/hooks";
import { api, ask } from "../api/client";
import type { Conflict } from "./conflict";
import { Receipts } from "./receipts";
import type { Dispatch } from "./state";

/** Tells the server what came up on this screen. Returns what tells it that alerts were opened here. */
export function useReceipts(faces: Conflict[], device: string | undefined, user: string | undefined, dispatch: Dispatch): (alerts: string[]) => Promise<void> {
  const receipts = useMemo(
    () =>
      new Receipts(async (id, kind) => {
        const result = await ask(api.POST("/v1/alerts/{id}/receipts", { params: { path: { id } }, body: { kind } }));
        if (result.ok) {
          dispatch({ kind: "alerts", alerts: [result.value] });
          return "kept";
        }
        const { problem } = result;
        return problem.kind === "unreachable" || problem.status >= 500 || problem.status === 429 ? "lost" : "gone";
      }),
    [],
  );
  useEffect(() => receipts.received(faces.flatMap(({ open }) => open.map(({ id }) => id))), [faces]);
  // Whoever signs in next receives anew.
  useEffect(() => () => receipts.forget(), [device, user]);
  return async (alerts) => {
    await Promise.all(alerts.map((id) => receipts.opened(id)));
  };
}
