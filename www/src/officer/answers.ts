import { strings } from "../strings";
import { clockOf } from "./engagement";
import type { Writing } from "./outbox";

const words = strings.intervention;

/** What an officer wrote, in the words of the form in which she wrote it; first, what kind of record it is. */
export function answers(writing: Writing): string[] {
  const kind = strings.offline.keptKinds[writing.kind];
  if (writing.kind === "check") return [kind, words.checkKinds[writing.body.kind], words.checkBases[writing.body.lawful_basis]];
  const { outcome, officers = [], note } = writing.body;
  const typed = [...(officers.length === 0 ? [] : [`${words.others}: ${officers.join(", ")}`]), ...(note == null ? [] : [`${words.note}: ${note}`])];
  return [kind, words.outcomes[outcome.kind], ...details(outcome), ...typed];
}

function details(outcome: Extract<Writing, { kind: "engagement" }>["body"]["outcome"]): string[] {
  switch (outcome.kind) {
    case "lost":
      return [];
    case "not_engaged":
      return [words.reasons[outcome.reason]];
    case "engaged_true":
    case "engaged_false": {
      const { started_at, minutes, explanation_given, leaflet_given, force_used, complaint, disposal } = outcome.contact;
      const yesNo = (question: string, answer: boolean) => `${question} ${answer ? words.yes : words.no}`;
      return [
        `${clockOf(new Date(started_at))}, ${words.minutesOption(minutes)}`,
        yesNo(words.explanation, explanation_given),
        yesNo(words.leaflet, leaflet_given),
        yesNo(words.force, force_used),
        yesNo(words.complaint, complaint),
        words.disposals[disposal],
      ];
    }
  }
}
