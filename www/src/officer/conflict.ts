import type { Alert, Verdict } from "../api/types";

/** What is decided at once: the alerts about one face. At most one of them is true. */
export type Conflict = {
  /** The face: one track of one device. */
  key: string;
  /** Oldest first. */
  alerts: Alert[];
  /** Those that wait for a decision. */
  open: Alert[];
};

/** Groups alerts, given oldest first, by the face that they are about. A face stands where its first alert stood. */
export function conflicts(alerts: Alert[]): Conflict[] {
  const byFace = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = `${alert.device.id}/${alert.track}`;
    byFace.set(key, [...(byFace.get(key) ?? []), alert]);
  }
  return [...byFace].map(([key, of]) => ({ key, alerts: of, open: of.filter(({ state }) => state.kind === "open") }));
}

/** The other alerts that an answer about this one was given in sight of. */
export function seenWith({ open }: Conflict, { id, contradicts }: Alert): string[] {
  return [...open.map((alert) => alert.id).filter((other) => other !== id), ...contradicts];
}

/** Whether a conflict waits now that officers have not been called to. What joins a conflict calls nobody again. */
export function calls(before: Conflict[], now: Conflict[]): boolean {
  const faces = new Set(before.map(({ key }) => key));
  const alerts = new Set(before.flatMap(({ open }) => open.map(({ id }) => id)));
  const joins = ({ open }: Conflict) => open.some(({ contradicts }) => contradicts.some((id) => alerts.has(id)));
  return now.some((conflict) => !faces.has(conflict.key) && !joins(conflict));
}

/** Why the picture of what was seen is gone: it goes once nobody acts on it (R77), or with its person. Nothing while it is kept, or may still come. */
export function goneWith(alerts: Alert[]): "decided" | "not_confirmed" | "not_decided" | "unlisted" | undefined {
  const matches = alerts.filter(({ state }) => state.kind === "adjudicated" && state.verdict === "true" && state.sight?.verdict !== "not_confirmed");
  const kept = alerts.some(({ state }) => state.kind === "open") || matches.some(({ entry }) => entry.name != null);
  if (kept || alerts.length === 0) return undefined;
  const states = alerts.map(({ state }) => state);
  if (states.every(({ kind }) => kind === "not_adjudicated")) return "not_decided";
  if (states.some((state) => state.kind === "adjudicated" && state.sight?.verdict === "not_confirmed")) return "not_confirmed";
  return matches.length > 0 || !states.some(({ kind }) => kind === "adjudicated") ? "unlisted" : "decided";
}

type Decided = Extract<Alert["state"], { kind: "adjudicated" }>;

/** A decision as it is told: about one entry, or about all that stood in question. */
export type Outcome = { about: Alert | "all"; verdict: Verdict; by: string; at: string };

/** Who was quicker with their answer about a face: on sight, or by the pictures. */
export function overruledBy(conflict: Conflict, onSight: boolean): string | undefined {
  if (!onSight) return outcomes(conflict)[0]?.by;
  return conflict.alerts.flatMap(({ state }) => (state.kind === "adjudicated" && state.sight != null ? [state.sight.by.name] : []))[0];
}

/** Whether somebody who goes out of view and comes back is asked about again: only a false verdict rules the person out. */
export function comesBack(verdicts: Verdict[]): boolean {
  return verdicts.includes("inconclusive");
}

/** What has been decided about a face. Who it is says enough; else one answer to all is told once. */
export function outcomes({ alerts, open }: Conflict): Outcome[] {
  const decided = alerts.flatMap((alert) => (alert.state.kind === "adjudicated" ? [{ alert, state: alert.state }] : []));
  const told = (about: Outcome["about"], { verdict, by, at }: Decided): Outcome => ({ about, verdict, by: by.name, at });
  const same = decided.filter(({ state }) => state.verdict === "true");
  const [first] = decided;
  const together = open.length === 0 && decided.every(({ state }) => state.at === first?.state.at && state.verdict === first.state.verdict);
  if (same.length === 0 && first !== undefined && together) return [told("all", first.state)];
  return (same.length > 0 ? same : decided).map(({ alert, state }) => told(alert, state));
}
