import { strings } from "../../strings";
import { Button } from "../button/button";

/** Which rows of a list a page shows, counted from 0; a page beyond the end is the last one. */
export function pageOf(page: number, size: number, count: number): { page: number; pages: number; from: number; to: number } {
  const pages = Math.max(1, Math.ceil(count / size));
  const shown = Math.min(Math.max(0, page), pages - 1);
  return { page: shown, pages, from: shown * size, to: Math.min(count, (shown + 1) * size) };
}

type Props = { page: number; size: number; count: number; onPage: (page: number) => void; testId?: string };

/** Goes through a list that is too long for one page. */
export function Pager({ page, size, count, onPage, testId = "pager" }: Props) {
  const words = strings.pager;
  const at = pageOf(page, size, count);
  if (at.pages === 1) return null;
  return (
    <nav class="v-pager" aria-label={words.label} data-testid={testId}>
      <Button kind="secondary" inactive={at.page === 0} onPress={() => onPage(at.page - 1)} testId={`${testId}-previous`}>
        {words.previous}
      </Button>
      <p class="v-pager__where" aria-live="polite">
        {words.page(at.page + 1, at.pages)} <span class="govuk-hint">({words.shown(at.from + 1, at.to, count)})</span>
      </p>
      <Button kind="secondary" inactive={at.page === at.pages - 1} onPress={() => onPage(at.page + 1)} testId={`${testId}-next`}>
        {words.next}
      </Button>
    </nav>
  );
}
