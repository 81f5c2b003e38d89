import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { Certificate } from "../api/types";
import { Layout } from "../components/layout/layout";
import { day } from "../lib/time";
import { strings } from "../strings";

type State = { kind: "loading" } | { kind: "own" } | { kind: "failed"; text: string } | { kind: "pilot"; certificate: Certificate; url: string };

/** The fingerprint in parts that a line breaks between, as it is easier to compare a few letters at a time. */
function groups(fingerprint: string): { at: number; text: string }[] {
  const parts: { at: number; text: string }[] = [];
  for (let at = 0; at < fingerprint.length; at += GROUP) parts.push({ at, text: fingerprint.slice(at, at + GROUP) });
  return parts;
}
/** Four pairs of digits with their colons. */
const GROUP = 12;

function Trust() {
  const [state, setState] = useState<State>({ kind: "loading" });
  useEffect(() => {
    void ask(api.GET("/v1/certificate")).then((result) => {
      if (result.ok) {
        const file = new Blob([result.value.pem], { type: "application/x-x509-ca-cert" });
        setState({ kind: "pilot", certificate: result.value, url: URL.createObjectURL(file) });
      } else if (hasStatus(result.problem, 404)) {
        setState({ kind: "own" });
      } else {
        setState({ kind: "failed", text: problemText(result.problem) });
      }
    });
  }, []);

  return (
    <Layout>
      <h1 class="govuk-heading-l">{strings.trust.title}</h1>
      {state.kind === "loading" && <p class="govuk-body">{strings.loading}</p>}
      {state.kind === "own" && <p class="govuk-body">{strings.trust.own}</p>}
      {state.kind === "failed" && (
        <p class="govuk-body" role="alert">
          {strings.trust.unreachable} {state.text}
        </p>
      )}
      {state.kind === "pilot" && (
        <>
          <p class="govuk-body">{strings.trust.lead}</p>
          <h2 class="govuk-heading-m">{strings.trust.step1}</h2>
          <p class="govuk-body">{strings.trust.compare}</p>
          <dl class="v-fingerprint">
            <dt>{strings.trust.fingerprint}</dt>
            <dd data-testid="fingerprint">
              {groups(state.certificate.fingerprint).map((group) => (
                <span key={group.at}>{group.text}</span>
              ))}
            </dd>
          </dl>
          <p class="govuk-body">{strings.trust.compareNote}</p>
          <p class="govuk-body">{strings.trust.names(state.certificate.names.join(", "), day(state.certificate.expires_at))}</p>
          <h2 class="govuk-heading-m">{strings.trust.step2}</h2>
          <a class="govuk-button v-button" href={state.url} download="vedette.crt" data-testid="certificate">
            {strings.trust.download}
          </a>
          <h2 class="govuk-heading-m">{strings.trust.step3}</h2>
          {strings.trust.systems.map(({ name, steps }) => (
            <details class="govuk-details" key={name}>
              <summary class="govuk-details__summary v-summary">
                <span class="govuk-details__summary-text">{name}</span>
              </summary>
              <div class="govuk-details__text">
                <ol class="govuk-list govuk-list--number">
                  {steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
              </div>
            </details>
          ))}
          <p class="govuk-body">{strings.trust.remove}</p>
        </>
      )}
      <p class="govuk-body">
        <a href="/control.html">{strings.trust.back}</a>
      </p>
    </Layout>
  );
}

const root = document.getElementById("app");
if (root !== null) render(<Trust />, root);
