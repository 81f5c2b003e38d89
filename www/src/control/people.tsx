import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Role, Session, User } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { Dialog } from "../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { SelectField, TextField } from "../components/field/field";
import { strings } from "../strings/en";
import { SHORTEST_PASSWORD } from "./setup";

export function People({ session }: { session: Session }) {
  const [users, setUsers] = useState<User[]>([]);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("officer");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [added, setAdded] = useState<string>();
  const [removing, setRemoving] = useState<User>();

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/users"));
    if (result.ok) setUsers(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  }, []);
  useEffect(() => void load(), []);

  const add = async (event: Event) => {
    event.preventDefault();
    setAdded(undefined);
    const found: FieldError[] = [];
    if (name.trim() === "") found.push({ field: "person-name", text: strings.people.nameMissing });
    if (password.length < SHORTEST_PASSWORD) found.push({ field: "person-password", text: strings.setup.passwordShort(SHORTEST_PASSWORD) });
    setErrors(found);
    if (found.length > 0) return;
    const result = await ask(api.POST("/v1/users", { body: { name: name.trim(), password, role } }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setAdded(result.value.name);
    setName("");
    setPassword("");
    await load();
  };
  const remove = async (user: User) => {
    const result = await ask(api.DELETE("/v1/users/{id}", { params: { path: { id: user.id } } }));
    setRemoving(undefined);
    setErrors(result.ok ? [] : [{ text: problemText(result.problem) }]);
    await load();
  };

  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{strings.people.title}</h1>
      <p class="govuk-body">{strings.people.lead}</p>
      {added !== undefined && <Notice testId="person-added">{strings.people.added(added)}</Notice>}
      <form class="v-form v-section" onSubmit={add} noValidate>
        <h2 class="govuk-heading-m">{strings.people.add}</h2>
        <TextField id="person-name" label={strings.people.name} value={name} onInput={setName} maxLength={80} error={errorFor(errors, "person-name")} />
        <TextField
          id="person-password"
          label={strings.people.password}
          hint={strings.setup.passwordHint(SHORTEST_PASSWORD)}
          type="password"
          autocomplete="new-password"
          value={password}
          onInput={setPassword}
          error={errorFor(errors, "person-password")}
        />
        <SelectField
          id="person-role"
          label={strings.people.role}
          value={role}
          onInput={(value) => setRole(value === "administrator" ? "administrator" : "officer")}
          options={[
            { value: "officer", text: strings.people.roles.officer },
            { value: "administrator", text: strings.people.roles.administrator },
          ]}
        />
        <Button submit testId="person-submit">
          {strings.people.submit}
        </Button>
      </form>
      <section class="v-section" aria-labelledby="people-list">
        <h2 class="govuk-heading-m" id="people-list">
          {strings.people.list}
        </h2>
        {users.map((user) => (
          <Card
            key={user.id}
            testId="person-row"
            title={user.id === session.user.id ? `${user.name} (${strings.people.you})` : user.name}
            actions={
              user.id === session.user.id ? undefined : (
                <Button kind="secondary" label={strings.people.removeNamed(user.name)} onPress={() => setRemoving(user)} testId="person-remove">
                  {strings.people.remove}
                </Button>
              )
            }
          >
            <p class="govuk-hint">{strings.people.roles[user.role]}</p>
          </Card>
        ))}
      </section>
      {removing !== undefined && (
        <Dialog
          title={strings.people.removeTitle(removing.name)}
          text={strings.people.removeText}
          confirm={strings.people.remove}
          onConfirm={() => remove(removing)}
          onCancel={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}
