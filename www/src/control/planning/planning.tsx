import { useEffect, useMemo, useState } from "preact/hooks";
import { api, ask } from "../../api/client";
import { problemText } from "../../api/problem";
import type { Deployment, PolicyCategory } from "../../api/types";
import { Button } from "../../components/button/button";
import { Dialog } from "../../components/dialog/dialog";
import { ErrorSummary, type FieldError } from "../../components/error-summary/error-summary";
import { TaskList } from "../../components/task-list/task-list";
import { shortTime } from "../../lib/time";
import { strings } from "../../strings";
import { draftOf, faultsOf, PARTS, proposal, standings, type Draft, type Part, type Standing } from "../proposal";
import { PartFields } from "./fields";
import { begin } from "./begin";
import { useUnfinished, type Kept, type Unfinished } from "./use-unfinished";

type Open = Extract<Unfinished, { kind: "open" }>;

type Props = { id: string; part: Part | undefined; /** It was begun on this page, so the server need not know it yet. */ begun: boolean; onSaved: (pilot: Deployment) => void };

/** A plan is written part by part, each saved as it is typed; it becomes an operation's only as a whole. */
export function Planning({ id, part, begun, onSaved }: Props) {
  const fresh = useMemo(() => (begun ? draftOf(undefined) : undefined), []);
  const plan = useUnfinished(id, fresh);
  const [categories, setCategories] = useState<PolicyCategory[]>([]);
  const [problem, setProblem] = useState<string>();
  const words = strings.planning;

  useEffect(() => {
    void ask(api.GET("/v1/policy")).then((result) => {
      if (result.ok) setCategories(result.value.categories);
      else setProblem(problemText(result.problem));
    });
  }, []);

  if (plan.kind === "loading") return <p class="govuk-body">{strings.loading}</p>;
  if (plan.kind === "failed") return <ErrorSummary errors={[{ text: plan.text }]} />;
  if (plan.kind === "gone") {
    return (
      <>
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="govuk-body" data-testid="plan-gone">
          {words.gone}
        </p>
        <a class="govuk-link" href="#/pilots">
          {words.toHome}
        </a>
      </>
    );
  }
  return part === undefined ? (
    <Whole id={id} plan={plan} onSaved={onSaved} />
  ) : (
    <PartForm key={part} id={id} part={part} plan={plan} categories={categories} problem={problem} />
  );
}

function titleOf({ draft, deployment }: Open): string {
  const words = strings.planning;
  const name = draft.name.trim() === "" ? words.unnamed : draft.name.trim();
  return deployment === undefined ? words.title : words.changeTitle(name);
}

function KeptLine({ kept }: { kept: Kept }) {
  const words = strings.planning;
  const text = { fresh: words.fresh, typing: words.typing, saving: words.saving, saved: kept.kind === "saved" ? words.saved(shortTime(kept.at)) : "", failed: kept.kind === "failed" ? words.notSaved(kept.text) : "" }[kept.kind];
  return (
    <p class={`govuk-body v-kept${kept.kind === "failed" ? " v-kept--failed" : ""}`} role="status" data-testid="plan-kept" data-kept={kept.kind}>
      {text}
    </p>
  );
}

function StandingText({ standing }: { standing: Standing }) {
  const words = strings.planning;
  if (standing.kind === "done") return <>{words.states.done}</>;
  if (standing.kind === "fault") return <strong class="govuk-tag govuk-tag--red">{words.states.fault}</strong>;
  return (
    <>
      <strong class="govuk-tag govuk-tag--blue">{words.states.todo}</strong>
      {standing.holdsUp !== "save" && <span class="govuk-hint v-kept__later"> {words.later[standing.holdsUp]}</span>}
    </>
  );
}

/** All parts, with what is still missing, and the step that makes a plan of them. */
function Whole({ id, plan, onSaved }: { id: string; plan: Open; onSaved: (pilot: Deployment) => void }) {
  const words = strings.planning;
  const { draft, deployment, kept } = plan;
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [discarding, setDiscarding] = useState(false);
  const standing = standings(draft);
  const done = PARTS.filter((part) => standing[part].kind === "done").length;

  const submit = async () => {
    const { errors: found, body } = proposal(draft);
    // One for each part: what is missing there is told there.
    const parts = PARTS.filter((part) => found.some((fault) => fault.part === part));
    setErrors(parts.map((part) => ({ href: `#/plan/${id}/${part}`, text: words.incomplete(words.parts[part].title, found.filter((fault) => fault.part === part).length) })));
    if (found.length > 0) return;
    const whole = { ...body, unfinished: id };
    const call = deployment === undefined ? api.POST("/v1/operations", { body: whole }) : api.PUT("/v1/deployments/{id}/plan", { params: { path: { id: deployment } }, body: whole });
    const result = await ask<Deployment>(call as Promise<{ data?: Deployment; error?: unknown; response: Response }>);
    if (!result.ok) return setErrors([{ text: problemText(result.problem) }]);
    plan.leave();
    onSaved(result.value);
  };
  const discard = async () => {
    plan.leave();
    // One that was never saved is gone already.
    await ask(api.DELETE("/v1/plans/{id}", { params: { path: { id } } }));
    location.hash = deployment === undefined ? "#/pilots" : `#/pilot/${deployment}`;
  };

  return (
    <div data-testid="plan-form">
      <a class="v-back" href={deployment === undefined ? "#/pilots" : `#/pilot/${deployment}`}>
        {deployment === undefined ? strings.pilots.back : strings.roster.back}
      </a>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{titleOf(plan)}</h1>
      {deployment === undefined && draft.name.trim() !== "" && <p class="govuk-body-l v-plan__text">{draft.name}</p>}
      <p class="govuk-body">{words.lead}</p>
      {deployment !== undefined && (
        <p class="govuk-inset-text">
          {words.changeLead} {strings.plan.changeWarning}
        </p>
      )}
      <p class="govuk-body">
        <strong data-testid="plan-progress">{words.done(done, PARTS.length)}</strong>
      </p>
      <TaskList
        testId="plan-tasks"
        tasks={PARTS.map((part) => ({
          id: `plan-part-${part}`,
          title: words.parts[part].title,
          hint: words.parts[part].hint,
          href: `#/plan/${id}/${part}`,
          done: standing[part].kind === "done",
          state: <StandingText standing={standing[part]} />,
        }))}
      />
      <KeptLine kept={kept} />
      <section class="v-section" aria-labelledby="plan-save">
        <h2 class="govuk-heading-m" id="plan-save">
          {words.submitTitle}
        </h2>
        {deployment === undefined && <p class="govuk-body">{words.submitLead}</p>}
        <div class="govuk-button-group">
          <Button onPress={submit} testId="plan-submit">
            {words.submitTitle}
          </Button>
          {kept.kind !== "fresh" && (
            <Button kind="secondary" onPress={() => setDiscarding(true)} testId="plan-discard">
              {words.discard}
            </Button>
          )}
        </div>
      </section>
      {discarding && (
        <Dialog
          testId="plan-discard-dialog"
          title={words.discardTitle}
          text={deployment === undefined ? words.discardText : words.discardChangeText}
          confirm={words.discardConfirm}
          cancel={words.keep}
          onConfirm={discard}
          onCancel={() => setDiscarding(false)}
        />
      )}
    </div>
  );
}

type PartProps = { id: string; part: Part; plan: Open; categories: PolicyCategory[]; problem: string | undefined };

/** Faults show once somebody says that the part is done: not while it is being typed. */
function PartForm({ id, part, plan, categories, problem }: PartProps) {
  const words = strings.planning;
  const [errors, setErrors] = useState<FieldError[]>([]);
  const next: Part | undefined = PARTS[PARTS.indexOf(part) + 1];
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = ownFaults(plan.draft, part);
    setErrors(found);
    if (!(await plan.save()) || found.length > 0) return;
    location.hash = next === undefined ? `#/plan/${id}` : `#/plan/${id}/${next}`;
  };
  return (
    <form onSubmit={submit} noValidate class="v-form" data-testid="plan-part" data-part={part}>
      <a class="v-back" href={`#/plan/${id}`}>
        {words.back}
      </a>
      <ErrorSummary errors={problem === undefined ? errors : [{ text: problem }, ...errors]} />
      <span class="govuk-caption-l v-plan__text">{titleOf(plan)}</span>
      <h1 class="govuk-heading-l">{words.parts[part].title}</h1>
      <p class="govuk-body">{words.parts[part].hint}</p>
      <PartFields part={part} draft={plan.draft} errors={errors} categories={categories} onEdit={plan.edit} />
      <KeptLine kept={plan.kept} />
      <Button submit testId="plan-next">
        {next === undefined ? words.last : words.next}
      </Button>
    </form>
  );
}

/** The public may be told and documents filed later, so that their absence stops nobody here. */
function ownFaults(draft: Draft, part: Part): FieldError[] {
  return faultsOf(draft).filter((fault) => fault.part === part && (fault.holdsUp === "save" || !fault.missing));
}

/** Leads to the change of a plan that was begun before, or begins one. */
export function ChangePlan({ id }: { id: string }) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  useEffect(() => {
    void begin(id).then((result) => {
      if (result.ok) location.replace(`#/plan/${result.value}`);
      else setErrors([{ text: problemText(result.problem) }]);
    });
  }, [id]);
  return errors.length > 0 ? <ErrorSummary errors={errors} /> : <p class="govuk-body">{strings.loading}</p>;
}
