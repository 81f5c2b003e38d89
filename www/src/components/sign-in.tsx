import { useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Session } from "../api/types";
import { strings } from "../strings";
import { Button } from "./button/button";
import { ErrorSummary, errorFor, type FieldError } from "./error-summary/error-summary";
import { TextField } from "./field/field";

/** The sign-in form, on whichever page needs it. */
export function SignIn({ onSession, level = 1 }: { onSession: (session: Session) => void; level?: 1 | 2 }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [busy, setBusy] = useState(false);
  const Heading = level === 1 ? "h1" : "h2";

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const missing: FieldError[] = [];
    if (name.trim() === "") missing.push({ field: "sign-in-name", text: strings.signIn.nameMissing });
    if (password === "") missing.push({ field: "sign-in-password", text: strings.signIn.passwordMissing });
    setErrors(missing);
    if (missing.length > 0) return;
    setBusy(true);
    const result = await ask(api.POST("/v1/session", { body: { name: name.trim(), password } }));
    setBusy(false);
    if (result.ok) {
      setPassword("");
      onSession(result.value);
    } else {
      setErrors([{ text: problemText(result.problem) }]);
    }
  };

  return (
    <form onSubmit={submit} noValidate class="v-form" data-testid="sign-in">
      <ErrorSummary errors={errors} />
      <Heading class="govuk-heading-l">{strings.signIn.title}</Heading>
      <TextField id="sign-in-name" label={strings.signIn.name} value={name} onInput={setName} autocomplete="username" error={errorFor(errors, "sign-in-name")} />
      <TextField
        id="sign-in-password"
        label={strings.signIn.password}
        value={password}
        onInput={setPassword}
        type="password"
        autocomplete="current-password"
        error={errorFor(errors, "sign-in-password")}
      />
      <Button submit busy={busy} testId="sign-in-submit">
        {strings.signIn.submit}
      </Button>
    </form>
  );
}
