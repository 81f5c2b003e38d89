/**
 * What an officer wrote down without a server, until there is one: what came of a match that two people had decided before, and
 * checks of identity. No answer to an alert is kept: it takes a second person, her two seconds and the alert's own time, and only
 * the server knows these. It lies in a safe, and goes with the deployment.
 */
import type { CheckKind, LawfulBasis } from "../api/types";
import type { recorded } from "./engagement";

export type Writing =
  | { kind: "engagement"; version: number; body: NonNullable<ReturnType<typeof recorded>> }
  | { kind: "check"; body: { kind: CheckKind; lawful_basis: LawfulBasis; at: string } };

/** `id` is made here, so that the server takes it once; `at` is when it was written, in milliseconds of this device's clock. */
export type Kept = { id: string; alert: string; at: number; writing: Writing };
