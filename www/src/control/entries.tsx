import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Entry, Response, WatchlistPage } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { ErrorSummary } from "../components/error-summary/error-summary";
import { SelectField, TextField } from "../components/field/field";
import { Pager } from "../components/pager/pager";
import { Part } from "../components/part/part";
import { Said } from "../components/said/said";
import { fromServer } from "../lib/foreign";
import { nameOf } from "../lib/namesake";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings";
import { imageAge, ParticularsSummary, ResponseTag } from "./roster/particulars-summary";
import { kindNames } from "./roster/people";

/** A list that fits a screen or two needs no filters. */
const FILTERED_FROM = 6;
/** As many as the server keeps of one person. */
const MOST_PHOTOS = 5;
/** So many wrong alerts, and more of them than right ones, say that something is amiss with an entry's photos. */
const MANY_WRONG = 2;
/** Somebody who types on is waited for. */
const PAUSE_MS = 300;

type Show = keyof typeof strings.watchlist.shows;
type Wanted = { search: string; category: string; response: string; show: Show };

const EVERYBODY: Wanted = { search: "", category: "", response: "", show: "all" };

type Actions = {
  /** Absent where the list only shrinks. */
  onAddPhoto: ((entry: Entry) => void) | undefined;
  onRemovePhoto: (entry: Entry, photo: string) => void;
  onRemove: (entry: Entry) => void;
};

type Props = Actions & {
  deployment: string;
  /** Changes whenever the list may have. */
  turn: number;
  /** What was just done, in words. */
  done: string | undefined;
  folded: boolean;
};

/** Who is on the watchlist, newest first, a page at a time: pictures, why they are on it, and what was decided about alerts. */
export function Entries({ deployment, turn, done, folded, ...actions }: Props) {
  const words = strings.entries;
  const [wanted, setWanted] = useState(EVERYBODY);
  const [page, setPage] = useState(0);
  const [seen, setSeen] = useState<WatchlistPage>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let left = false;
    const load = async () => {
      const { search, category, response, show } = wanted;
      const body = { search, show, page, category: category === "" ? null : category, response: response === "" ? null : (response as Response) };
      const result = await ask(api.POST("/v1/deployments/{id}/watchlist", { params: { path: { id: deployment } }, body }));
      // A later question has been asked meanwhile.
      if (left) return;
      if (result.ok) setSeen(result.value);
      setProblem(result.ok ? undefined : problemText(result.problem));
    };
    const timer = setTimeout(() => void load(), seen === undefined ? 0 : PAUSE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [deployment, turn, wanted, page]);

  return (
    <Part
      id="entries-title"
      title={
        <>
          {words.title}
          {seen !== undefined && seen.total > 0 && <span class="v-people__count"> {strings.pilots.entries(seen.total)}</span>}
        </>
      }
      folded={folded}
      data={{ "data-testid": "entries" }}
    >
      {done !== undefined && <Notice>{done}</Notice>}
      {problem !== undefined && <ErrorSummary errors={[{ text: problem }]} />}
      {seen === undefined && problem === undefined && <p class="govuk-body">{strings.loading}</p>}
      {seen?.total === 0 && <p class="govuk-body">{words.none}</p>}
      {seen !== undefined && seen.total >= FILTERED_FROM && (
        <Filters
          categories={seen.categories}
          wanted={wanted}
          onWanted={(next) => {
            setWanted(next);
            setPage(0);
          }}
        />
      )}
      {seen !== undefined && seen.total > 0 && seen.found === 0 && (
        <p class="govuk-body" role="status">
          {strings.watchlist.none}
        </p>
      )}
      <div class="v-people">{seen?.entries.map((entry) => <Person key={entry.id} deployment={deployment} entry={entry} {...actions} />)}</div>
      {seen !== undefined && <Pager page={seen.page} size={seen.page_size} count={seen.found} onPage={setPage} testId="entries-pager" />}
    </Part>
  );
}

function Person({ deployment, entry, onAddPhoto, onRemovePhoto, onRemove }: Actions & { deployment: string; entry: Entry }) {
  const words = strings.entries;
  const { photos, verdicts, particulars, clearances } = entry;
  const open = clearances.filter(({ state }) => state === "needed" || state === "requested").map(({ kind }) => kind);
  const path = `/v1/deployments/${deployment}/entries/${entry.id}/photos`;
  return (
    <article class="v-person" data-testid="entry-row">
      <ul class="v-photos v-person__photos">
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <img src={`${path}/${photo.id}`} alt={words.photoOf(nameOf(entry), index + 1, photos.length)} width={photos.length === 1 ? 160 : 96} height={photos.length === 1 ? 160 : 96} loading="lazy" />
            <span class="govuk-hint v-photos__quality">{strings.watchlist.quality(Math.floor(100 * photo.quality))}</span>
            {photos.length > 1 && (
              <Button kind="secondary" label={words.removePhotoOf(nameOf(entry), index + 1)} onPress={() => onRemovePhoto(entry, photo.id)} testId="photo-remove">
                {words.removePhoto}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <h3 class="v-card__title">{nameOf(entry)}</h3>
      {entry.namesake != null && (
        <p class="govuk-hint" data-testid="entry-namesake">
          {strings.namesakes.hint(entry.namesake.number, entry.namesake.of)}
        </p>
      )}
      {particulars != null && (
        <>
          <p class="v-tags">
            <ResponseTag response={particulars.response} />
            {entry.waits && <strong class="govuk-tag govuk-tag--yellow">{strings.watchlist.waits}</strong>}
          </p>
          <p class="govuk-body">
            {particulars.category} · {particulars.nominal_id}
          </p>
          <p class="govuk-body">{imageAge(particulars)}.</p>
        </>
      )}
      {entry.warnings.map(({ kind, message }) => (
        <p class="govuk-body" key={kind} data-testid="entry-warning">
          <Said text={fromServer(message)} />
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
      <div class="govuk-button-group v-person__actions">
        {onAddPhoto !== undefined && photos.length < MOST_PHOTOS && (
          <Button kind="secondary" label={words.addPhotoNamed(nameOf(entry))} onPress={() => onAddPhoto(entry)} testId="entry-add-photo">
            {words.addPhoto}
          </Button>
        )}
        <Button kind="secondary" label={words.removeNamed(nameOf(entry))} onPress={() => onRemove(entry)} testId="entry-remove">
          {words.remove}
        </Button>
      </div>
    </article>
  );
}

function Filters({ categories, wanted, onWanted }: { categories: string[]; wanted: Wanted; onWanted: (wanted: Wanted) => void }) {
  const words = strings.watchlist;
  const any = { value: "", text: words.any };
  return (
    <div class="v-filters">
      <TextField id="entries-search" label={words.search} value={wanted.search} onInput={(search) => onWanted({ ...wanted, search })} />
      {categories.length > 0 && (
        <>
          <SelectField
            id="entries-category"
            label={words.category}
            value={wanted.category}
            onInput={(category) => onWanted({ ...wanted, category })}
            options={[any, ...categories.map((name) => ({ value: name, text: name }))]}
          />
          <SelectField
            id="entries-response"
            label={words.response}
            value={wanted.response}
            onInput={(response) => onWanted({ ...wanted, response })}
            options={[any, ...Object.entries(strings.particulars.responses).map(([value, text]) => ({ value, text }))]}
          />
        </>
      )}
      <SelectField
        id="entries-show"
        label={words.show}
        value={wanted.show}
        onInput={(show) => onWanted({ ...wanted, show: show as Show })}
        options={Object.entries(words.shows).map(([value, text]) => ({ value, text }))}
      />
    </div>
  );
}
