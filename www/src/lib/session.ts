import { api, ask, type Result } from "../api/client";
import { hasStatus } from "../api/problem";
import type { Session } from "../api/types";
import { forgetWritten } from "../officer/written";

/** Who is signed in, as a page asks that is not an officer's: where nobody is, nothing that an officer wrote stays (R75). */
export async function whoIsHere(): Promise<Result<Session>> {
  const result = await ask(api.GET("/v1/session"));
  if (!result.ok && hasStatus(result.problem, 401)) void forgetWritten();
  return result;
}
