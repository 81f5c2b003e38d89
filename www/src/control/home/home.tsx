import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../../api/client";
import type { Deployment, Duty, RoleGrant, UnfinishedPlan } from "../../api/types";
import { Card } from "../../components/card/card";
import { SelectField } from "../../components/field/field";
import { Guide } from "../../components/guide/guide";
import { pageOf, Pager } from "../../components/pager/pager";
import { SketchThumb } from "../../components/sketch/drawing";
import { dayAndTime } from "../../lib/time";
import { strings } from "../../strings";
import { doneSteps, furthest } from "../next-step";
import { KindTags, NewPilot, StateTag } from "../pilots";
import { Untrained } from "../untrained";
import { Timeline } from "./timeline-view";
import { said, waitsFor } from "./todo-words";
import { hrefOf, lapsedOf, shown, todos, waitsSince, type Filter, type Lapsed, type Step, type Todo } from "./todo";

const PAGE = 20;
/** So few are seen at a glance. */
const FILTERED_FROM = 4;

type Props = { deployments: Deployment[]; duties: Duty[]; roles: readonly RoleGrant[]; onCreated: (pilot: Deployment) => void };

/** All deployments, and what waits for whom. */
export function Home({ deployments, duties, roles, onCreated }: Props) {
  const [rehearses, decides, plans] = (["rehearse", "decide", "plan"] as const).map((duty) => duties.includes(duty));
  const pilot = furthest(deployments);
  const links = pilot === undefined ? { pilot: "#start-pilot" } : { enrol: `#/pilot/${pilot.id}`, live: `#/pilot/${pilot.id}` };
  return (
    <>
      {rehearses && decides && <Guide done={doneSteps(pilot)} links={links} />}
      <h1 class="govuk-heading-l">{strings.pilots.title}</h1>
      {!rehearses && decides && <p class="govuk-body">{strings.control.officerOnly}</p>}
      <Untrained roles={roles} duties={duties} />
      {plans && (
        <a class="govuk-button v-button" href="#/plan" data-testid="plan-operation">
          {strings.plan.start}
        </a>
      )}
      {deployments.length === 0 ? <Empty plans={plans === true} rehearses={rehearses === true} /> : <DoNow todos={todos(deployments)} />}
      {plans && <Unfinished />}
      {deployments.length > 0 && <All deployments={deployments} />}
      {rehearses && <NewPilot onCreated={onCreated} />}
    </>
  );
}

function Empty({ plans, rehearses }: { plans: boolean; rehearses: boolean }) {
  const words = strings.home;
  return (
    <p class="govuk-inset-text" data-testid="home-empty">
      {words.empty} {plans ? words.emptyPlan : rehearses ? words.emptyPilot : words.emptyWait}
    </p>
  );
}

function Unfinished() {
  const [plans, setPlans] = useState<UnfinishedPlan[]>([]);
  const words = strings.home;
  useEffect(() => {
    // Without them nothing else is missing here, so a failure is not told of; the page of each tells.
    void ask(api.GET("/v1/plans")).then((result) => result.ok && setPlans(result.value));
  }, []);
  if (plans.length === 0) return null;
  return (
    <section class="v-section" aria-labelledby="unfinished" data-testid="unfinished">
      <h2 class="govuk-heading-m" id="unfinished">
        {words.unfinished}
      </h2>
      {plans.map(({ id, deployment, typed, saved_at }) => {
        const name = typed.name.trim() === "" ? strings.planning.unnamed : typed.name.trim();
        return (
          <Card
            key={id}
            testId="unfinished-plan"
            title={<a href={`#/plan/${id}`}>{deployment == null ? name : strings.planning.changeTitle(name)}</a>}
            actions={
              <a class="govuk-button govuk-button--secondary v-button" href={`#/plan/${id}`} aria-label={words.goOnWith(name)}>
                {words.goOn}
              </a>
            }
          >
            <p class="govuk-hint">{words.unfinishedOf(dayAndTime(saved_at))}</p>
          </Card>
        );
      })}
    </section>
  );
}

type View = "list" | "timeline";

function All({ deployments }: { deployments: Deployment[] }) {
  const words = strings.home;
  const [filter, setFilter] = useState<Filter>("all");
  const [view, setView] = useState<View>("list");
  const [page, setPage] = useState(0);
  const found = shown(deployments, filter);
  const { from, to } = pageOf(page, PAGE, found.length);
  return (
    <section aria-labelledby="pilots-list" class="v-section">
      <h2 class="govuk-heading-m" id="pilots-list">
        {strings.pilots.list}
      </h2>
      <div class="v-home__tools">
        {deployments.length >= FILTERED_FROM && (
          <SelectField
            id="home-filter"
            label={words.show}
            value={filter}
            onInput={(next) => {
              setFilter(next as Filter);
              setPage(0);
            }}
            options={Object.entries(words.filters).map(([value, text]) => ({ value, text }))}
          />
        )}
        <div class="v-toggle" role="group" aria-label={words.view}>
          {(["list", "timeline"] as const).map((each) => (
            <button key={each} type="button" class="v-toggle__choice" aria-pressed={view === each} onClick={() => setView(each)} data-testid={`home-${each}`}>
              {each === "list" ? words.asList : words.asTimeline}
            </button>
          ))}
        </div>
      </div>
      {found.length === 0 && <p class="govuk-body">{words.none}</p>}
      {view === "timeline" ? found.length > 0 && <Timeline deployments={found} /> : found.slice(from, to).map((each) => <Row key={each.id} pilot={each} />)}
      {view === "list" && <Pager page={page} size={PAGE} count={found.length} onPage={setPage} testId="home-pager" />}
    </section>
  );
}

function when(step: Step, deployment: Deployment): string {
  const words = strings.since;
  const until = deployment.waiting.unwritten_until;
  if (step === "write_up" && until != null) return strings.owed.until(deployment.place, dayAndTime(until));
  const waits = words.waits(deployment.place, dayAndTime(waitsSince(step, deployment)));
  if (deployment.state.kind !== "draft" || deployment.operation === undefined) return waits;
  return words.starts(waits, dayAndTime(deployment.operation.plan.starts_at));
}

function DoNow({ todos }: { todos: Todo[] }) {
  const words = strings.home;
  return (
    <section aria-labelledby="do-now" class="v-section" data-testid="do-now">
      <h2 class="govuk-heading-m" id="do-now">
        {words.doNow}
      </h2>
      {todos.length === 0 && <p class="govuk-body">{words.nothing}</p>}
      <ul class="v-todo">
        {todos.map(({ deployment, step, roles, yours }) => (
          <li key={`${deployment.id} ${step}`} class={`v-todo__item${yours ? " v-todo__item--yours" : ""}`} data-testid="todo" data-step={step} data-yours={yours}>
            <span class="v-todo__what">
              <a class="govuk-link" href={yours ? hrefOf(step, deployment) : `#/pilot/${deployment.id}`}>
                {said(step, deployment)}
              </a>
              <span class="v-todo__when">{when(step, deployment)}</span>
            </span>
            <span class="v-todo__who">{yours ? words.yours : waitsFor(roles)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ pilot }: { pilot: Deployment }) {
  const words = strings.pilots;
  const lapsed = lapsedOf(pilot);
  const text = ({ count, since }: Lapsed) => strings.since.lapsedHere(count, dayAndTime(since));
  return (
    <Card
      testId="pilot-row"
      title={<a href={`#/pilot/${pilot.id}`}>{pilot.name}</a>}
      actions={
        pilot.state.kind === "ended" ? undefined : (
          <a class="govuk-button govuk-button--secondary v-button" href={`#/pilot/${pilot.id}`} aria-label={words.open(pilot.name)}>
            {words.openShort}
          </a>
        )
      }
    >
      <p>
        <KindTags pilot={pilot} />
        <StateTag state={pilot.state} /> {pilot.place} <span class="v-id">{strings.kinds.id(pilot.id)}</span>
      </p>
      <p class="govuk-hint">
        {words.endsAt(dayAndTime(pilot.state.kind === "ended" ? pilot.state.ended_at : pilot.ends_at), pilot.state.kind === "ended")}
        {pilot.state.kind !== "ended" && `, ${words.entries(pilot.entries)}`}
      </p>
      {lapsed !== undefined && (
        <p class="v-links" data-testid="pilot-lapsed">
          {lapsed.href === undefined ? text(lapsed) : <a class="govuk-link" href={lapsed.href}>{text(lapsed)}</a>}
        </p>
      )}
      {pilot.state.kind !== "ended" && pilot.operation?.plan.sketch !== undefined && <SketchThumb sketch={pilot.operation.plan.sketch} />}
    </Card>
  );
}
