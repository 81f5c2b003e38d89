import { useState } from "preact/hooks";
import type { Entry } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { SelectField, TextField } from "../components/field/field";
import { pageOf, Pager } from "../components/pager/pager";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings";
import { imageAge, ParticularsSummary, ResponseTag } from "./roster/particulars-summary";
import { kindNames } from "./roster/people";
import { categoriesOf, EVERYBODY, wanted, type Wanted } from "./roster/watchlist";

/** So many people are drawn at once. */
const PAGE = 25;
/** A list that fits a screen or two needs no filters. */
const FILTERED_FROM = 6;
/** As many as the server keeps of one person. */
const MOST_PHOTOS = 5;
/** So many wrong alerts, and more of them than right ones, say that something is amiss with an entry's photos. */
const MANY_WRONG = 2;

type Props = {
  deployment: string;
  entries: Entry[];
  /** What was just done, in words. */
  done: string | undefined;
  /** Absent where the list only shrinks. */
  onAddPhoto: ((entry: Entry) => void) | undefined;
  onRemovePhoto: (entry: Entry, photo: string) => void;
  onRemove: (entry: Entry) => void;
};

/** Who is on the watchlist, with their photos and what was decided about their alerts. */
export function Entries({ deployment, entries, done, onAddPhoto, onRemovePhoto, onRemove }: Props) {
  const words = strings.entries;
  const [filter, setFilter] = useState(EVERYBODY);
  const [page, setPage] = useState(0);
  const found = wanted(entries, filter);
  const { from, to } = pageOf(page, PAGE, found.length);
  return (
    <section class="v-section" aria-labelledby="entries-title">
      <h2 class="govuk-heading-m" id="entries-title">
        {words.title}
      </h2>
      {done !== undefined && <Notice>{done}</Notice>}
      {entries.length === 0 && <p class="govuk-body">{words.none}</p>}
      {entries.length >= FILTERED_FROM && (
        <Filters
          entries={entries}
          filter={filter}
          onFilter={(next) => {
            setFilter(next);
            setPage(0);
          }}
        />
      )}
      {entries.length > 0 && found.length === 0 && <p class="govuk-body">{strings.watchlist.none}</p>}
      {found.slice(from, to).map((entry) => {
        const { photos, verdicts, particulars, clearances } = entry;
        const open = clearances.filter(({ state }) => state === "needed" || state === "requested").map(({ kind }) => kind);
        const path = `/v1/deployments/${deployment}/entries/${entry.id}/photos`;
        return (
          <Card
            key={entry.id}
            testId="entry-row"
            title={entry.name}
            actions={
              <>
                {onAddPhoto !== undefined && photos.length < MOST_PHOTOS && (
                  <Button kind="secondary" label={words.addPhotoNamed(entry.name)} onPress={() => onAddPhoto(entry)} testId="entry-add-photo">
                    {words.addPhoto}
                  </Button>
                )}
                <Button kind="secondary" label={words.removeNamed(entry.name)} onPress={() => onRemove(entry)} testId="entry-remove">
                  {words.remove}
                </Button>
              </>
            }
          >
            {particulars != null && (
              <p class="v-tags">
                <ResponseTag response={particulars.response} />
                {entry.waits && <strong class="govuk-tag govuk-tag--yellow">{strings.watchlist.waits}</strong>}
              </p>
            )}
            <ul class="v-photos">
              {photos.map((photo, index) => (
                <li key={photo.id}>
                  <img src={`${path}/${photo.id}`} alt={words.photoOf(entry.name, index + 1, photos.length)} width={96} height={96} loading="lazy" />
                  {particulars != null && <span class="govuk-hint v-photos__quality">{strings.watchlist.quality(Math.floor(100 * photo.quality))}</span>}
                  {photos.length > 1 && (
                    <Button kind="secondary" label={words.removePhotoOf(entry.name, index + 1)} onPress={() => onRemovePhoto(entry, photo.id)} testId="photo-remove">
                      {words.removePhoto}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {particulars != null && (
              <>
                <p class="govuk-body">
                  {particulars.category} · {particulars.nominal_id}
                </p>
                <p class="govuk-body">{imageAge(particulars)}.</p>
              </>
            )}
            {entry.warnings.map(({ kind, message }) => (
              <p class="govuk-body" key={kind} data-testid="entry-warning">
                {message}
              </p>
            ))}
            {open.length > 0 && (
              <p class="govuk-body" data-testid="entry-waits">
                {strings.watchlist.waitsFor(kindNames(open))}
              </p>
            )}
            <p class="govuk-hint">{words.enrolledAt(dayAndTime(entry.created_at))}</p>
            {particulars != null && <ParticularsSummary particulars={particulars} />}
            {verdicts.true + verdicts.false + verdicts.inconclusive > 0 && (
              <p class="govuk-body" data-testid="entry-verdicts">
                {words.verdicts(verdicts.true, verdicts.false, verdicts.inconclusive)}
              </p>
            )}
            {verdicts.false >= MANY_WRONG && verdicts.false > verdicts.true && (
              <div class="v-notice v-notice--error" data-testid="entry-wrong-alerts">
                <p>{words.manyWrong}</p>
              </div>
            )}
          </Card>
        );
      })}
      <Pager page={page} size={PAGE} count={found.length} onPage={setPage} testId="entries-pager" />
    </section>
  );
}

function Filters({ entries, filter, onFilter }: { entries: Entry[]; filter: Wanted; onFilter: (filter: Wanted) => void }) {
  const words = strings.watchlist;
  const any = { value: "", text: words.any };
  const categories = categoriesOf(entries);
  return (
    <div class="v-filters">
      <TextField id="entries-search" label={words.search} value={filter.search} onInput={(search) => onFilter({ ...filter, search })} maxLength={80} />
      {categories.length > 0 && (
        <>
          <SelectField
            id="entries-category"
            label={words.category}
            value={filter.category}
            onInput={(category) => onFilter({ ...filter, category })}
            options={[any, ...categories.map((name) => ({ value: name, text: name }))]}
          />
          <SelectField
            id="entries-response"
            label={words.response}
            value={filter.response}
            onInput={(response) => onFilter({ ...filter, response })}
            options={[any, ...Object.entries(strings.particulars.responses).map(([value, text]) => ({ value, text }))]}
          />
        </>
      )}
      <SelectField
        id="entries-show"
        label={words.show}
        value={filter.show}
        onInput={(show) => onFilter({ ...filter, show: show as Wanted["show"] })}
        options={Object.entries(words.shows).map(([value, text]) => ({ value, text }))}
      />
    </div>
  );
}
