import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { api, ask, type Result } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment, Duty, Operation } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { FileField, TextArea, TextField } from "../components/field/field";
import { NAME, TEXT, textErrors } from "../components/field/text-errors";
import { Part } from "../components/part/part";
import { SketchFigure } from "../components/sketch/drawing";
import { smallJpeg } from "../lib/small-jpeg";
import { day, dayAndTime } from "../lib/time";
import { strings } from "../strings";
import { ClearanceCounts } from "./roster/clearance-counts";

type Props = {
  pilot: Deployment;
  operation: Operation;
  folded: boolean;
  onChanged: (pilot: Deployment) => void;
  onStart: () => Promise<void>;
};

type Reply = Promise<{ data?: Deployment; error?: unknown; response: Response }>;

/** False alerts to expect at most, as a count that promises nothing finer than it knows. */
function alerts(count: number): string {
  return count < 1 ? count.toFixed(2) : count.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}

/** How far an operation has come, and what whoever looks at it may do next. */
export function OperationPanel({ pilot, operation, folded, onChanged, onStart }: Props) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.operation;
  const { stage, plan } = operation;
  const { id } = pilot;
  const may = (duty: Duty) => pilot.duties.includes(duty);
  const draft = pilot.state.kind === "draft";
  const unattributed = operation.blockers.includes("list_unattributed");
  const path = { params: { path: { id } } };

  const act = async (call: unknown) => {
    const result: Result<Deployment> = await ask<Deployment>(call as Reply);
    if (result.ok) {
      setErrors([]);
      onChanged(result.value);
    } else setErrors([{ text: problemText(result.problem) }]);
  };
  const submit = async () => {
    const found = operation.missing.map((lack) => ({ href: lack.kind === "organisation" ? "#/organisation" : `#/pilot/${id}/plan`, text: lackText(lack) }));
    setErrors(found);
    if (found.length === 0) await act(api.POST("/v1/deployments/{id}/submission", path));
  };

  return (
    <Part id="authorisation" title={words.title} folded={folded} data={{ "data-testid": "operation", "data-stage": stage.kind }}>
      <ErrorSummary errors={errors} />
      {stage.kind === "planned" && stage.refusal != null && (
        <p class="govuk-inset-text" data-testid="operation-refusal">
          {words.refusedBecause(stage.refusal.reason, dayAndTime(stage.refusal.at))}
        </p>
      )}
      {stage.kind === "authorised" && (
        <p class="govuk-inset-text" data-testid="operation-signature">
          {words.signedBy(stage.signature.name, stage.signature.rank, dayAndTime(stage.signature.at))}{" "}
          {words.signedFor(stage.signature.people, alerts(stage.signature.false_alerts))}
        </p>
      )}
      {operation.withdrawal != null && <p class="govuk-inset-text">{words.withdrawnBecause(operation.withdrawal.reason)}</p>}

      <PlanSummary pilot={pilot} operation={operation} />
      {plan.sketch !== undefined && (
        <>
          <h3 class="govuk-heading-s">{strings.sketch.title}</h3>
          <SketchFigure sketch={plan.sketch} words={strings.sketch.figure} />
        </>
      )}
      <ClearanceCounts counts={operation.clearances} />
      {draft && operation.changed_documents.length > 0 && (
        <p class="govuk-body" data-testid="operation-changed-documents">
          {words.changedDocuments(operation.changed_documents.map((kind) => strings.plan.kinds[kind]).join(", "))}
        </p>
      )}
      {may("plan") && pilot.state.kind !== "ended" && (
        <a class="govuk-button govuk-button--secondary v-button" href={`#/pilot/${id}/plan`} data-testid="operation-change">
          {words.change}
        </a>
      )}

      {draft && operation.missing.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{words.missing}</h3>
          <ul class="govuk-list govuk-list--bullet" data-testid="operation-missing">
            {operation.missing.map((lack) => (
              <li key={lack.kind === "organisation" ? lack.kind : lack.document}>{lacks(lack)}</li>
            ))}
          </ul>
        </>
      )}
      {draft && stage.kind === "planned" && may("plan") && (
        <Button onPress={submit} testId="operation-submit">
          {words.submit}
        </Button>
      )}
      {draft && stage.kind === "submitted" && may("authorise") && (operation.own || operation.built_list || unattributed ? (
        <p class="govuk-body" data-testid="operation-cannot-sign">
          {operation.own ? words.own : operation.built_list ? words.builtList : strings.problems.bySlug["list-unattributed"]}
        </p>
      ) : (
        <Sign pilot={pilot} operation={operation} act={act} />
      ))}
      {draft && stage.kind !== "planned" && may("authorise") && (
        <Reason title={words.refuse} button={words.refuse} testId="operation-refuse" onReason={(reason) => act(api.POST("/v1/deployments/{id}/refusal", { ...path, body: { reason } }))} />
      )}

      {draft && stage.kind === "authorised" && (
        <>
          <h3 class="govuk-heading-s">{words.beforeStart}</h3>
          {operation.blockers.length === 0 ? (
            <p class="govuk-body">{words.allSeenTo}</p>
          ) : (
            <ul class="govuk-list govuk-list--bullet" data-testid="operation-blockers">
              {operation.blockers.map((blocker) => (
                <li key={blocker}>{blocker === "no_organisation" ? <a href="#/organisation">{words.blockers[blocker]}</a> : words.blockers[blocker]}</li>
              ))}
            </ul>
          )}
          <p class="govuk-body">{new Date(plan.starts_at).getTime() > Date.now() ? words.startsByItself(dayAndTime(plan.starts_at)) : words.startsAtOnce}</p>
          {operation.signage != null && <p class="govuk-body">{words.signsDone(operation.signage.name, dayAndTime(operation.signage.at))}</p>}
          {operation.checked != null && <p class="govuk-body">{words.listChecked(dayAndTime(operation.checked.at))}</p>}
          {may("confirm_signs") && operation.signage == null && <Signs id={id} onChanged={onChanged} />}
          {may("start") && (
            <Button inactive={operation.blockers.length > 0} onPress={onStart} testId="operation-start">
              {words.startNow}
            </Button>
          )}
        </>
      )}
      {draft && may("keep_watchlist") && pilot.entries > 0 && (
        <Button kind="secondary" onPress={() => act(api.POST("/v1/deployments/{id}/watchlist-check", path))} testId="operation-check">
          {words.listCheck}
        </Button>
      )}
      {(pilot.state.kind === "live" || pilot.state.kind === "paused") && may("authorise") && (
        <Reason
          title={words.withdrawTitle}
          button={words.withdraw}
          testId="operation-withdraw"
          warning
          onReason={(reason) => act(api.POST("/v1/deployments/{id}/withdrawal", { ...path, body: { reason } }))}
        />
      )}
      {pilot.state.kind === "ended" && <ReviewPart pilot={pilot} operation={operation} act={act} />}
    </Part>
  );
}

function lackText(lack: Operation["missing"][number]): string {
  const { missingOrganisation, missingDocument, outOfDate } = strings.operation;
  switch (lack.kind) {
    case "organisation":
      return missingOrganisation;
    case "document":
      return missingDocument(strings.plan.kinds[lack.document]);
    case "document_out_of_date":
      return outOfDate(strings.plan.kinds[lack.document]);
  }
}

function lacks(lack: Operation["missing"][number]): ComponentChildren {
  return lack.kind === "organisation" ? <a href="#/organisation">{lackText(lack)}</a> : lackText(lack);
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{name}</dt>
      <dd class="govuk-summary-list__value v-plan__text">{children}</dd>
    </div>
  );
}

function PlanSummary({ pilot, operation: { plan, stage } }: { pilot: Deployment; operation: Operation }) {
  const words = strings.plan;
  return (
    <details class="govuk-details" open={pilot.state.kind === "draft" && stage.kind !== "authorised" && (pilot.duties.includes("plan") || pilot.duties.includes("authorise"))}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{strings.operation.plan}</span>
      </summary>
      <dl class="govuk-summary-list">
        <Row name={words.starts}>{dayAndTime(plan.starts_at)}</Row>
        <Row name={words.ends}>{dayAndTime(pilot.ends_at)}</Row>
        <Row name={words.target}>{strings.pilots.targetOption(pilot.target_fpir_one_in, false)}</Row>
        <Row name={words.footfall}>{plan.footfall.toLocaleString("en-GB")}</Row>
        <Row name={words.purpose}>{plan.purpose}</Row>
        <Row name={words.legalBasis}>{plan.legal_basis}</Row>
        <Row name={words.useCase}>{plan.use_case}</Row>
        <Row name={words.cameras}>{plan.cameras.join("\n")}</Row>
        <Row name={words.categories}>{plan.categories.join("\n")}</Row>
        <Row name={words.necessity}>{plan.necessity}</Row>
        <Row name={words.proportionality}>{plan.proportionality}</Row>
        <Row name={words.alternatives}>{plan.alternatives}</Row>
        <Row name={words.people}>{plan.single_person === undefined ? words.twoPeople : words.singleBecause(plan.single_person)}</Row>
        {plan.documents.map((document) => (
          <Row key={document.kind} name={words.kinds[document.kind]}>
            {`${document.reference}, ${document.version}, ${day(document.review_by)}`}
          </Row>
        ))}
        {plan.notice != null && <Row name={words.notice}>{`${plan.notice.text}\n${day(plan.notice.published_on)}`}</Row>}
      </dl>
    </details>
  );
}

type Act = (call: unknown) => Promise<void>;

function Sign({ pilot, operation, act }: { pilot: Deployment; operation: Operation; act: Act }) {
  const [rank, setRank] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const words = strings.operation;
  const oneIn = pilot.target_fpir_one_in;
  const sign = async () => {
    const found = rank.trim() === "" ? [{ field: "sign-rank", text: words.rankMissing }] : textErrors(["sign-rank", words.rank, rank, NAME]);
    setErrors(found);
    if (found.length > 0) return;
    await act(api.POST("/v1/deployments/{id}/authorisation", { params: { path: { id: pilot.id } }, body: { rank, content_sha256: operation.content_sha256 } }));
  };
  return (
    <div class="v-form" data-testid="operation-sign">
      <h3 class="govuk-heading-s">{words.signTitle}</h3>
      <p class="govuk-body">{words.signLead(pilot.entries, pilot.photos)}</p>
      <p class="govuk-body">{words.signExpected(oneIn.toLocaleString("en-GB"), operation.plan.footfall.toLocaleString("en-GB"), alerts(operation.plan.footfall / oneIn))}</p>
      <p class="govuk-body">
        {words.signUnder18(operation.under_18s)} {words.signOpen(operation.open_clearances)}
      </p>
      {pilot.operating_point !== undefined && <p class="govuk-body">{words.signThreshold(pilot.operating_point.threshold.toFixed(3))}</p>}
      <TextField id="sign-rank" label={words.rank} value={rank} onInput={setRank} limit={NAME} error={errorFor(errors, "sign-rank")} narrow />
      <Button onPress={sign} testId="sign-submit">
        {words.sign}
      </Button>
    </div>
  );
}

type ReasonProps = { title: string; button: string; testId: string; warning?: boolean; level?: "h2" | "h3"; onReason: (reason: string) => Promise<void> };

/** A step that is taken with a reason. */
export function Reason({ title, button, testId, warning = false, level: Heading = "h3", onReason }: ReasonProps) {
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const press = async () => {
    const field = `${testId}-reason`;
    const found = reason.trim() === "" ? [{ field, text: strings.operation.reasonMissing }] : textErrors([field, strings.operation.reason, reason, TEXT]);
    setErrors(found);
    if (found.length > 0) return;
    await onReason(reason);
  };
  return (
    <div class="v-form">
      <Heading class="govuk-heading-s">{title}</Heading>
      <TextArea id={`${testId}-reason`} label={strings.operation.reason} rows={2} value={reason} onInput={setReason} error={errorFor(errors, `${testId}-reason`)} limit={TEXT} />
      <Button kind={warning ? "warning" : "secondary"} onPress={press} testId={testId}>
        {button}
      </Button>
    </div>
  );
}

/** The photo is taken when each check holds: what it can't show, a person says. */
function Signs({ id, onChanged }: { id: string; onChanged: (pilot: Deployment) => void }) {
  const words = strings.operation;
  const [held, setHeld] = useState<boolean[]>(words.signsChecks.map(() => false));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const take = async (file: File) => {
    const jpeg = await smallJpeg(file);
    if (jpeg === undefined) {
      setErrors([{ field: "signs-photo", text: words.signsUnread }]);
      return;
    }
    const reply = fetch(`/v1/deployments/${id}/signs`, { method: "PUT", body: jpeg, headers: { "content-type": "image/jpeg" }, credentials: "same-origin" }).then(async (response) => {
      const json: unknown = await response.json().catch(() => undefined);
      return response.ok ? { data: json as Deployment, response } : { error: json, response };
    });
    const result = await ask<Deployment>(reply);
    if (result.ok) onChanged(result.value);
    else setErrors([{ field: "signs-photo", text: problemText(result.problem) }]);
  };
  return (
    <div class="v-form">
      <h4 class="govuk-heading-s">{words.signsTitle}</h4>
      <div class="govuk-checkboxes govuk-form-group">
        {words.signsChecks.map((check, at) => (
          <div class="govuk-checkboxes__item" key={check}>
            <input
              class="govuk-checkboxes__input"
              type="checkbox"
              id={`signs-check-${at}`}
              checked={held[at] ?? false}
              onChange={(event) => setHeld(held.map((before, i) => (i === at ? event.currentTarget.checked : before)))}
            />
            <label class="govuk-label govuk-checkboxes__label" for={`signs-check-${at}`}>
              {check}
            </label>
          </div>
        ))}
      </div>
      {held.every((yes) => yes) && <FileField id="signs-photo" label={words.signsPhoto} hint={words.signsPhotoHint} accept="image/*" onFile={(file) => void take(file)} error={errorFor(errors, "signs-photo")} />}
    </div>
  );
}

function ReviewPart({ pilot, operation, act }: { pilot: Deployment; operation: Operation; act: Act }) {
  const words = strings.operation;
  const { review } = operation;
  const [outcomes, setOutcomes] = useState(review?.outcomes ?? "");
  const [complaints, setComplaints] = useState(String(review?.complaints ?? pilot.complaints));
  const [lessons, setLessons] = useState(review?.lessons ?? "");
  const [rank, setRank] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const may = (duty: Duty) => pilot.duties.includes(duty);
  const path = { params: { path: { id: pilot.id } } };
  const save = async () => {
    const found = [
      ...(outcomes.trim() === "" ? [{ field: "review-outcomes", text: words.outcomesMissing }] : textErrors(["review-outcomes", words.outcomes, outcomes, TEXT])),
      // What nobody entered is no number, and least of all none.
      ...(/^\d{1,6}$/.test(complaints.trim()) ? [] : [{ field: "review-complaints", text: words.complaintsMissing }]),
      ...(lessons.trim() === "" ? [{ field: "review-lessons", text: words.lessonsMissing }] : textErrors(["review-lessons", words.lessons, lessons, TEXT])),
    ];
    setErrors(found);
    if (found.length === 0) await act(api.PUT("/v1/deployments/{id}/review", { ...path, body: { outcomes, complaints: Number(complaints), lessons } }));
  };
  const sign = async () => {
    const found = rank.trim() === "" ? [{ field: "review-rank", text: words.rankMissing }] : textErrors(["review-rank", words.rank, rank, NAME]);
    setErrors(found);
    if (found.length === 0) await act(api.POST("/v1/deployments/{id}/review/sign-off", { ...path, body: { rank, ...(review == null ? {} : { written_at: review.at }) } }));
  };
  return (
    <div class="v-form" data-testid="operation-review">
      <h3 class="govuk-heading-s">{words.reviewTitle}</h3>
      <ErrorSummary errors={errors} />
      {review?.sign_off == null && pilot.waiting.unwritten_until != null && (
        <p class="govuk-inset-text" data-testid="review-owed">
          {strings.owed.beforeReview(pilot.waiting.unwritten, dayAndTime(pilot.waiting.unwritten_until))}
        </p>
      )}
      {review?.sign_off != null ? (
        <p class="govuk-inset-text">{words.reviewSigned(review.sign_off.name, review.sign_off.rank, dayAndTime(review.sign_off.at))}</p>
      ) : (
        <p class="govuk-body">{review == null ? words.reviewLead : words.reviewWaits}</p>
      )}
      {may("plan") && review?.sign_off == null ? (
        <>
          <TextArea id="review-outcomes" label={words.outcomes} value={outcomes} onInput={setOutcomes} error={errorFor(errors, "review-outcomes")} limit={TEXT} />
          <TextField id="review-complaints" label={words.complaints} type="number" narrow value={complaints} onInput={setComplaints} error={errorFor(errors, "review-complaints")} />
          <TextArea id="review-lessons" label={words.lessons} value={lessons} onInput={setLessons} error={errorFor(errors, "review-lessons")} limit={TEXT} />
          <Button onPress={save} testId="review-save">
            {words.saveReview}
          </Button>
        </>
      ) : (
        review != null && (
          <dl class="govuk-summary-list">
            <Row name={words.outcomes}>{review.outcomes}</Row>
            <Row name={words.complaints}>{review.complaints}</Row>
            <Row name={words.lessons}>{review.lessons}</Row>
          </dl>
        )
      )}
      {may("authorise") && review != null && review.sign_off == null && (
        <>
          <TextField id="review-rank" label={words.rank} value={rank} onInput={setRank} limit={NAME} error={errorFor(errors, "review-rank")} narrow />
          <Button onPress={sign} testId="review-sign">
            {words.signReview}
          </Button>
        </>
      )}
    </div>
  );
}
