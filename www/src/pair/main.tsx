import { render } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { Session } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { TextField } from "../components/field/field";
import { Layout } from "../components/layout/layout";
import { SignIn } from "../components/sign-in";
import { pairingCode } from "../control/route";
import { loadedAnewOnReturn } from "../lib/returned";
import { whoIsHere } from "../lib/session";
import { keepShell } from "../lib/shell";
import { strings } from "../strings";

type Stage = { kind: "code" } | { kind: "paired"; name: string; session: Session | undefined };

function Pair() {
  const [code, setCode] = useState(() => pairingCode(location.hash));
  const [stage, setStage] = useState<Stage>({ kind: "code" });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);

  const pair = useCallback(async (typed: string) => {
    if (typed.trim() === "") {
      setErrors([{ field: "pair-code", text: strings.pair.codeMissing }]);
      return;
    }
    setBusy(true);
    const result = await ask(api.POST("/v1/devices", { body: { code: typed.trim().toUpperCase() } }));
    setBusy(false);
    if (!result.ok) {
      setErrors([{ field: "pair-code", text: problemText(result.problem) }]);
      return;
    }
    // The code is used up and should not stay in the address.
    history.replaceState(null, "", location.pathname);
    const session = await whoIsHere();
    setErrors([]);
    setStage({ kind: "paired", name: result.value.name, session: session.ok ? session.value : undefined });
    if (session.ok) location.assign("/officer.html");
  }, []);

  useEffect(() => {
    // Also a link that is opened in a tab with this page.
    const onLink = () => {
      const code = pairingCode(location.hash);
      if (code === "") return;
      setCode(code);
      void pair(code);
    };
    addEventListener("hashchange", onLink);
    return () => removeEventListener("hashchange", onLink);
  }, []);

  useEffect(() => {
    const fromLink = pairingCode(location.hash);
    if (fromLink !== "") {
      void pair(fromLink);
      return;
    }
    void whoIsHere().then((result) => {
      if (result.ok && result.value.device != null) setStage({ kind: "paired", name: result.value.device.name, session: result.value });
      else if (!result.ok && !hasStatus(result.problem, 401)) setErrors([{ text: problemText(result.problem) }]);
    });
  }, []);

  return (
    <Layout session={stage.kind === "paired" ? stage.session : undefined}>
      {stage.kind === "code" ? (
        <form
          class="v-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void pair(code);
          }}
        >
          <ErrorSummary errors={errors} />
          <h1 class="govuk-heading-l">{strings.pair.title}</h1>
          <p class="govuk-body">{strings.pair.lead}</p>
          <TextField
            id="pair-code"
            label={strings.pair.code}
            hint={strings.pair.codeHint}
            value={code}
            onInput={setCode}
            narrow
            error={errorFor(errors, "pair-code")}
          />
          <Button submit busy={busy} testId="pair-submit">
            {strings.pair.submit}
          </Button>
        </form>
      ) : (
        <>
          <Notice testId="paired">
            <strong>{stage.session === undefined ? strings.pair.paired(stage.name) : strings.pair.already(stage.name)}</strong>{" "}
            {stage.session === undefined && strings.pair.next}
          </Notice>
          {stage.session === undefined ? (
            <SignIn onSession={() => location.assign("/officer.html")} />
          ) : (
            <>
              <h1 class="govuk-heading-l">{strings.pair.title}</h1>
              <a class="govuk-button v-button" href="/officer.html">
                {strings.pair.toOfficer}
              </a>
            </>
          )}
        </>
      )}
    </Layout>
  );
}

loadedAnewOnReturn();
void keepShell();
const root = document.getElementById("app");
if (root !== null) render(<Pair />, root);
