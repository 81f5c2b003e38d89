import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { RoleGrant, Session, User } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { Dialog } from "../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { TextField } from "../components/field/field";
import { NAME, textErrors } from "../components/field/text-errors";
import { day } from "../lib/time";
import { strings } from "../strings";
import { granted, RolesField, trainingErrors } from "./roles";
import { SHORTEST_PASSWORD } from "./setup";

export function People({ session }: { session: Session }) {
  const [users, setUsers] = useState<User[]>([]);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [grants, setGrants] = useState<RoleGrant[]>([]);
  const [changing, setChanging] = useState<User>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [done, setDone] = useState<string>();
  const [removing, setRemoving] = useState<User>();

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/users"));
    if (result.ok) setUsers(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  }, []);
  useEffect(() => void load(), []);

  const add = async (event: Event) => {
    event.preventDefault();
    setDone(undefined);
    const found: FieldError[] = [];
    if (name.trim() === "") found.push({ field: "person-name", text: strings.people.nameMissing });
    found.push(...textErrors(["person-name", strings.people.name, name, NAME]));
    if (password.length < SHORTEST_PASSWORD) found.push({ field: "person-password", text: strings.setup.passwordShort(SHORTEST_PASSWORD) });
    if (grants.length === 0) found.push({ field: "person-roles", text: strings.people.rolesMissing });
    found.push(...trainingErrors("person-roles", grants));
    setErrors(found);
    if (found.length > 0) return;
    const result = await ask(api.POST("/v1/users", { body: { name: name.trim(), password, roles: granted(grants) } }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setDone(strings.people.added(result.value.name));
    setGrants([]);
    setName("");
    setPassword("");
    await load();
  };
  const save = async () => {
    if (changing === undefined) return;
    const found: FieldError[] = changing.roles.length === 0 ? [{ field: "change-roles", text: strings.people.rolesMissing }] : trainingErrors("change-roles", changing.roles);
    setErrors(found);
    if (found.length > 0) return;
    const result = await ask(api.PUT("/v1/users/{id}/roles", { params: { path: { id: changing.id } }, body: { roles: granted(changing.roles) } }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setDone(strings.people.saved(result.value.name));
    setChanging(undefined);
    await load();
  };
  const remove = async (user: User) => {
    const result = await ask(api.DELETE("/v1/users/{id}", { params: { path: { id: user.id } } }));
    setRemoving(undefined);
    // What was said may have been of this person.
    setDone(undefined);
    setErrors(result.ok ? [] : [{ text: problemText(result.problem) }]);
    await load();
  };

  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{strings.people.title}</h1>
      <p class="govuk-body">{strings.people.lead}</p>
      {done !== undefined && <Notice testId="person-added">{done}</Notice>}
      <form class="v-form v-section" onSubmit={add} noValidate>
        <h2 class="govuk-heading-m">{strings.people.add}</h2>
        <TextField id="person-name" label={strings.people.name} value={name} onInput={setName} limit={NAME} error={errorFor(errors, "person-name")} />
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
        <RolesField id="person-roles" grants={grants} onGrants={setGrants} error={errorFor(errors, "person-roles")} errors={errors} />
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
                <>
                  <Button kind="secondary" label={strings.people.changeNamed(user.name)} onPress={() => setChanging(user)} testId="person-change">
                    {strings.people.change}
                  </Button>
                  <Button kind="secondary" label={strings.people.removeNamed(user.name)} onPress={() => setRemoving(user)} testId="person-remove">
                    {strings.people.remove}
                  </Button>
                </>
              )
            }
          >
            {changing?.id === user.id ? (
              <div class="v-form">
                <RolesField id="change-roles" grants={changing.roles} onGrants={(roles) => setChanging({ ...changing, roles })} error={errorFor(errors, "change-roles")} errors={errors} />
                <div class="govuk-button-group">
                  <Button onPress={save} testId="person-save">
                    {strings.people.save}
                  </Button>
                  <Button kind="secondary" onPress={() => setChanging(undefined)}>
                    {strings.cancel}
                  </Button>
                </div>
              </div>
            ) : (
              <ul class="govuk-list govuk-hint">
                {user.roles.map(({ role, trained_until }) => (
                  <li key={role}>{role === "administrator" ? strings.people.roles[role] : strings.people.held(strings.people.roles[role], trained_until == null ? undefined : day(trained_until))}</li>
                ))}
              </ul>
            )}
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
