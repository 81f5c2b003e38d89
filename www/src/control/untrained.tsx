import type { Duty, RoleGrant } from "../api/types";
import { day } from "../lib/time";
import { strings } from "../strings";

/** Why a commander plans nothing: her training isn't recorded, or is over. Nothing for whoever plans, or commands nothing. */
export function untrainedText(roles: readonly RoleGrant[], duties: readonly Duty[]): string | undefined {
  const held = roles.find(({ role }) => role === "commander");
  if (held === undefined || duties.includes("plan")) return undefined;
  return held.trained_until == null ? strings.training.unrecorded : strings.training.over(day(held.trained_until));
}

export function Untrained({ roles, duties }: { roles: readonly RoleGrant[]; duties: readonly Duty[] }) {
  const text = untrainedText(roles, duties);
  if (text === undefined) return null;
  return (
    <p class="govuk-inset-text" data-testid="commander-untrained">
      {text}
    </p>
  );
}
