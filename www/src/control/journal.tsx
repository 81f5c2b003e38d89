import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { JournalEntry } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, type FieldError } from "../components/error-summary/error-summary";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings";
import { LOCALES } from "../strings/language";

function who(entry: JournalEntry): string {
  const words = strings.journal;
  if (entry.user == null) return words.nobody;
  const name = entry.user_name ?? words.removed;
  return entry.device_name == null ? name : words.onDevice(name, entry.device_name);
}

/** An id, and what else the entry tells, as it stands in the export. */
function about(entry: JournalEntry): string {
  const detail = JSON.stringify(entry.detail);
  return [entry.subject_name ?? entry.subject, detail === "{}" ? "" : detail].filter((part) => part !== "").join(" ");
}

/** What was done. A journal may hold what was written by another version of the product, whose word for it stands then. */
function Action({ of }: { of: string }) {
  const known: Readonly<Record<string, string>> = strings.journal.actions;
  const words = Object.hasOwn(known, of) ? known[of] : undefined;
  return words === undefined ? <strong lang={LOCALES.en}>{of.replaceAll("_", " ")}</strong> : <strong>{words}</strong>;
}

/** Who did what, the last first. */
export function Journal() {
  const [entries, setEntries] = useState<JournalEntry[]>();
  const [whole, setWhole] = useState(false);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.journal;

  const load = useCallback(async (before?: number) => {
    const result = await ask(api.GET("/v1/journal", { params: { query: before === undefined ? {} : { before } } }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setErrors([]);
    setEntries((known) => (before === undefined ? result.value : [...(known ?? []), ...result.value]));
    setWhole(result.value.length === 0 || result.value.at(-1)?.seq === 1);
  }, []);
  useEffect(() => void load(), []);

  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {entries === undefined ? (
        <p class="govuk-body">{strings.loading}</p>
      ) : (
        <>
          <ol class="v-journal" data-testid="journal">
            {entries.map((entry) => (
              <li key={entry.seq} data-testid="journal-entry">
                <span class="v-journal__number">{entry.seq}</span>
                <Action of={entry.action} />
                <span>{dayAndTime(entry.at)}</span>
                <span>{who(entry)}</span>
                <span class="v-journal__about">{about(entry)}</span>
              </li>
            ))}
          </ol>
          {!whole && (
            <Button kind="secondary" onPress={() => load(entries.at(-1)?.seq)} testId="journal-older">
              {words.older}
            </Button>
          )}
        </>
      )}
    </>
  );
}
