import { useEffect, useRef } from "preact/hooks";
import { strings } from "../../strings";
import { Said } from "../said/said";

/** One thing to put right; `field` is the id of the input it belongs to, or of the box around several, `href` the page where it is. */
export type FieldError = { field?: string; href?: string; text: string };

/** Says what went wrong above the form and takes the focus, so that nobody has to hunt for it. */
export function ErrorSummary({ errors }: { errors: FieldError[] }) {
  const box = useRef<HTMLDivElement>(null);
  const said = useRef<FieldError[]>([]);
  useEffect(() => {
    // Whoever puts one of several right goes on where she is.
    const news = saysMore(said.current, errors);
    said.current = errors;
    if (news) box.current?.focus();
  });
  const any = errors.length > 0;
  useEffect(() => {
    if (!any) return undefined;
    // The title is what a screen reader says first.
    const before = document.title;
    document.title = strings.titleError(before);
    return () => {
      document.title = before;
    };
  }, [any]);
  if (errors.length === 0) return null;
  return (
    <div class="govuk-error-summary" ref={box} tabIndex={-1} data-testid="error-summary">
      <div role="alert">
        <h2 class="govuk-error-summary__title">{strings.errorSummary}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(({ field, href, text }) => (
              <li key={text}>
                {href !== undefined ? (
                  <a href={href}>{text}</a>
                ) : field === undefined ? (
                  <span class="govuk-error-message">
                    <Said text={text} />
                  </span>
                ) : (
                  <a
                    href={`#${field}`}
                    onClick={(event) => {
                      // The address after # is the page's own route, so the link focuses instead of navigating.
                      event.preventDefault();
                      const at = document.getElementById(field);
                      (at instanceof HTMLDivElement ? at.querySelector("input") : at)?.focus();
                    }}
                  >
                    <Said text={text} />
                  </a>
                )}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

/** Whether something is wrong that was not said before: the same again, after another try, is news too. */
export function saysMore(before: FieldError[], now: FieldError[]): boolean {
  return now.some((error) => !before.includes(error));
}

/** What is still to be put right of the errors that a form told: an answer ends its own at once. `lacking`: what the form would tell now. */
export function unanswered(errors: FieldError[], lacking: FieldError[]): FieldError[] {
  return errors.filter(({ field }) => field === undefined || lacking.some((one) => one.field === field));
}

export function errorFor(errors: FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.text;
}
