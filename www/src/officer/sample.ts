// Alerts for tests.
import type { Alert, Verdict } from "../api/types";

export const ADA = { id: "u", name: "Ada" };
export const BOB = { id: "v", name: "Bob" };

type Decided = Extract<Alert["state"], { kind: "adjudicated" }>;

export const alert = (id: string, track: string, more: Partial<Alert> = {}): Alert => ({
  id,
  deployment: "p",
  entry: { id: `e${id}`, name: `Entry ${id}` },
  device: { id: "d", name: "Tablet 1" },
  track,
  raised_at: `2026-11-23T10:00:0${id}Z`,
  band: "strong",
  has_probe: false,
  contradicts: [],
  repeats: 0,
  last_seen: { at: `2026-11-23T10:00:0${id}Z`, device: { id: "d", name: "Tablet 1" }, at_kiosk: false },
  escalated_at: null,
  receipts: [],
  identity_checks: [],
  state: { kind: "open" },
  version: 1,
  ...more,
});

/** Decided by Ada. */
export const decided = (id: string, track: string, verdict: Verdict, at = "2026-11-23T10:01:00Z", more: Partial<Decided> = {}): Alert =>
  alert(id, track, {
    state: { kind: "adjudicated", verdict, by: ADA, at, factors: { subject: [], system: [], environment: [] }, sight: null, engagement: null, ...more },
  });

export const receipt = (user: { id: string; name: string }, device: string, opened_at: string | null = null) => ({
  device,
  user,
  received_at: "2026-11-23T10:00:01Z",
  opened_at,
});
