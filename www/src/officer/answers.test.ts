import { expect, test } from "vitest";
import { strings } from "../strings";
import { answers } from "./answers";
import type { Writing } from "./outbox";

const words = strings.intervention;
const engagement = (body: Extract<Writing, { kind: "engagement" }>["body"]) => answers({ kind: "engagement", version: 1, body });

test("R128: what an officer wrote is told in the form's own words, with all that has to be written again", () => {
  expect(engagement({ outcome: { kind: "lost" } })).toEqual([strings.offline.keptKinds.engagement, words.outcomes.lost]);
  expect(engagement({ outcome: { kind: "not_engaged", reason: "not_safe" }, officers: ["Ada", "Otto"], note: "She ran" }).slice(1)).toEqual([
    words.outcomes.not_engaged,
    words.reasons.not_safe,
    `${words.others}: Ada, Otto`,
    `${words.note}: She ran`,
  ]);
  const contact = { started_at: new Date(2027, 0, 4, 9, 5).toISOString(), minutes: 5, explanation_given: true, leaflet_given: true, force_used: false, complaint: false, disposal: "arrest" } as const;
  expect(engagement({ outcome: { kind: "engaged_true", contact } }).slice(1)).toEqual([
    words.outcomes.engaged_true,
    `09:05, ${words.minutesOption(5)}`,
    `${words.explanation} ${words.yes}`,
    `${words.leaflet} ${words.yes}`,
    `${words.force} ${words.no}`,
    `${words.complaint} ${words.no}`,
    words.disposals.arrest,
  ]);
  expect(answers({ kind: "check", body: { kind: "document", lawful_basis: "consent", at: contact.started_at } })).toEqual([strings.offline.keptKinds.check, words.checkKinds.document, words.checkBases.consent]);
});
