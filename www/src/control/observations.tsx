import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import type { Observations as Counts } from "../api/types";
import { strings } from "../strings";

type Cell = { value: string; count?: number | null };

/** Whom false alerts fell on, as officers saw them, after the end. Counts by which few people could be told are left out by the server. */
export function Observations({ deployment }: { deployment: string }) {
  const [counts, setCounts] = useState<Counts>();
  useEffect(() => {
    const load = async () => {
      const result = await ask(api.GET("/v1/deployments/{id}/observations", { params: { path: { id: deployment } } }));
      // Whoever may not see them is shown nothing.
      if (result.ok) setCounts(result.value);
    };
    void load();
  }, [deployment]);
  if (counts === undefined) return null;
  const words = strings.observations;
  const said = (cells: Cell[], texts: Record<string, string>) => cells.map(({ value, count }) => words.cell(texts[value] ?? value, count ?? undefined)).join("\n");
  const of = strings.intervention;
  return (
    <div data-testid="observations">
      <h3 class="govuk-heading-s">{words.title}</h3>
      {counts.total == null ? (
        <p class="govuk-body">{words.few}</p>
      ) : (
        <>
          <p class="govuk-body">{words.total(counts.total)}</p>
          <dl class="govuk-summary-list">
            {[
              [of.sex, said(counts.sex, of.sexes)],
              [of.age, said(counts.age_band, of.ageBands)],
              [of.ethnicity, said(counts.ethnicity, of.ethnicities)],
            ].map(([name, text]) => (
              <div key={name} class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{name}</dt>
                <dd class="govuk-summary-list__value v-plan__text">{text}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
