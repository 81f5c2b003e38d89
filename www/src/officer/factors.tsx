import { useEffect, useRef, useState } from "preact/hooks";
import type { EnvironmentFactor, Factors, SubjectFactor, SystemFactor } from "../api/types";
import { Chips } from "../components/choices/choices";
import { strings } from "../strings";

type Group = keyof Factors;
type Factor = SubjectFactor | SystemFactor | EnvironmentFactor;

export const NO_FACTORS: Factors = { subject: [], system: [], environment: [] };
const GROUPS: Group[] = ["subject", "system", "environment"];

/** A group's factors, in the order in which their words stand. */
const words = (group: Group) => strings.intervention.factors[group];
const all = (group: Group) => Object.entries<string>(words(group)).map(([value, text]) => ({ value: value as Factor, text }));

export function factorWords(factors: Factors): string[] {
  return GROUPS.flatMap((group) => all(group).flatMap(({ value, text }) => ((factors[group] as Factor[]).includes(value) ? [text] : [])));
}

/** Asks what might mislead the eye, before the answer and in one row: a group opens at a touch, and none need be. */
export function FactorChips({ id, values, onChange }: { id: string; values: Factors; onChange: (values: Factors) => void }) {
  const [shown, setShown] = useState<Group>();
  const panel = `${id}-factors`;
  const opened = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It opens where the answers may stand over it.
    opened.current?.scrollIntoView({ block: "nearest" });
  }, [shown]);
  return (
    <div class="v-factors" role="group" aria-labelledby={`${panel}-ask`}>
      <p class="v-factors__ask" id={`${panel}-ask`}>
        {strings.intervention.factorsAsk}
      </p>
      <div class="v-factors__groups">
        {GROUPS.map((group) => {
          const open = group === shown;
          return (
            <button
              key={group}
              type="button"
              class="v-factors__group"
              aria-expanded={open}
              aria-controls={open ? panel : undefined}
              onClick={() => setShown(open ? undefined : group)}
              data-testid={`factors-${group}`}
            >
              {strings.intervention.factorCount(strings.intervention.factorGroups[group], values[group].length)}
              <span aria-hidden="true">{open ? " ▴" : " ▾"}</span>
            </button>
          );
        })}
      </div>
      {shown !== undefined && (
        <div id={panel} class="v-factors__panel" ref={opened}>
          <Chips
            key={shown}
            id="factor"
            legend={<span class="govuk-visually-hidden">{strings.intervention.factorGroups[shown]}</span>}
            options={all(shown)}
            values={values[shown] as Factor[]}
            onChange={(chosen) => onChange({ ...values, [shown]: chosen })}
          />
        </div>
      )}
    </div>
  );
}
