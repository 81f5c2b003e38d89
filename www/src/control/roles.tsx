import type { Role, RoleGrant } from "../api/types";
import type { FieldError } from "../components/error-summary/error-summary";
import { DayField } from "../components/field/day";
import { dayErrors } from "../components/field/day-errors";
import { dayOf } from "../lib/day";
import { strings } from "../strings";

const ROLES = Object.keys(strings.people.roles) as Role[];

type Props = { id: string; grants: RoleGrant[]; onGrants: (grants: RoleGrant[]) => void; error?: string | undefined; /** Those of a day lead to it. */ errors: FieldError[] };

/** What is wrong with the days until which training holds. */
export function trainingErrors(id: string, grants: RoleGrant[]): FieldError[] {
  const words = strings.people;
  return grants.flatMap(({ role, trained_until }) => dayErrors(`${id}-${role}-until`, words.trainedUntil(words.roles[role]), trained_until ?? ""));
}

/** As the server reads them, once nothing is wrong with them. */
export function granted(grants: RoleGrant[]): RoleGrant[] {
  return grants.map(({ role, trained_until }) => ({ role, trained_until: dayOf(trained_until ?? "") ?? null }));
}

/** Which roles somebody has, and until when the training for each holds. */
export function RolesField({ id, grants, onGrants, error, errors }: Props) {
  const words = strings.people;
  return (
    <div class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`}>
      <fieldset class="govuk-fieldset" id={id} tabIndex={-1} aria-describedby={`${id}-hint`}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{words.rolesTitle}</legend>
        <div class="govuk-hint" id={`${id}-hint`}>
          {words.rolesHint}
        </div>
        {error !== undefined && (
          <p class="govuk-error-message" id={`${id}-error`}>
            {error}
          </p>
        )}
        <div class="govuk-checkboxes">
          {ROLES.map((role) => {
            const grant = grants.find((held) => held.role === role);
            const others = grants.filter((held) => held.role !== role);
            return (
              <div key={role}>
                <div class="govuk-checkboxes__item">
                  <input
                    class="govuk-checkboxes__input"
                    type="checkbox"
                    id={`${id}-${role}`}
                    data-testid={`${id}-${role}`}
                    checked={grant !== undefined}
                    aria-describedby={`${id}-${role}-hint`}
                    onChange={(event) => onGrants(event.currentTarget.checked ? [...others, { role, trained_until: null }] : others)}
                  />
                  <label class="govuk-label govuk-checkboxes__label" for={`${id}-${role}`}>
                    {words.roles[role]}
                  </label>
                  <div class="govuk-hint govuk-checkboxes__hint" id={`${id}-${role}-hint`}>
                    {words.roleHints[role]}. {words.roleSees[role]}
                  </div>
                </div>
                {grant !== undefined && role !== "administrator" && (
                  <div class="v-roles__until">
                    <DayField
                      id={`${id}-${role}-until`}
                      label={words.trainedUntil(words.roles[role])}
                      hint={role === "commander" ? strings.training.commanderHint : strings.training.hint}
                      errors={errors}
                      value={grant.trained_until ?? ""}
                      onInput={(value) => onGrants([...others, { role, trained_until: value === "" ? null : value }])}
                    />
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
}
