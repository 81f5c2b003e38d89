import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Evaluation, Figure, Models } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { Dialog } from "../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { FileField, SelectField } from "../components/field/field";
import { percent, whole } from "../lib/numbers";
import { day } from "../lib/time";
import { strings } from "../strings";
import { CardText } from "./card-text";
import { BackToRecords } from "./records";
import { essential, measuredOf, populations } from "./report";

/** Each model's card, and beside it what it was measured to do (R141). */
export function ModelsPage({ keeps }: { /** Whether reports may be added and removed. */ keeps: boolean }) {
  const [models, setModels] = useState<Models>();
  const [reports, setReports] = useState<Evaluation[]>([]);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [done, setDone] = useState<string>();
  const [removing, setRemoving] = useState<Evaluation>();
  const words = strings.models;

  const load = useCallback(async () => {
    const [known, measured] = await Promise.all([ask(api.GET("/v1/models")), ask(api.GET("/v1/evaluations"))]);
    if (known.ok) setModels(known.value);
    else setErrors([{ text: problemText(known.problem) }]);
    if (measured.ok) setReports(measured.value);
    else setErrors([{ text: problemText(measured.problem) }]);
  }, []);
  useEffect(() => void load(), []);

  const add = async (file: File) => {
    setDone(undefined);
    setErrors([]);
    const measured = measuredOf(await file.text());
    if (measured === undefined) return setErrors([{ field: "report-file", text: words.notReport }]);
    for (const body of measured) {
      const result = await ask(api.POST("/v1/evaluations", { body }));
      if (!result.ok) {
        setErrors([{ field: "report-file", text: problemText(result.problem) }]);
        break;
      }
      setDone(words.added(body.set));
    }
    await load();
  };
  const remove = async ({ id }: Evaluation) => {
    setRemoving(undefined);
    setDone(undefined);
    const result = await ask(api.DELETE("/v1/evaluations/{id}", { params: { path: { id } } }));
    if (!result.ok) setErrors([{ text: problemText(result.problem) }]);
    await load();
  };

  const ours = models?.models.find(({ part }) => part === "embedder")?.sha256;
  return (
    <>
      <BackToRecords />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {models === undefined && errors.length === 0 && <p class="govuk-body">{strings.loading}</p>}
      {models?.models.map((model) => (
        <ModelSection key={model.file} model={model} />
      ))}
      {models !== undefined && <Calibration models={models} />}
      <section class="v-section" aria-labelledby="evaluations">
        <h2 class="govuk-heading-m" id="evaluations">
          {words.evaluationsTitle}
        </h2>
        <p class="govuk-body">{words.evaluationsLead}</p>
        {done !== undefined && <Notice testId="report-added">{done}</Notice>}
        {reports.length === 0 && <p class="govuk-body">{words.none}</p>}
        {reports.map((report) => (
          <Report key={report.id} report={report} ours={report.sha256 === ours} onRemove={keeps ? () => setRemoving(report) : undefined} />
        ))}
        {keeps && <FileField id="report-file" label={words.add} hint={words.addHint} accept="application/json,.json" onFile={(file) => void add(file)} error={errorFor(errors, "report-file")} />}
      </section>
      {removing !== undefined && (
        <Dialog title={words.removeTitle(removing.set)} text={words.removeText} confirm={words.remove} onConfirm={() => remove(removing)} onCancel={() => setRemoving(undefined)} />
      )}
    </>
  );
}

function ModelSection({ model }: { model: Models["models"][number] }) {
  const words = strings.models;
  const rows = [
    [words.trainingData, model.training_data],
    [words.licence, model.licence],
    [words.file, model.file],
    [words.sha256, model.sha256],
  ] as const;
  return (
    <section class="v-section" aria-labelledby={`model-${model.part}`} data-testid="model" data-part={model.part}>
      <h2 class="govuk-heading-m" id={`model-${model.part}`}>
        {model.name}
      </h2>
      <p class="govuk-body">{words.parts[model.part]}.</p>
      <dl class="govuk-summary-list">
        {rows.map(([name, text]) => (
          <div class="govuk-summary-list__row" key={name}>
            <dt class="govuk-summary-list__key">{name}</dt>
            <dd class="govuk-summary-list__value v-plan__text">{text}</dd>
          </div>
        ))}
      </dl>
      {model.card == null ? (
        <p class="govuk-body">{words.noCard}</p>
      ) : (
        <details class="govuk-details" data-testid="model-card">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{words.card}</span>
          </summary>
          <CardText markdown={model.card} />
        </details>
      )}
    </section>
  );
}

function Calibration({ models: { calibration } }: { models: Models }) {
  const words = strings.models;
  return (
    <section class="v-section" aria-labelledby="calibration">
      <h2 class="govuk-heading-m" id="calibration">
        {words.calibrationTitle}
      </h2>
      <p class="govuk-body">{words.calibration(day(calibration.measured), calibration.populations.length)}</p>
      <table class="v-table">
        <caption class="govuk-visually-hidden">{words.calibrationTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{words.population}</th>
            <th scope="col">{words.pairs}</th>
          </tr>
        </thead>
        <tbody>
          {calibration.populations.map(({ name, pairs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-label={words.pairs}>{whole(pairs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Report({ report, ours, onRemove }: { report: Evaluation; ours: boolean; onRemove: (() => void) | undefined }) {
  const words = strings.models;
  const groups = populations(report.figures);
  const [group, setGroup] = useState(groups[0] ?? "");
  const own = report.figures.filter(({ population }) => population === group);
  return (
    <article class="v-report" data-testid="report">
      <h3 class="govuk-heading-s">{words.report(report.set, whole(report.people), whole(report.images))}</h3>
      <p class="govuk-body">
        {words.made(day(report.made_at), report.version)} {ours ? words.ours : <strong>{words.other}</strong>}
      </p>
      {groups.length > 1 && <SelectField id={`report-group-${report.id}`} label={words.group} value={group} onInput={setGroup} options={groups.map((name) => ({ value: name, text: name }))} />}
      <Figures figures={essential(own)} />
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{words.everyFigure}</span>
        </summary>
        <Figures figures={own} />
      </details>
      {onRemove !== undefined && (
        <Button kind="secondary" onPress={onRemove} testId="report-remove">
          {words.remove}
        </Button>
      )}
    </article>
  );
}

/** A rate as its interval allows; of too few people, only that they were too few. */
function rateOf(figure: Figure): string {
  const words = strings.models;
  return figure.said === "known" ? words.rate(percent(figure.value), percent(figure.low), percent(figure.high)) : words.insufficient(figure.why);
}

function Figures({ figures }: { figures: Figure[] }) {
  const { columns, ...words } = strings.models;
  const measures: Record<string, string> = words.measures;
  if (figures.length === 0) return <p class="govuk-body">{words.noFigures}</p>;
  return (
    <table class="v-table v-figures">
      <thead>
        <tr>
          {Object.entries(columns).map(([key, text]) => (
            <th scope="col" key={key}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((figure, at) => (
          <tr key={at} data-testid="report-figure" data-said={figure.said}>
            <th scope="row">
              {measures[figure.measure] ?? figure.measure} <span class="v-figures__term">{figure.measure}</span>
            </th>
            <td data-label={columns.list}>{figure.list == null ? "\u2013" : whole(figure.list)}</td>
            <td data-label={columns.condition}>{figure.condition}</td>
            <td data-label={columns.rate}>{rateOf(figure)}</td>
            <td data-label={columns.counts}>{words.of(whole(figure.events), whole(figure.trials))}</td>
            <td data-label={columns.people}>{whole(figure.people)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
