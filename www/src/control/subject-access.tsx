import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment, Disclosure, SubjectAnswer } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { SelectField, TextField } from "../components/field/field";
import { NAME, textErrors } from "../components/field/text-errors";
import { save } from "../lib/save";
import { dateAndTime } from "../lib/time";
import { strings } from "../strings";
import { deploymentText } from "./alert-choice";
import { BackToRecords } from "./records";
import { RetentionTable } from "./retention";

/** Was somebody on a list, and was there an alert? Answered from what outlives a deployment, and written down (R96). */
export function SubjectAccess() {
  const [nominal, setNominal] = useState("");
  const [reference, setReference] = useState("");
  const [deployment, setDeployment] = useState("");
  const [pilots, setPilots] = useState<Deployment[]>([]);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [answer, setAnswer] = useState<SubjectAnswer>();
  const [log, setLog] = useState<Disclosure[]>([]);
  const words = strings.access;

  const loadLog = useCallback(async () => {
    const result = await ask(api.GET("/v1/subject-access"));
    if (result.ok) setLog(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  }, []);
  useEffect(() => {
    void loadLog();
    void ask(api.GET("/v1/deployments")).then((result) => result.ok && setPilots(result.value.filter(({ operation }) => operation !== undefined)));
  }, []);

  const search = async (event: Event) => {
    event.preventDefault();
    const missing = [
      ...(nominal.trim() === "" ? [{ field: "access-nominal", text: words.nominalMissing }] : []),
      ...(reference.trim() === "" ? [{ field: "access-reference", text: words.referenceMissing }] : []),
      ...textErrors(["access-nominal", words.nominal, nominal, NAME], ["access-reference", words.reference, reference, NAME]),
    ];
    setErrors(missing);
    setAnswer(undefined);
    if (missing.length > 0) return;
    const body = { nominal_id: nominal.trim(), deployment: deployment === "" ? null : deployment, request_reference: reference.trim() };
    const result = await ask(api.POST("/v1/subject-access", { body }));
    if (result.ok) setAnswer(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
    await loadLog();
  };

  return (
    <>
      <div class="v-unprinted">
        <BackToRecords />
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="govuk-body">{words.lead}</p>
        <form class="v-form" onSubmit={search} noValidate data-testid="access-form">
          <TextField id="access-nominal" label={words.nominal} hint={words.nominalHint} value={nominal} onInput={setNominal} limit={NAME} error={errorFor(errors, "access-nominal")} />
          <TextField id="access-reference" label={words.reference} hint={words.referenceHint} value={reference} onInput={setReference} limit={NAME} error={errorFor(errors, "access-reference")} />
          <SelectField
            id="access-deployment"
            label={words.deployment}
            value={deployment}
            onInput={setDeployment}
            options={[{ value: "", text: words.every }, ...pilots.map((pilot) => ({ value: pilot.id, text: deploymentText(pilot) }))]}
          />
          <Button submit testId="access-search">
            {words.search}
          </Button>
        </form>
      </div>
      {answer !== undefined && <Answer answer={answer} />}
      <section class="v-section v-unprinted" aria-labelledby="access-log">
        <h2 class="govuk-heading-m" id="access-log">
          {words.logTitle}
        </h2>
        <p class="govuk-body">{words.logLead}</p>
        {log.length === 0 ? (
          <p class="govuk-body">{words.logNone}</p>
        ) : (
          <table class="v-table" data-testid="access-log">
            <caption class="govuk-visually-hidden">{words.logTitle}</caption>
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.by}</th>
                <th scope="col">{words.result}</th>
                <th scope="col">{words.digests}</th>
              </tr>
            </thead>
            <tbody>
              {log.map((entry) => (
                <tr key={entry.id}>
                  <th scope="row">{dateAndTime(entry.at)}</th>
                  <td data-label={words.by}>{entry.by?.name ?? strings.journal.removed}</td>
                  <td data-label={words.result}>{entry.listed ? words.wasListed : words.wasNot}</td>
                  <td data-label={words.digests} class="v-digest">
                    {entry.request_digest.slice(0, 16)} / {entry.answer_digest.slice(0, 16)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

/** What goes to whoever asked: about that person alone, without a picture and without anybody else's name. */
function Answer({ answer }: { answer: SubjectAnswer }) {
  const words = strings.access;
  return (
    <section class="v-answer" aria-labelledby="access-answer" data-testid="access-answer" data-listed={answer.listed.length > 0}>
      <h2 class="govuk-heading-m" id="access-answer">
        {words.answerTitle}
      </h2>
      <p class="govuk-body">{words.answerAbout(answer.nominal_id, answer.request_reference, dateAndTime(answer.at))}</p>
      {answer.listed.length === 0 && (
        <p class="govuk-body">
          <strong>{words.notListed}</strong>
        </p>
      )}
      {answer.listed.map((listed) => (
        <article key={`${listed.deployment} ${listed.added_at}`} data-testid="access-listed">
          <h3 class="govuk-heading-s">{listed.deployment_name}</h3>
          <dl class="govuk-summary-list">
            {(
              [
                [words.place, listed.place],
                [words.id, listed.deployment],
                [words.category, listed.category],
                [words.added, dateAndTime(listed.added_at)],
                [words.removed, listed.removed_at == null ? words.stillListed : dateAndTime(listed.removed_at)],
                [words.images, listed.image_sha256.join("\n")],
                [
                  words.alerts,
                  listed.alerts.length === 0
                    ? words.noAlerts
                    : listed.alerts.map(({ raised_at, verdict }) => words.alert(dateAndTime(raised_at), verdict == null ? strings.records.undecided : strings.alerts.verdicts[verdict])).join("\n"),
                ],
              ] as const
            ).map(([name, text]) => (
              <div class="govuk-summary-list__row" key={name}>
                <dt class="govuk-summary-list__key">{name}</dt>
                <dd class="govuk-summary-list__value v-plan__text">{text}</dd>
              </div>
            ))}
          </dl>
        </article>
      ))}
      <p class="govuk-body">{words.answerNote}</p>
      <h3 class="govuk-heading-s">{strings.retention.title}</h3>
      <RetentionTable rows={answer.retention} />
      <p class="govuk-body">{words.salt(answer.id, answer.salt)}</p>
      <div class="govuk-button-group v-unprinted">
        <Button onPress={() => print()} testId="access-print">
          {strings.papers.print}
        </Button>
        <Button kind="secondary" onPress={() => save(JSON.stringify(answer, undefined, 2), "application/json", `subject-access-${answer.id}.json`)} testId="access-save">
          {words.save}
        </Button>
      </div>
    </section>
  );
}
