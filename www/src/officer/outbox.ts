/**
 * What an officer wrote down without a server, until there is one: what came of a match that two people had decided before, and
 * checks of identity. No answer to an alert is kept: it takes a second person, her two seconds and the alert's own time, and only
 * the server knows these. It lies in a safe, and goes with the deployment.
 */
import { api, ask, type Result } from "../api/client";
import { hasSlug, isFinal, problemText, type Problem } from "../api/problem";
import type { Alert, CheckKind, LawfulBasis } from "../api/types";
import { Ages } from "../lib/ages";
import type { recorded } from "./engagement";

export type Writing =
  | { kind: "engagement"; version: number; body: NonNullable<ReturnType<typeof recorded>> }
  | { kind: "check"; body: { kind: CheckKind; lawful_basis: LawfulBasis; at: string } };

/** `id` is made here, so that the server takes it once; `at` is when it was written, in milliseconds of this device's clock. */
export type Kept = { id: string; alert: string; at: number; writing: Writing };

/** What of it is not known to be recorded. `at`: when it was written. `unsent`: the server may have it, and takes it if it is sent again. */
export type Untaken = { id: string; at: number; writing: Writing; text: string; fate: "overtaken" | "refused" | "unsent" };

export function untaken({ id, at, writing }: Kept, problem: Problem): Untaken {
  const fate = !isFinal(problem) ? "unsent" : hasSlug(problem, "already-engaged") ? "overtaken" : "refused";
  return { id, at, writing, text: problemText(problem), fate };
}

/** Of this page. */
export const ages = new Ages();

/** `late`: it was kept for a while. */
export function send({ id, alert, at, writing }: Kept, late: boolean): Promise<Result<Alert>> {
  const path = { id: alert };
  const delivery = late ? { id, age_ms: ages.of(id, at) } : { id };
  return writing.kind === "engagement"
    ? ask(api.PUT("/v1/alerts/{id}/engagement", { params: { path, header: { "if-match": `"${writing.version}"` } }, body: { ...writing.body, delivery } }))
    : ask(api.POST("/v1/alerts/{id}/identity-checks", { params: { path }, body: { ...writing.body, delivery } }));
}
