import createClient from "openapi-fetch";
import type { paths } from "./schema";
import { parseProblem, type Problem } from "./problem";

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** No page may wait for ever for a server that went away in the middle of a reply. */
const REPLY_WITHIN_MS = 15_000;

/** The server's interface, with paths, bodies and replies typed from its own OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  cache: "no-store",
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(REPLY_WITHIN_MS) }),
});

type Reply<T> = { data?: T; error?: unknown; response: Response };

/** Turns a reply, a refusal or silence into a result, so that no caller forgets one of the three. */
export async function ask<T>(call: Promise<Reply<T>>): Promise<Result<T>> {
  let reply: Reply<T>;
  try {
    reply = await call;
  } catch {
    return { ok: false, problem: { kind: "unreachable" } };
  }
  if (!reply.response.ok) return { ok: false, problem: parseProblem(reply.response.status, reply.error) };
  return { ok: true, value: reply.data as T };
}
