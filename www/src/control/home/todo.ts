import type { Deployment, Duty, Operation, Role } from "../../api/types";
import { strings } from "../../strings";

export type Step = keyof typeof strings.home.steps;

/** Something that waits for a person. */
export type Todo = {
  deployment: Deployment;
  step: Step;
  /** Whose it may be. */
  roles: Role[];
  /** Whether whoever looks may do it. */
  yours: boolean;
};

type Rule = { roles: Role[]; duty: Duty };

const COMMANDER: Rule = { roles: ["commander"], duty: "plan" };
const AUTHORISER: Rule = { roles: ["authorising_officer"], duty: "authorise" };
const LISTS: Rule = { roles: ["list_manager"], duty: "keep_watchlist" };

/** Who takes each step with an operation. */
const RULES: Record<Step, Rule> = {
  complete_plan: COMMANDER,
  organisation: { roles: ["administrator"], duty: "keep_organisation" },
  revise: COMMANDER,
  submit: COMMANDER,
  sign: AUTHORISER,
  fill_list: LISTS,
  check_list: LISTS,
  clear: { roles: ["list_manager", "authorising_officer"], duty: "see_clearances" },
  sign_again: AUTHORISER,
  notice: COMMANDER,
  signs: { roles: ["operator", "commander"], duty: "confirm_signs" },
  end_other: { roles: ["commander", "authorising_officer"], duty: "end" },
  review_other: COMMANDER,
  enrol: { roles: ["administrator", "list_manager"], duty: "keep_watchlist" },
  go_live: { roles: ["administrator", "commander"], duty: "start" },
  resume: { roles: ["authorising_officer"], duty: "resume" },
  answer: { roles: ["operator", "engagement_officer"], duty: "decide" },
  confirm: { roles: ["operator", "engagement_officer"], duty: "decide" },
  write_up: { roles: ["operator", "engagement_officer"], duty: "decide" },
  watch: { roles: ["operator"], duty: "capture" },
  devices: { roles: ["commander"], duty: "certify" },
  look: { roles: ["commander"], duty: "pause" },
  review: COMMANDER,
  sign_review: AUTHORISER,
};

const BLOCKED: Partial<Record<Operation["blockers"][number], Step>> = {
  no_organisation: "organisation",
  no_public_notice: "notice",
  signs_not_confirmed: "signs",
  watchlist_empty: "fill_list",
  watchlist_out_of_date: "check_list",
  watchlist_grew: "sign_again",
  entries_not_cleared: "clear",
  other_deployment_live: "end_other",
  review_due: "review_other",
};

function beforeStart({ stage, missing, blockers, open_clearances }: Operation, entries: number): Step[] {
  const list: Step[] = [...(entries === 0 ? (["fill_list"] as const) : []), ...(open_clearances > 0 ? (["clear"] as const) : [])];
  const lacksDocuments = missing.some(({ kind }) => kind !== "organisation");
  const unnamed = missing.some(({ kind }) => kind === "organisation");
  switch (stage.kind) {
    case "planned":
      return [stage.refusal != null ? "revise" : lacksDocuments ? "complete_plan" : unnamed ? "organisation" : "submit", ...list];
    case "submitted":
      return ["sign", ...list];
    case "authorised":
      return blockers.flatMap((blocker) => BLOCKED[blocker] ?? []);
  }
}

function steps({ state, operation, entries, false_alert_level, waiting }: Deployment): Step[] {
  const alerts: Step[] = [...(waiting.alerts > 0 ? (["answer"] as const) : []), ...(waiting.sights > 0 ? (["confirm"] as const) : [])];
  switch (state.kind) {
    case "draft":
      if (operation !== undefined) return beforeStart(operation, entries);
      return [entries === 0 ? "enrol" : "go_live"];
    case "live":
      return [...alerts, ...(waiting.unwatched_since == null ? [] : (["watch"] as const)), ...(waiting.devices > 0 ? (["devices"] as const) : []), ...(false_alert_level === "within" ? [] : (["look"] as const))];
    case "paused":
      return [...alerts, "resume"];
    case "ended": {
      // While it runs officers have it before them on their own screens.
      const writes: Step[] = waiting.unwritten > 0 ? ["write_up"] : [];
      if (operation === undefined || !wantsReview(state.ended_at, operation)) return writes;
      return [...writes, operation.review == null ? "review" : "sign_review"];
    }
  }
}

/** One that ended before its time came was never live, and nothing came of it. */
function wantsReview(endedAt: string, { review, plan }: Operation): boolean {
  return review?.sign_off == null && Date.parse(endedAt) > Date.parse(plan.starts_at);
}

/** What whoever takes a step has for a duty. */
export function dutyOf(step: Step): Duty {
  return RULES[step].duty;
}

/** Where a step is taken. */
export function hrefOf(step: Step, { id }: Deployment): string {
  if (step === "organisation") return "#/organisation";
  if (step === "answer" || step === "confirm" || step === "write_up" || step === "watch") return "/officer.html";
  return step === "complete_plan" || step === "revise" || step === "notice" ? `#/pilot/${id}/plan` : step === "clear" ? `#/pilot/${id}/clearances` : `#/pilot/${id}`;
}

/** Since when it waits. */
export function waitsSince(step: Step, { state, operation, waiting, created_at }: Deployment): string {
  switch (step) {
    case "answer":
      return waiting.alerts_since ?? created_at;
    case "confirm":
      return waiting.sights_since ?? created_at;
    case "look":
      return waiting.warned_since ?? created_at;
    case "watch":
      return waiting.unwatched_since ?? created_at;
    case "devices":
      return waiting.ailing[0]?.since ?? created_at;
  }
  if (state.kind === "paused") return state.pause.paused_at;
  if (state.kind === "ended") return step === "sign_review" ? (operation?.review?.at ?? state.ended_at) : state.ended_at;
  switch (operation?.stage.kind) {
    case "planned":
      return operation.unsubmitted_since ?? created_at;
    case "submitted":
      return operation.stage.submission.at;
    case "authorised":
      return operation.stage.signature.at;
    case undefined:
      return created_at;
  }
}

/** Alerts that nobody decided in time: a fact of what runs, for nothing that anybody does makes it undone. */
export type Lapsed = { count: number; since: string; href: string | undefined };

export function lapsedOf({ id, state, counters, waiting, duties, created_at }: Deployment): Lapsed | undefined {
  if (counters.lapsed === 0 || (state.kind !== "live" && state.kind !== "paused")) return undefined;
  return { count: counters.lapsed, since: waiting.lapsed_since ?? created_at, href: duties.includes("read_alerts") ? `#/pilot/${id}/alerts/undecided` : undefined };
}

/** What waits for people, first what whoever looks may do herself; of one deployment in the order in which it is done. */
export function todos(deployments: readonly Deployment[]): Todo[] {
  const all = deployments.flatMap((deployment) =>
    steps(deployment).map((step): Todo => {
      const { roles, duty } = RULES[step];
      // Whoever wrote on a plan, or filled its watchlist, can't sign it, and nobody can while it isn't known who did.
      const { own, built_list, blockers } = deployment.operation ?? {};
      const barred = (step === "sign" || step === "sign_again") && (own === true || built_list === true || blockers?.includes("list_unattributed") === true);
      return { deployment, step, roles, yours: !barred && deployment.duties.includes(duty) };
    }),
  );
  return [...all.filter(({ yours }) => yours), ...all.filter(({ yours }) => !yours)];
}

export type Filter = keyof typeof strings.home.filters;

const SHOWN: Record<Filter, (deployment: Deployment) => boolean> = {
  all: () => true,
  preparing: ({ state }) => state.kind === "draft",
  live: ({ state }) => state.kind === "live" || state.kind === "paused",
  ended: ({ state }) => state.kind === "ended",
  review: ({ state, operation }) => state.kind === "ended" && operation !== undefined && wantsReview(state.ended_at, operation),
};

export function shown(deployments: readonly Deployment[], filter: Filter): Deployment[] {
  return deployments.filter(SHOWN[filter]);
}

/** A deployment's state in one word or two. */
export function stateOf({ state, operation }: Deployment): keyof typeof strings.home.states {
  if (state.kind === "draft") return operation?.stage.kind ?? "draft";
  if (state.kind === "ended" && operation !== undefined && wantsReview(state.ended_at, operation)) return "review";
  return state.kind;
}
