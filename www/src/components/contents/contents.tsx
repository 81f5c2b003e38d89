import { strings } from "../../strings";

export type Section = { /** Of its heading. */ id: string; title: string };

/** From so many parts on a page is long. */
const LONG = 4;

/** To a part of the page, by the id of its heading. The address after # is the page's own route, so it stays as it is. */
export function goTo(id: string): void {
  const heading = document.getElementById(id);
  if (heading === null) return;
  const folded = heading.closest("details");
  if (folded !== null) folded.open = true;
  // Whoever goes there by keyboard or screen reader goes on from there.
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}

/** The parts of a long page, to go to without a walk through the others. */
export function Contents({ sections }: { sections: Section[] }) {
  if (sections.length < LONG) return null;
  return (
    <nav class="v-contents" aria-labelledby="contents" data-testid="contents">
      <h2 class="v-contents__title" id="contents">
        {strings.contents}
      </h2>
      <ul class="v-contents__list">
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a
              class="govuk-link"
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(id);
              }}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
