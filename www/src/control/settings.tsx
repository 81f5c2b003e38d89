import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { ServerSettings } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { TextField } from "../components/field/field";
import { dateAndTime, day } from "../lib/time";
import { strings } from "../strings";
import { BackToRecords } from "./records";
import { SHORTEST_PASSWORD } from "./setup";

/** What is one's own to change, and what the server was started with. */
export function SettingsPage({ administers }: { administers: boolean }) {
  return (
    <>
      <BackToRecords />
      <h1 class="govuk-heading-l">{strings.settings.title}</h1>
      <PasswordForm />
      {administers && <Server />}
    </>
  );
}

function PasswordForm() {
  const words = strings.settings;
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [done, setDone] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setDone(false);
    const found: FieldError[] = [];
    if (old === "") found.push({ field: "password-old", text: words.oldMissing });
    if (fresh.length < SHORTEST_PASSWORD) found.push({ field: "password-new", text: strings.setup.passwordShort(SHORTEST_PASSWORD) });
    setErrors(found);
    if (found.length > 0) return;
    const result = await ask(api.PUT("/v1/session/password", { body: { old, new: fresh } }));
    if (!result.ok) return setErrors([{ field: "password-old", text: problemText(result.problem) }]);
    setOld("");
    setFresh("");
    setDone(true);
  };
  return (
    <form class="v-form" onSubmit={submit} noValidate data-testid="password-form">
      <ErrorSummary errors={errors} />
      <h2 class="govuk-heading-m">{words.password}</h2>
      <p class="govuk-body">{words.passwordLead}</p>
      {done && <Notice testId="password-changed">{words.changed}</Notice>}
      <TextField id="password-old" label={words.old} type="password" autocomplete="current-password" value={old} onInput={setOld} error={errorFor(errors, "password-old")} narrow />
      <TextField
        id="password-new"
        label={words.fresh}
        hint={strings.setup.passwordHint(SHORTEST_PASSWORD)}
        type="password"
        autocomplete="new-password"
        value={fresh}
        onInput={setFresh}
        error={errorFor(errors, "password-new")}
        narrow
      />
      <Button submit testId="password-submit">
        {words.change}
      </Button>
    </form>
  );
}

function Server() {
  const words = strings.settings;
  const [server, setServer] = useState<ServerSettings>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    void ask(api.GET("/v1/server")).then((result) => {
      if (result.ok) setServer(result.value);
      else setProblem(problemText(result.problem));
    });
  }, []);
  return (
    <section class="v-section" aria-labelledby="server" data-testid="server-settings">
      <h2 class="govuk-heading-m" id="server">
        {words.server}
      </h2>
      <p class="govuk-body">{words.serverLead}</p>
      {problem !== undefined && <p class="govuk-inset-text">{problem}</p>}
      {server === undefined ? (
        problem === undefined && <p class="govuk-body">{strings.loading}</p>
      ) : (
        <dl class="govuk-summary-list">
          {rowsOf(server).map(([name, text]) => (
            <div class="govuk-summary-list__row" key={name}>
              <dt class="govuk-summary-list__key">{name}</dt>
              <dd class="govuk-summary-list__value v-plan__text">{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="govuk-body v-links">
        <a class="govuk-link" href="#/retention">
          {words.toRetention}
        </a>
        <a class="govuk-link" href="#/models">
          {words.toModels}
        </a>
      </p>
    </section>
  );
}

function rowsOf(server: ServerSettings): [string, string][] {
  const words = strings.settings;
  const until = server.certificate_expires_at == null ? "" : ` ${words.until(day(server.certificate_expires_at))}`;
  return [
    [words.version, server.version],
    [words.started, dateAndTime(server.started_at)],
    [words.local, server.http],
    [words.tablets, server.https ?? words.noTablets],
    [words.told, server.public_url],
    [words.encryption, `${words.tls[server.tls]}.${until}`],
    [words.memory, server.memory_locked ? words.locked : words.notLocked],
    [words.model, words.modelText(server.model, server.pipeline)],
    [words.auditKey, `${server.audit_key}\n${words.auditKeyHint}`],
  ];
}
