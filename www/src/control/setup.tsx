import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Session } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { TextField } from "../components/field/field";
import { Guide } from "../components/guide/guide";
import { NAME, textErrors } from "../components/field/text-errors";
import { strings } from "../strings";

/** The server's own least length; shorter ones are told here before anything is sent. */
export const SHORTEST_PASSWORD = 10;

export function Setup({ code: given, onSession }: { code: string; onSession: (session: Session) => void }) {
  const [code, setCode] = useState(given);
  useEffect(() => {
    if (given !== "") setCode(given);
  }, [given]);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [device, setDevice] = useState<string>(strings.setup.deviceDefault);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const found: FieldError[] = [];
    if (code.trim() === "") found.push({ field: "setup-code", text: strings.setup.codeMissing });
    if (name.trim() === "") found.push({ field: "setup-name", text: strings.setup.nameMissing });
    found.push(...textErrors(["setup-name", strings.setup.name, name, NAME], ["setup-device", strings.setup.device, device, NAME]));
    if (password.length < SHORTEST_PASSWORD) found.push({ field: "setup-password", text: strings.setup.passwordShort(SHORTEST_PASSWORD) });
    if (device.trim() === "") found.push({ field: "setup-device", text: strings.setup.deviceMissing });
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    const result = await ask(api.POST("/v1/setup", { body: { code: code.trim(), name: name.trim(), password, device_name: device.trim() } }));
    setBusy(false);
    if (result.ok) onSession(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  };

  return (
    <>
      <Guide done={[]} />
      <form onSubmit={submit} noValidate class="v-form" data-testid="setup">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-l">{strings.setup.title}</h1>
        <p class="govuk-body">{strings.setup.lead}</p>
        <TextField id="setup-code" label={strings.setup.code} hint={strings.setup.codeHint} value={code} onInput={setCode} error={errorFor(errors, "setup-code")} />
        <TextField id="setup-name" label={strings.setup.name} hint={strings.setup.nameHint} value={name} onInput={setName} autocomplete="username" limit={NAME} error={errorFor(errors, "setup-name")} />
        <TextField
          id="setup-password"
          label={strings.setup.password}
          hint={strings.setup.passwordHint(SHORTEST_PASSWORD)}
          value={password}
          onInput={setPassword}
          type="password"
          autocomplete="new-password"
          error={errorFor(errors, "setup-password")}
        />
        <TextField id="setup-device" label={strings.setup.device} hint={strings.setup.deviceHint} value={device} onInput={setDevice} limit={NAME} error={errorFor(errors, "setup-device")} />
        <Button submit busy={busy} testId="setup-submit">
          {strings.setup.submit}
        </Button>
      </form>
    </>
  );
}
