import { useEffect, useRef } from "preact/hooks";
import { strings } from "../../strings";
import { Said } from "../said/said";

/** One thing to put right; `field` is the id of the input it belongs to, `href` the page where it is. */
export type FieldError = { field?: string; href?: string; text: string };

/** Says what went wrong above the form and takes the focus, so that nobody has to hunt for it. */
export function ErrorSummary({ errors }: { errors: FieldError[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length === 0) return undefined;
    box.current?.focus();
    // The title is what a screen reader says first.
    const before = document.title;
    document.title = strings.titleError(before);
    return () => {
      document.title = before;
    };
  }, [errors]);
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
                      document.getElementById(field)?.focus();
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

export function errorFor(errors: FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.text;
}
