import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { SelectField, TextField } from "../../components/field/field";
import { pageOf, Pager } from "../../components/pager/pager";
import { strings } from "../../strings";
import { filtered, type Filter, type Shown } from "./people";

const PAGE = 25;

type Props = { /** What is shown at first. */ first: Filter; all: readonly Shown[]; children: (shown: Shown) => ComponentChildren };

/** The rows, filtered, a page at a time: a list of ten thousand is drawn as quickly as one of ten. */
export function Rows({ first, all, children }: Props) {
  const words = strings.roster;
  const [filter, setFilter] = useState<Filter>(first);
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(0);
  const found = useMemo(() => filtered(all, filter, search), [all, filter, search]);
  const { from, to } = pageOf(page, PAGE, found.length);
  const shown = found.slice(from, to);
  return (
    <section class="v-section v-roster" aria-label={words.counts.all}>
      <div class="v-filters">
        <SelectField
          id="roster-filter"
          label={words.filter}
          value={filter}
          onInput={(value) => {
            setFilter(value as Filter);
            setPage(0);
          }}
          options={Object.entries(words.filters).map(([value, text]) => ({ value, text }))}
        />
        <TextField
          id="roster-search"
          label={words.search}
          value={search}
          onInput={(value) => {
            setSearch(value);
            setPage(0);
          }}
        />
      </div>
      {shown.length === 0 && <p class="govuk-body">{words.none}</p>}
      {shown.map(children)}
      <Pager page={page} size={PAGE} count={found.length} onPage={setPage} testId="roster-pager" />
    </section>
  );
}
