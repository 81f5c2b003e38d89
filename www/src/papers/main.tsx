import { render, type ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { AnnualReport, DeletionCertificate, Deployment, Organisation, RetentionRule } from "../api/types";
import { Button } from "../components/button/button";
import { LanguageLinks, ThemeChoice } from "../components/display/display";
import { SelectField, TextArea, TextField } from "../components/field/field";
import { NAME, TEXT, textErrors, type Limit } from "../components/field/text-errors";
import { SignIn } from "../components/sign-in";
import { loadedAnewOnReturn } from "../lib/returned";
import { save } from "../lib/save";
import { whoIsHere } from "../lib/session";
import { strings } from "../strings";
import { keepAsked } from "../strings/language";
import { papers, type Language } from "../strings/papers";
import { AnnualPaper } from "./annual";
import { CertificatePaper } from "./certificate";
import { records } from "./csv";
import { GuidePaper } from "./guide";
import { LONGEST_PURPOSE, noticeText, planned, type Typed } from "./facts";
import { Leaflet, PublicNotice, Sign } from "./public";
import { parsePaper, type Paper } from "./route";
import { RowPaper } from "./row";

const PUBLIC = ["notice", "sign", "leaflet"] as const;
type Public = (typeof PUBLIC)[number];

type State =
  | { kind: "loading" }
  | { kind: "signed_out" }
  | { kind: "failed"; text: string }
  | { kind: "no_organisation" }
  | { kind: "public"; paper: Public; pilot: Deployment; organisation: Organisation }
  | { kind: "certificate"; pilot: Deployment; certificate: DeletionCertificate; retention: RetentionRule[] }
  | { kind: "row"; pilot: Deployment; cells: [string, string][] }
  | { kind: "guide" }
  | { kind: "annual"; report: AnnualReport; retention: RetentionRule[] };

const failed = (text: string): State => ({ kind: "failed", text });

async function load(paper: Paper): Promise<State> {
  // It says nothing of anybody, so whoever holds a tablet may read it, signed in or not.
  if (paper.paper === "guide") return { kind: "guide" };
  const session = await whoIsHere();
  if (!session.ok) return hasStatus(session.problem, 401) ? { kind: "signed_out" } : failed(problemText(session.problem));
  if (paper.paper === "unknown") return failed(strings.papers.unknown);
  if (paper.paper === "annual") {
    const report = await ask(api.GET("/v1/reports/annual", { params: { query: { year: paper.year } } }));
    if (!report.ok) return failed(problemText(report.problem));
    const retention = await ask(api.GET("/v1/retention"));
    return retention.ok ? { kind: "annual", report: report.value, retention: retention.value } : failed(problemText(retention.problem));
  }
  const path = { params: { path: { id: paper.deployment } } };
  const pilot = await ask(api.GET("/v1/deployments/{id}", path));
  if (!pilot.ok) return failed(problemText(pilot.problem));
  if (paper.paper === "certificate") {
    const certificate = await ask(api.GET("/v1/deployments/{id}/deletion", path));
    if (!certificate.ok) return failed(problemText(certificate.problem));
    const retention = await ask(api.GET("/v1/retention"));
    return retention.ok ? { kind: "certificate", pilot: pilot.value, certificate: certificate.value, retention: retention.value } : failed(problemText(retention.problem));
  }
  if (paper.paper === "row") {
    const csv = await ask(api.GET("/v1/deployments/{id}/publication", { ...path, parseAs: "text" }));
    if (!csv.ok) return failed(problemText(csv.problem));
    const [columns = [], row = []] = records(csv.value);
    return { kind: "row", pilot: pilot.value, cells: columns.map((column, at) => [column, row[at] ?? ""]) };
  }
  const organisation = await ask(api.GET("/v1/organisation"));
  if (organisation.ok) return { kind: "public", paper: paper.paper, pilot: pilot.value, organisation: organisation.value };
  return hasStatus(organisation.problem, 404) ? { kind: "no_organisation" } : failed(problemText(organisation.problem));
}

function Papers() {
  const [paper, setPaper] = useState<Paper>(() => parsePaper(location.hash));
  const [state, setState] = useState<State>({ kind: "loading" });

  const again = useCallback(() => load(paper).then(setState), [paper]);
  useEffect(() => {
    const onHash = () => setPaper(parsePaper(location.hash));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  useEffect(() => void again(), [again]);

  const back = paper.paper === "unknown" || paper.paper === "guide" ? "/control.html" : paper.paper === "annual" ? "/control.html#/annual" : `/control.html#/pilot/${paper.deployment}`;
  const words = strings.papers;
  return (
    <main id="main">
      <nav class="v-tools" aria-label={words.nav}>
        <a class="v-back" href={back}>
          {words.back}
        </a>
        {state.kind === "public" && (
          <ul class="v-tools__papers">
            {PUBLIC.map((each) => (
              <li key={each}>
                <a class="govuk-link" href={`#/${state.pilot.id}/${each}`} aria-current={each === state.paper ? "page" : undefined}>
                  {words.titles[each]}
                </a>
              </li>
            ))}
          </ul>
        )}
      </nav>
      {state.kind === "loading" && <p class="govuk-body v-tools">{strings.loading}</p>}
      {state.kind === "signed_out" && (
        <div class="v-tools">
          <SignIn onSession={() => void again()} />
        </div>
      )}
      {state.kind === "failed" && (
        <div class="v-tools">
          <h1 class="govuk-heading-l">{words.title}</h1>
          <p class="govuk-error-message" role="alert">
            {state.text}
          </p>
          <Button onPress={again}>{strings.tryAgain}</Button>
        </div>
      )}
      {state.kind === "no_organisation" && (
        <div class="v-tools" data-testid="paper-no-organisation">
          <h1 class="govuk-heading-l">{words.title}</h1>
          <p class="govuk-body">{words.noOrganisation}</p>
          <a class="govuk-link" href="/control.html#/organisation">
            {words.toOrganisation}
          </a>
        </div>
      )}
      {state.kind === "public" && <ForThePublic key={state.pilot.id} {...state} />}
      {state.kind === "certificate" && (
        <Desk title={words.titles.certificate}>
          <CertificatePaper pilot={state.pilot} certificate={state.certificate} retention={state.retention} />
        </Desk>
      )}
      {state.kind === "row" && (
        <Desk title={words.titles.row}>
          <RowPaper pilot={state.pilot} cells={state.cells} />
        </Desk>
      )}
      {state.kind === "guide" && (
        <Desk title={words.titles.guide}>
          <GuidePaper />
        </Desk>
      )}
      {state.kind === "annual" && (
        <Desk title={words.titles.annual}>
          <AnnualPaper report={state.report} retention={state.retention} />
        </Desk>
      )}
      <div class="v-display">
        <LanguageLinks />
        <ThemeChoice />
      </div>
    </main>
  );
}

function PrintButton({ inactive = false }: { inactive?: boolean }) {
  return (
    <Button inactive={inactive} onPress={() => print()} testId="paper-print">
      {strings.papers.print}
    </Button>
  );
}

/** A paper that says what is on record: nothing to choose. */
function Desk({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <div class="v-tools">
        <p class="govuk-body">{title}</p>
        <PrintButton />
      </div>
      <div class="v-desk">{children}</div>
    </>
  );
}

type Choice = Language | "both";

/** Of what fits on the paper. */
const LIMITS: Record<keyof Typed, Limit> = { place: NAME, purpose: { most: LONGEST_PURPOSE, lines: true }, notice: TEXT };

const LANGUAGES: Record<Choice, Language[]> = { en: ["en"], cy: ["cy"], both: ["cy", "en"] };

function ForThePublic({ paper, pilot, organisation }: { paper: Public; pilot: Deployment; organisation: Organisation }) {
  const [choice, setChoice] = useState<Choice>("en");
  const [large, setLarge] = useState(false);
  const [typed, setTyped] = useState<Record<Language, Typed>>(() => planned(pilot));
  const words = strings.papers;
  const languages = LANGUAGES[choice];

  const wrong = (language: Language, name: keyof Typed) => textErrors([`paper-${language}-${name}`, words[name](papers[language].name), typed[language][name], LIMITS[name]])[0]?.text;
  // Longer, it would run over the edge of the paper.
  const unfit = languages.some((language) => (["place", "purpose", "notice"] as const).some((name) => wrong(language, name) !== undefined));
  const field = (language: Language, name: keyof Typed) => ({
    error: wrong(language, name),
    id: `paper-${language}-${name}`,
    value: typed[language][name],
    onInput: (value: string) => setTyped((before) => ({ ...before, [language]: { ...before[language], [name]: value } })),
  });
  const lacking = languages.includes("cy") && (["place", "purpose", ...(paper === "notice" ? (["notice"] as const) : [])] as const).some((name) => typed.cy[name].trim() === "" && typed.en[name].trim() !== "");
  const saveText = () => save(languages.map((language) => noticeText(pilot, organisation, language, typed)).join("\n\n"), "text/plain", `notice-${pilot.id}.txt`);
  const props = { pilot, organisation, typed };

  return (
    <>
      <form class="v-tools" onSubmit={(event) => event.preventDefault()} noValidate>
        <p class="govuk-body">{words.leads[paper]}</p>
        <div class="v-tools__choices">
          <SelectField
            id="paper-language"
            label={words.language}
            value={choice}
            onInput={(value) => setChoice(value as Choice)}
            options={[
              { value: "en", text: papers.en.name },
              { value: "cy", text: papers.cy.name },
              { value: "both", text: words.both },
            ]}
          />
          {paper === "sign" && (
            <SelectField
              id="paper-size"
              label={words.size}
              value={large ? "A3" : "A4"}
              onInput={(value) => setLarge(value === "A3")}
              options={["A4", "A3"].map((size) => ({ value: size, text: size }))}
            />
          )}
        </div>
        {languages.map((language) => (
          <fieldset class="govuk-fieldset" key={language}>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{words.said(papers[language].name)}</legend>
            <p class="govuk-hint">{words.typedHint}</p>
            <TextField {...field(language, "place")} label={words.place(papers[language].name)} limit={LIMITS.place} />
            <TextArea {...field(language, "purpose")} label={words.purpose(papers[language].name)} hint={words.purposeHint(LONGEST_PURPOSE)} rows={2} limit={LIMITS.purpose} />
            {paper === "notice" && <TextArea {...field(language, "notice")} label={words.notice(papers[language].name)} rows={4} limit={LIMITS.notice} />}
          </fieldset>
        ))}
        {languages.includes("cy") && <p class="govuk-inset-text">{words.welshCheck}</p>}
        {lacking && (
          <p class="govuk-inset-text" role="status" data-testid="paper-lacking">
            {words.lacking}
          </p>
        )}
        <div class="govuk-button-group">
          <PrintButton inactive={unfit} />
          {paper === "notice" && (
            <Button kind="secondary" inactive={unfit} onPress={saveText} testId="paper-text">
              {words.asText}
            </Button>
          )}
        </div>
      </form>
      <div class="v-desk">
        {languages.map((language) =>
          paper === "sign" ? (
            <Sign key={language} {...props} language={language} large={large} />
          ) : paper === "leaflet" ? (
            <Leaflet key={language} {...props} language={language} />
          ) : (
            <PublicNotice key={language} {...props} language={language} />
          ),
        )}
      </div>
    </>
  );
}

keepAsked();
loadedAnewOnReturn();
const root = document.getElementById("app");
if (root !== null) render(<Papers />, root);
