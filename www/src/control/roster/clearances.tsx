import { useEffect, useState } from "preact/hooks";
import { api, ask, type Result } from "../../api/client";
import { problemText } from "../../api/problem";
import type { Clearance, ClearanceKind, ClearancePage, Duty } from "../../api/types";
import { Notice } from "../../components/banner/banner";
import { Button } from "../../components/button/button";
import { Dialog } from "../../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../../components/error-summary/error-summary";
import { RadioField } from "../../components/field/choice";
import { SelectField, TextArea } from "../../components/field/field";
import { TEXT, textErrors } from "../../components/field/text-errors";
import { Pager } from "../../components/pager/pager";
import { nameOf } from "../../lib/namesake";
import { dayAndTime } from "../../lib/time";
import { strings } from "../../strings";
import { imageAge, ParticularsSummary, ResponseTag } from "./particulars-summary";
import { useOperation } from "./use-operation";

type Asked = { id: string; show: "open" | "settled"; kind: ClearanceKind | ""; page: number; turn: number };

/** Asks for a page of clearances whenever what is asked for changes. */
function usePage(asked: Asked | undefined, onPage: (page: ClearancePage) => void, onProblem: (text: string | undefined) => void): void {
  useEffect(() => {
    if (asked === undefined) return undefined;
    let left = false;
    const load = async () => {
      const { id, show, kind, page } = asked;
      const query = { page, show, ...(kind === "" ? {} : { kind }) };
      const result = await ask(api.GET("/v1/deployments/{id}/clearances", { params: { path: { id }, query } }));
      // Something else is asked for meanwhile.
      if (left) return;
      onProblem(result.ok ? undefined : problemText(result.problem));
      if (result.ok) onPage(result.value);
    };
    void load();
    return () => {
      left = true;
    };
  }, [JSON.stringify(asked)]);
}

type Reply = Promise<{ data?: Clearance[]; error?: unknown; response: Response }>;
type Act = (call: unknown, done: string) => Promise<boolean>;

/** What keeps people of a watchlist from being matched, and who may settle it. */
export function Clearances({ id }: { id: string }) {
  const { loaded, problem, refresh } = useOperation(id);
  const [seen, setSeen] = useState<ClearancePage>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [unread, setUnread] = useState<string>();
  const [done, setDone] = useState<string>();
  const [kind, setKind] = useState<ClearanceKind | "">("");
  const [page, setPage] = useState(0);
  /** Changes with each decision: the pages that are shown are asked for anew. */
  const [turn, setTurn] = useState(0);
  const words = strings.clearances;

  usePage({ id, show: "open", kind, page, turn }, setSeen, setUnread);

  const act: Act = async (call, text) => {
    const result: Result<Clearance[]> = await ask<Clearance[]>(call as Reply);
    if (result.ok) {
      setErrors([]);
      setDone(text);
    } else {
      setDone(undefined);
      setErrors([{ text: problemText(result.problem) }]);
    }
    setTurn((before) => before + 1);
    void refresh();
    return result.ok;
  };

  // What was chosen stays to be chosen from, also once the last of its kind is gone.
  const kinds = seen === undefined || kind === "" || seen.kinds.includes(kind) ? (seen?.kinds ?? []) : [...seen.kinds, kind];
  const failed = problem ?? unread;
  const problems = failed === undefined ? errors : [{ text: failed }];
  return (
    <>
      <a class="v-back" href={`#/pilot/${id}`}>
        {words.back}
      </a>
      <ErrorSummary errors={problems} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {done !== undefined && <Notice testId="clearance-done">{done}</Notice>}
      {(seen === undefined || loaded === undefined) && problems.length === 0 && <p class="govuk-body">{strings.loading}</p>}
      {seen !== undefined && loaded !== undefined && (
        <>
          {kinds.length > 1 && (
            <div class="v-filters">
              <SelectField
                id="clearances-kind"
                label={words.show}
                value={kind}
                onInput={(value) => {
                  setKind(value as ClearanceKind | "");
                  setPage(0);
                }}
                options={[{ value: "", text: strings.watchlist.any }, ...kinds.map((value) => ({ value, text: words.kinds[value] }))]}
              />
            </div>
          )}
          <section class="v-section" aria-labelledby="clearances-open">
            <h2 class="govuk-heading-m" id="clearances-open">
              {words.openCount(seen.open)}
            </h2>
            {seen.open === 0 && (
              <p class="govuk-body" data-testid="clearances-none">
                {words.none}
              </p>
            )}
            {seen.clearances.map((clearance) => (
              <ClearanceCard key={`${clearance.entry.id} ${clearance.kind}`} deployment={id} clearance={clearance} duties={loaded.pilot.duties} act={act} />
            ))}
            <Pager page={seen.page} size={seen.page_size} count={seen.open} onPage={setPage} testId="clearances-pager" />
          </section>
          {seen.settled > 0 && <Settled key={kind} id={id} kind={kind} turn={turn} count={seen.settled} />}
        </>
      )}
    </>
  );
}

function Head({ clearance }: { clearance: Clearance }) {
  const words = strings.clearances;
  const { entry, kind, state } = clearance;
  return (
    <>
      <h3 class="v-card__title">{nameOf(entry)}</h3>
      <p class="v-tags">
        <strong class="govuk-tag govuk-tag--yellow">{words.kinds[kind]}</strong>
        <strong class={`govuk-tag govuk-tag--${state === "cleared" ? "green" : "grey"}`} data-testid="clearance-state" data-state={state}>
          {kind === "possible_duplicate" && state === "needed" ? words.unsettled : words.states[state]}
        </strong>
        {entry.particulars != null && <ResponseTag response={entry.particulars.response} />}
      </p>
    </>
  );
}

/** Who asked, why, and who decided. */
function History({ clearance }: { clearance: Clearance }) {
  const words = strings.clearances;
  const { rationale, requested_by, requested_at, decided_by, decided_at } = clearance;
  return (
    <>
      {rationale != null && <p class="govuk-inset-text v-plan__text">{rationale}</p>}
      {requested_by != null && requested_at != null && <p class="govuk-hint">{words.requestedBy(requested_by.name ?? strings.journal.removed, dayAndTime(requested_at))}</p>}
      {decided_by != null && decided_at != null && <p class="govuk-hint">{words.decidedBy(decided_by.name ?? strings.journal.removed, dayAndTime(decided_at))}</p>}
    </>
  );
}

/** They are asked for once somebody looks at them. */
function Settled({ id, kind, turn, count }: { id: string; kind: ClearanceKind | ""; turn: number; count: number }) {
  const words = strings.clearances;
  const [opened, setOpened] = useState(false);
  const [page, setPage] = useState(0);
  const [seen, setSeen] = useState<ClearancePage>();
  const [problem, setProblem] = useState<string>();
  usePage(opened ? { id, show: "settled", kind, page, turn } : undefined, setSeen, setProblem);
  return (
    <details class="govuk-details" data-testid="clearances-settled" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary class="govuk-details__summary v-summary">
        <span class="govuk-details__summary-text">{words.settledCount(count)}</span>
      </summary>
      {problem !== undefined && <ErrorSummary errors={[{ text: problem }]} />}
      {seen === undefined && problem === undefined && <p class="govuk-body">{strings.loading}</p>}
      {seen?.clearances.map((clearance) => (
        <article class="v-clearance" key={`${clearance.entry.id} ${clearance.kind}`}>
          <Head clearance={clearance} />
          <History clearance={clearance} />
        </article>
      ))}
      {seen !== undefined && <Pager page={seen.page} size={seen.page_size} count={seen.settled} onPage={setPage} testId="settled-pager" />}
    </details>
  );
}

type CardProps = { deployment: string; clearance: Clearance; duties: Duty[]; act: Act };

function Pictures({ deployment, entry }: { deployment: string; entry: Clearance["entry"] }) {
  return (
    <figure class="v-clearance__who">
      <div>
        {entry.photos.map((photo, at) => (
          <img
            key={photo.id}
            src={`/v1/deployments/${deployment}/entries/${entry.id}/photos/${photo.id}`}
            alt={strings.entries.photoOf(nameOf(entry), at + 1, entry.photos.length)}
            width={160}
            height={160}
            loading="lazy"
          />
        ))}
      </div>
      <figcaption>{nameOf(entry)}</figcaption>
    </figure>
  );
}

/** Words and next step differ by kind, state and who looks. */
function ClearanceCard({ deployment, clearance, duties, act }: CardProps) {
  const words = strings.clearances;
  const { entry, kind, state, others, others_left_out: more, own } = clearance;
  const keeps = duties.includes("keep_watchlist");
  const authorises = duties.includes("authorise");
  return (
    <article class="v-clearance" data-testid="clearance" data-kind={kind} data-state={state}>
      <Head clearance={clearance} />
      <p class="govuk-body">{words.kindsLong[kind]}</p>
      <div class="v-clearance__pictures">
        <Pictures deployment={deployment} entry={entry} />
        {others.map((other) => (
          <Pictures key={other.id} deployment={deployment} entry={other} />
        ))}
      </div>
      {more > 0 && (
        <p class="govuk-body" data-testid="clearance-more">
          {words.moreAlike(more)}
        </p>
      )}
      {entry.particulars != null && (
        <>
          <p class="govuk-hint">
            {entry.particulars.category} · {entry.particulars.nominal_id} · {imageAge(entry.particulars)}
          </p>
          <ParticularsSummary particulars={entry.particulars} />
        </>
      )}
      <History clearance={clearance} />
      {kind === "possible_duplicate"
        ? keeps
          ? <Resolution deployment={deployment} clearance={clearance} act={act} />
          : <p class="govuk-body">{words.waitsForKeeper}</p>
        : state === "needed"
          ? keeps
            ? <Request deployment={deployment} clearance={clearance} act={act} />
            : <p class="govuk-body">{words.waitsForList}</p>
          : authorises
            ? own
              ? <p class="govuk-body">{words.own}</p>
              : <Decision deployment={deployment} clearance={clearance} act={act} />
            : <p class="govuk-body">{words.waitsForOther}</p>}
    </article>
  );
}

type FormProps = Pick<CardProps, "deployment" | "clearance" | "act">;

function pathOf(deployment: string, { entry, kind }: Clearance) {
  return { params: { path: { id: deployment, entry: entry.id, kind } } };
}

function Request({ deployment, clearance, act }: FormProps) {
  const words = strings.clearances;
  const [rationale, setRationale] = useState("");
  const [error, setError] = useState<string>();
  const { entry, kind } = clearance;
  const which = kind === "minor" ? "minor" : "other";
  const id = `rationale-${entry.id}-${kind}`;
  const send = async () => {
    const found = rationale.trim() === "" ? words.rationaleMissing : textErrors([id, words.rationale[which], rationale, TEXT])[0]?.text;
    setError(found);
    if (found === undefined) await act(api.POST("/v1/deployments/{id}/entries/{entry}/clearances/{kind}/request", { ...pathOf(deployment, clearance), body: { rationale: rationale.trim() } }), words.done.requested(nameOf(entry)));
  };
  return (
    <div class="v-form">
      <TextArea
        id={id}
        label={words.rationale[which]}
        hint={words.rationaleHint[which]}
        value={rationale}
        onInput={setRationale}
        limit={TEXT}
        error={error}
      />
      <Button onPress={send} label={words.requestFor(nameOf(entry), words.kinds[kind])} testId="clearance-request">
        {words.request}
      </Button>
    </div>
  );
}

function Decision({ deployment, clearance, act }: FormProps) {
  const words = strings.clearances;
  const [asking, setAsking] = useState(false);
  const { entry, kind } = clearance;
  const path = pathOf(deployment, clearance);
  const approve = async () => {
    await act(api.POST("/v1/deployments/{id}/entries/{entry}/clearances/{kind}/approval", path), words.done.approved(nameOf(entry)));
  };
  const refuse = async () => {
    setAsking(false);
    await act(api.POST("/v1/deployments/{id}/entries/{entry}/clearances/{kind}/refusal", path), words.done.refused(nameOf(entry)));
  };
  return (
    <div class="govuk-button-group">
      <Button onPress={approve} label={words.approveFor(nameOf(entry), words.kinds[kind])} testId="clearance-approve">
        {words.approve}
      </Button>
      <Button kind="warning" onPress={() => setAsking(true)} label={words.refuseFor(nameOf(entry), words.kinds[kind])} testId="clearance-refuse">
        {words.refuse}
      </Button>
      {asking && <Dialog title={words.refuseTitle(nameOf(entry))} text={words.refuseText} confirm={words.refuse} onConfirm={refuse} onCancel={() => setAsking(false)} />}
    </div>
  );
}

type Choice = { kind: "keep_both" } | { kind: "merge"; into: string } | { kind: "drop" };

function Resolution({ deployment, clearance, act }: FormProps) {
  const words = strings.clearances;
  const { entry, others } = clearance;
  const [choice, setChoice] = useState<Choice>();
  const [rationale, setRationale] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const id = `resolution-${entry.id}`;
  const options = [
    { value: "keep_both", text: words.choices.keep_both, hint: words.keepHint },
    ...others.map((other) => ({ value: `merge ${other.id}`, text: words.mergeInto(nameOf(other)), hint: words.mergeHint(nameOf(other)) })),
    { value: "drop", text: words.choices.drop, hint: words.dropHint },
  ];
  const choose = (value: string) => setChoice(value === "keep_both" ? { kind: "keep_both" } : value === "drop" ? { kind: "drop" } : { kind: "merge", into: value.slice("merge ".length) });
  const value = choice === undefined ? undefined : choice.kind === "merge" ? `merge ${choice.into}` : choice.kind;
  const settle = async () => {
    const found: FieldError[] = [];
    if (choice === undefined) found.push({ field: id, text: words.resolutionMissing });
    if (choice?.kind === "keep_both" && rationale.trim() === "") found.push({ field: `${id}-rationale`, text: words.rationaleMissing });
    if (choice?.kind === "keep_both") found.push(...textErrors([`${id}-rationale`, words.keepBothReason, rationale, TEXT]));
    setErrors(found);
    if (choice === undefined || found.length > 0) return;
    const how = choice.kind === "keep_both" ? { ...choice, rationale: rationale.trim() } : choice;
    const path = { params: { path: { id: deployment, entry: entry.id } } };
    await act(api.POST("/v1/deployments/{id}/entries/{entry}/clearances/possible_duplicate/resolution", { ...path, body: { how } }), words.done.resolved(nameOf(entry)));
  };
  return (
    <div class="v-form">
      <RadioField id={id} legend={words.resolution} options={options} value={value} onInput={choose} error={errorFor(errors, id)} />
      {choice?.kind === "keep_both" && (
        <TextArea
          id={`${id}-rationale`}
          label={words.keepBothReason}
          hint={words.keepBothHint}
          rows={2}
          value={rationale}
          onInput={setRationale}
          limit={TEXT}
          error={errorFor(errors, `${id}-rationale`)}
        />
      )}
      <Button onPress={settle} label={words.settleFor(nameOf(entry))} testId="clearance-settle">
        {words.settle}
      </Button>
    </div>
  );
}
