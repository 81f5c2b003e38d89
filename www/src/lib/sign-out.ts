import { api, ask } from "../api/client";
import { hasStatus } from "../api/problem";
import { tellSignedOut } from "./signed-out";

/** Ends the session. The browser's other pages are told once nobody is signed in, and not where nobody knows that. */
export async function signOut(): Promise<void> {
  const result = await ask(api.DELETE("/v1/session"));
  if (result.ok || hasStatus(result.problem, 401)) tellSignedOut();
}
