import { expect, test } from "vitest";
import type { Deployment } from "../api/types";
import type { EngineFailure } from "../vision/protocol";
import type { CaptureState } from "./state";
import { words } from "./words";

const deployment = {} as Deployment;
const FAILURES: EngineFailure[] = ["corrupt", "missing", "mismatch", "unreachable", "unsupported", "crashed"];
const STATES: CaptureState[] = [
  ...(["page", "models", "warm_up", "camera"] as const).map((what) => ({ kind: "loading" as const, what })),
  { kind: "signed_out" },
  { kind: "not_paired" },
  { kind: "locked" },
  { kind: "no_server" },
  { kind: "server_failing" },
  { kind: "no_deployment", ended: false },
  { kind: "no_deployment", ended: true },
  ...FAILURES.map((reason) => ({ kind: "engine_failed" as const, reason, message: "" })),
  { kind: "watching", deployment },
  { kind: "ready" },
  { kind: "alerts_only" },
  { kind: "no_camera" },
  { kind: "denied", why: "refused" },
  { kind: "denied", why: "insecure" },
  ...(["lost", "busy", "paused"] as const).map((why) => ({ kind: "camera_lost" as const, why })),
  { kind: "paused", why: { kind: "paused", started_at: "2027-07-01T10:00:00Z", pause: { paused_at: "2027-07-01T12:00:00Z", cause: { kind: "person", by: "0192f0c1-2345-7890-abcd-ef0123456789", reason: "Rain" } } } },
  { kind: "live", deployment },
];
/** Nobody is matched in these while the officer may think so. */
const SILENT = new Set(["locked", "no_server", "server_failing", "engine_failed", "camera_lost", "paused"]);

test("R134: every state of the officer's screen has a message of its own, and where she may think that it matches and it doesn't, it says NOT MATCHING", () => {
  const said = STATES.map((state) => `${words(state).title}: ${words(state).text}`);
  expect(new Set(said).size).toBe(STATES.length);
  for (const state of STATES) {
    const { title, text, tone } = words(state);
    expect(title !== "" && text !== "", state.kind).toBe(true);
    expect(text.includes("NOT MATCHING"), `${state.kind}: ${text}`).toBe(SILENT.has(state.kind) || (state.kind === "no_deployment" && state.ended));
    expect(tone === "live", state.kind).toBe(state.kind === "live" || state.kind === "watching");
  }
});
