import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { AlertReview, Deployment } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, type FieldError } from "../components/error-summary/error-summary";
import { SelectField } from "../components/field/field";
import { pageOf, Pager } from "../components/pager/pager";
import { factorWords } from "../officer/factors";
import { strings } from "../strings";
import { alertName, cardOf, cards, FILTERS, lines, outcomeOf, outcomeOfOne, picturesText, shown, type Card, type Filter } from "./review-words";

const PAGE = 20;

type Loaded = { pilot: Deployment; all: Card[] };

/** What became of a deployment's alerts: read, never changed. `of`: which are shown first. */
export function Review({ id, of }: { id: string; of: Filter }) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [filter, setFilter] = useState<Filter>(of);
  const [page, setPage] = useState(0);
  const words = strings.review;

  useEffect(() => {
    const path = { params: { path: { id } } };
    void Promise.all([ask(api.GET("/v1/deployments/{id}", path)), ask(api.GET("/v1/deployments/{id}/alert-reviews", path))]).then(([pilot, alerts]) => {
      if (!pilot.ok) setErrors([{ text: problemText(pilot.problem) }]);
      else if (!alerts.ok) setErrors([{ text: problemText(alerts.problem) }]);
      else setLoaded({ pilot: pilot.value, all: cards(alerts.value) });
    });
  }, [id]);

  const back = (
    <a class="v-back" href={`#/pilot/${id}`}>
      {words.back}
    </a>
  );
  if (loaded === undefined) {
    return (
      <>
        {back}
        {errors.length > 0 ? <ErrorSummary errors={errors} /> : <p class="govuk-body">{strings.loading}</p>}
      </>
    );
  }
  const { pilot, all } = loaded;
  const looks = pilot.duties.includes("decide");
  const found = shown(all, filter);
  const { from, to } = pageOf(page, PAGE, found.length);
  return (
    <>
      {back}
      <span class="govuk-caption-l v-plan__text">
        {pilot.name} <span class="v-id">{strings.kinds.id(pilot.id)}</span>
      </span>
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">
        {words.lead} {looks ? words.withPictures : words.noPictures}
      </p>
      {all.length === 0 ? (
        <p class="govuk-inset-text" data-testid="review-none">
          {words.none}
        </p>
      ) : (
        <>
          <SelectField
            id="review-filter"
            label={words.filter}
            value={filter}
            onInput={(next) => {
              setFilter(next as Filter);
              setPage(0);
            }}
            options={FILTERS.map((each) => ({ value: each, text: words.filters[each] }))}
          />
          <p class="govuk-hint" role="status" data-testid="review-count">
            {words.count(found.length, all.length)}
          </p>
          {found.length === 0 && <p class="govuk-body">{words.noneOfThem}</p>}
          {found.slice(from, to).map((card) => (
            <Reviewed key={cardOf(card[0])} card={card} looks={looks} />
          ))}
          <Pager page={page} size={PAGE} count={found.length} onPage={setPage} testId="review-pager" />
        </>
      )}
    </>
  );
}

function Reviewed({ card, looks }: { card: Card; looks: boolean }) {
  const words = strings.review;
  const [first] = card;
  const title = `review-${first.id}`;
  const outcome = outcomeOf(card);
  return (
    <article class="v-review" aria-labelledby={title} data-testid="review-alert" data-outcome={outcome} data-pictures={first.pictures.kind}>
      <h2 class="govuk-heading-m" id={title}>
        {words.outcomes[outcome]} <span class="v-review__when">{alertName(first)}</span>
      </h2>
      {card.length === 1 ? (
        <Entry alert={first} looks={looks} />
      ) : (
        <>
          <p class="govuk-body">{words.resembles(card.length)}</p>
          {card.map((alert, at) => (
            <section class="v-review__entry" key={alert.id} aria-labelledby={`entry-${alert.id}`} data-testid="review-entry">
              <h3 class="govuk-heading-s" id={`entry-${alert.id}`}>
                {words.entry(at + 1, card.length, words.outcomes[outcomeOfOne(alert)])}
              </h3>
              <Entry alert={alert} looks={looks} />
            </section>
          ))}
        </>
      )}
    </article>
  );
}

/** What became of the alert about one person on the watchlist. */
function Entry({ alert, looks }: { alert: AlertReview; looks: boolean }) {
  const words = strings.review;
  const { course, pictures } = alert;
  const factors = course.kind === "adjudicated" ? factorWords(course.factors) : [];
  return (
    <>
      <div class="v-review__columns">
        <div>
          <p class="govuk-body v-review__title">{words.course}</p>
          <ol class="govuk-list v-review__course" aria-label={words.course}>
            {lines(alert).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </div>
        <dl class="v-review__facts" aria-label={words.facts}>
          <Fact name={words.band} text={strings.alerts.bands[alert.band]} />
          {alert.namesake != null && <Fact name={strings.namesakes.fact} text={strings.namesakes.which(alert.namesake.number, alert.namesake.of)} />}
          {alert.category != null && <Fact name={words.category} text={alert.category} />}
          {alert.response != null && <Fact name={words.response} text={strings.intervention.responses[alert.response]} />}
          {course.kind === "adjudicated" && <Fact name={words.factors} text={factors.length === 0 ? words.noFactors : factors.join(", ")} />}
        </dl>
      </div>
      {pictures.kind === "kept" && looks ? <BothPictures alert={alert} name={alertName(alert)} /> : <p class="govuk-body">{picturesText(pictures)}</p>}
      {alert.held && <p class="govuk-body">{words.held}</p>}
    </>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** Asked for only when somebody wants to see them, and at equal size: neither weighs more than the other. */
function BothPictures({ alert, name }: { alert: AlertReview; name: string }) {
  const words = strings.review;
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const picture = (kind: "probe" | "reference", text: string, alt: string) => (
    <figure>
      <img src={`/v1/alerts/${alert.id}/${kind}`} alt={alt} onError={() => setFailed(true)} data-testid={`review-${kind}`} />
      <figcaption>{text}</figcaption>
    </figure>
  );
  return (
    <>
      <p class="govuk-body">{words.kept}</p>
      <Button
        kind="secondary"
        label={open ? `${words.hide}: ${name}` : words.showNamed(name)}
        onPress={() => {
          setFailed(false);
          setOpen(!open);
        }}
        testId="review-show"
      >
        {open ? words.hide : words.show}
      </Button>
      {open && failed && (
        <p class="govuk-error-message" role="alert">
          {words.failed}
        </p>
      )}
      {open && !failed && (
        <div class="v-review__pictures" data-testid="review-pictures">
          {picture("probe", words.seen, words.seenAlt)}
          {picture("reference", words.reference, words.referenceAlt)}
        </div>
      )}
    </>
  );
}
