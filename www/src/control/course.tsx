import type { Act } from "../api/types";
import { strings } from "../strings";
import { actText } from "./acts";

/** Who began a deployment, stopped it and let it go on, oldest first. */
export function Course({ acts }: { acts: Act[] }) {
  if (acts.length === 0) return null;
  return (
    <section class="v-section" aria-labelledby="course">
      <h2 class="govuk-heading-m" id="course">
        {strings.course.title}
      </h2>
      <ol class="govuk-list govuk-list--number v-plan__text" data-testid="pilot-course">
        {acts.map((act) => (
          <li key={`${act.what} ${act.at}`} data-act={act.what}>
            {actText(act)}
          </li>
        ))}
      </ol>
    </section>
  );
}
