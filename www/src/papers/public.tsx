import type { Deployment, Organisation } from "../api/types";
import { SketchFigure } from "../components/sketch/drawing";
import { papers, type Language } from "../strings/papers";
import { answerable, facts, inLanguage, type Fact, type Typed } from "./facts";
import { dayOf } from "./when";

export type Props = { pilot: Deployment; organisation: Organisation; language: Language; typed: Record<Language, Typed> };

export function Facts({ all }: { all: Fact[] }) {
  return (
    <dl class="v-facts">
      {all.map(({ name, text, language }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd lang={language === undefined ? undefined : papers[language].locale}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A face between the corners of a viewfinder. */
function Mark() {
  return (
    <svg class="v-sign__mark" viewBox="0 0 120 120" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="7" stroke-linecap="square">
      <path d="M5 35V5h30M85 5h30v30M115 85v30H85M35 115H5V85" />
      <ellipse cx="60" cy="60" rx="26" ry="33" />
      <path d="M49 53v4M71 53v4M51 76h18" />
    </svg>
  );
}

/** To stand before the zone of recognition: read while walking, so little is said, and large. */
export function Sign({ pilot, organisation, language, typed, large }: Props & { large: boolean }) {
  const words = papers[language];
  const [responsible, toAsk] = [answerable(organisation, words, language).slice(0, 1), answerable(organisation, words, language).slice(1)];
  return (
    <article class={`v-sheet v-sign${large ? " v-sheet--large" : ""}`} lang={words.locale} data-testid="paper-sheet" data-language={language}>
      <header class="v-sign__head">
        <Mark />
        <h1>{words.sign.title}</h1>
      </header>
      {pilot.operation === undefined && <p class="v-sign__strong">{words.exercise}</p>}
      <p class="v-sign__strong">{words.sign.lead}</p>
      <p class="v-sign__strong">{words.sign.forgotten}</p>
      <p>{words.sign.person}</p>
      <Facts all={[...responsible, ...facts(pilot, language, typed), ...toAsk]} />
      <p>{words.sign.rights}</p>
    </article>
  );
}

/** For whoever asks, and for whoever is spoken to. */
export function Leaflet({ pilot, organisation, language, typed }: Props) {
  const words = papers[language];
  const { leaflet } = words;
  return (
    <article class="v-sheet v-leaflet" lang={words.locale} data-testid="paper-sheet" data-language={language}>
      <h1>{leaflet.title}</h1>
      {pilot.operation === undefined && (
        <p>
          <strong>{words.exercise}</strong>
        </p>
      )}
      <h2>{leaflet.what}</h2>
      {leaflet.whatText.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {pilot.operation?.stage.kind === "authorised" && <p>{leaflet.authorised}</p>}
      <h2>{leaflet.face}</h2>
      {leaflet.faceText.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <h2>{leaflet.stopped}</h2>
      {leaflet.stoppedText.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <h2 class="v-leaflet__back">{leaflet.rights}</h2>
      <Rights language={language} />
      <h2>{leaflet.ask}</h2>
      <Facts all={[...facts(pilot, language, typed), ...answerable(organisation, words, language), { name: words.rows.regulator, text: words.regulator }]} />
    </article>
  );
}

function Rights({ language }: { language: Language }) {
  const { leaflet } = papers[language];
  return (
    <>
      <p>{leaflet.rightsLead}</p>
      <ul>
        {leaflet.rightsList.map((right) => (
          <li key={right}>{right}</li>
        ))}
      </ul>
      <p>{leaflet.rightsNote}</p>
    </>
  );
}

/** What is told before the start, wherever the public looks. */
export function PublicNotice({ pilot, organisation, language, typed }: Props) {
  const words = papers[language];
  const text = inLanguage("notice", language, typed);
  const published = pilot.operation?.plan.notice?.published_on;
  return (
    <article class="v-sheet v-leaflet" lang={words.locale} data-testid="paper-sheet" data-language={language}>
      <h1>{words.notice.title}</h1>
      <p>{words.notice.lead}</p>
      {pilot.operation === undefined && (
        <p>
          <strong>{words.exercise}</strong>
        </p>
      )}
      <Facts all={facts(pilot, language, typed)} />
      {pilot.operation?.plan.sketch !== undefined && <SketchFigure sketch={pilot.operation.plan.sketch} words={words.sketch} />}
      {text.text !== "" && (
        <p class="v-sheet__said" lang={text.language === undefined ? undefined : papers[text.language].locale}>
          {text.text}
        </p>
      )}
      <h2>{words.notice.rights}</h2>
      <Rights language={language} />
      <Facts
        all={[
          ...answerable(organisation, words, language),
          { name: words.rows.regulator, text: words.regulator },
          ...(published === undefined ? [] : [{ name: words.rows.published, text: dayOf(published, words) }]),
        ]}
      />
    </article>
  );
}
