import { expect, test } from "vitest";
import { pauseText, type Paused } from "./pause";

const paused = (cause: Paused["pause"]["cause"]): Paused => ({ kind: "paused", started_at: "2027-07-01T10:00:00Z", pause: { paused_at: "2027-07-01T12:00:00Z", cause } });

test("R87: a pause says who or what caused it, and with which figures", () => {
  expect(pauseText(paused({ kind: "person", by: "0192f0c1-2345-7890-abcd-ef0123456789", reason: "The light has changed." }))).toContain("The light has changed.");
  const own = pauseText(paused({ kind: "false_alerts", false_alerts: 3, faces_seen: 1_900 }));
  expect(own).toContain("by itself");
  expect(own).toContain("3 of 1,900 faces");
});
