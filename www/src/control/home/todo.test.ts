import { describe, expect, it } from "vitest";
import type { Deployment, Operation } from "../../api/types";
import { strings } from "../../strings";
import { mayOpen } from "../opens";
import { parseRoute } from "../route";
import { dutyOf, hrefOf, lapsedOf, shown, stateOf, todos, waitsSince, type Step } from "./todo";
import { bar, days, DAYS, position, windowOf } from "./timeline";

const SIGNED = { submission: { by: "u", at: "2027-01-01T09:00:00Z" }, signature: {} } as never;

function operation(part: Partial<Operation>): Operation {
  return {
    plan: { starts_at: "2027-01-04T10:00:00Z" },
    stage: { kind: "planned", refusal: null },
    missing: [],
    blockers: [],
    open_clearances: 0,
    own: false,
    review: null,
    ...part,
  } as unknown as Operation;
}

function deployment(part: Partial<Deployment>): Deployment {
  return { id: "1", name: "North gate", created_at: "2027-01-02T10:00:00Z", ends_at: "2027-01-04T12:00:00Z", entries: 1, state: { kind: "draft" }, duties: [], false_alert_level: "within", waiting: { alerts: 0, sights: 0, devices: 0 }, counters: { lapsed: 0 }, ...part } as unknown as Deployment;
}

const steps = (part: Partial<Deployment>) => todos([deployment(part)]).map(({ step }) => step);
const ended = { kind: "ended", ended_at: "2027-01-04T11:00:00Z", reason: "by_person" } as const;

describe("what waits for people", () => {
  it.each([
    ["a plan that lacks documents", { operation: operation({ missing: [{ kind: "document", document: "legal_mandate" }] as never }) }, ["complete_plan"]],
    ["a plan for which nobody said who is responsible", { operation: operation({ missing: [{ kind: "organisation" }] as never }) }, ["organisation"]],
    ["a whole plan", { operation: operation({}) }, ["submit"]],
    ["a plan that was sent back", { operation: operation({ stage: { kind: "planned", refusal: { reason: "No" } } as never }) }, ["revise"]],
    ["a submitted plan without a list", { entries: 0, operation: operation({ stage: { kind: "submitted" } as never }) }, ["sign", "fill_list"]],
    ["a signed plan that lacks signs and clearances", { operation: operation({ stage: { kind: "authorised", ...(SIGNED as object) } as never, blockers: ["signs_not_confirmed", "entries_not_cleared", "too_early"] }) }, ["signs", "clear"]],
    ["a signed plan whose time has not come", { operation: operation({ stage: { kind: "authorised", ...(SIGNED as object) } as never, blockers: ["too_early"] }) }, []],
    ["an exercise without volunteers", { entries: 0 }, ["enrol"]],
    ["an exercise with one", {}, ["go_live"]],
    ["a live one", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" } }, []],
    ["a live one with too many false alerts", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" }, false_alert_level: "warning" }, ["look"]],
    ["a live one with alerts that nobody answered", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" }, waiting: { alerts: 2, sights: 0, devices: 0 } }, ["answer"]],
    ["a live one with an alert that a second person is to see", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" }, waiting: { alerts: 0, sights: 1, devices: 0 } }, ["confirm"]],
    ["a live one at which no camera looks", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" }, waiting: { alerts: 1, sights: 0, devices: 0, unwatched_since: "2027-01-04T10:05:00Z" } as never }, ["answer", "watch"]],
    ["a live one with a silent device", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" }, waiting: { alerts: 0, sights: 0, devices: 1 } }, ["devices"]],
    ["a live one in which nobody decided an alert in time", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" }, counters: { lapsed: 3 } as never }, []],
    ["a paused one in which an alert waits", { state: { kind: "paused" } as never, waiting: { alerts: 1, sights: 0, devices: 0 } }, ["answer", "resume"]],
    ["a paused one", { state: { kind: "paused" } as never }, ["resume"]],
    ["an exercise that ended", { state: ended }, []],
    ["one that ended with a match that is not written down", { state: ended, waiting: { alerts: 0, sights: 0, devices: 0, unwritten: 1 } as never }, ["write_up"]],
    ["a live one with a match that is not written down, which its officers have before them", { state: { kind: "live", started_at: "2027-01-04T10:00:00Z" }, waiting: { alerts: 0, sights: 0, devices: 0, unwritten: 1 } as never }, []],
    ["an operation that ended so", { state: ended, operation: operation({}), waiting: { alerts: 0, sights: 0, devices: 0, unwritten: 1 } as never }, ["write_up", "review"]],
    ["an operation that ended", { state: ended, operation: operation({}) }, ["review"]],
    ["an operation with a review", { state: ended, operation: operation({ review: { sign_off: null } as never }) }, ["sign_review"]],
    ["an operation that ended before its time", { state: { ...ended, ended_at: "2027-01-04T09:59:00Z" }, operation: operation({}) }, []],
    ["a reviewed operation", { state: ended, operation: operation({ review: { sign_off: { name: "Abel" } } as never }) }, []],
  ] as [string, Partial<Deployment>, string[]][])("%s", (_, part, expected) => expect(steps(part)).toEqual(expected));

  it("leads each step to a page that whoever may take it opens", () => {
    for (const step of Object.keys(strings.home.steps) as Step[]) {
      const href = hrefOf(step, deployment({ id: "0192f000-0000-7000-8000-000000000000" }));
      if (href === "/officer.html") continue;
      const route = parseRoute(href);
      expect(route.page, href).not.toBe("unknown");
      expect(route.page, href).not.toBe("pilots");
      expect(mayOpen(route, [dutyOf(step)]), `${step}: ${href}`).toBe(true);
    }
  });

  it("names first what whoever looks may do, and never the signature of a plan she wrote on", () => {
    const mine = deployment({ id: "2", operation: operation({ stage: { kind: "submitted" } as never }), duties: ["authorise"] });
    const [first, second] = todos([deployment({}), mine]);
    expect([first?.deployment.id, first?.yours, second?.yours]).toEqual(["2", true, false]);
    const own = { ...mine, operation: { ...mine.operation, own: true } as Operation };
    expect(todos([own])[0]?.yours).toBe(false);
    const unknown = { ...mine, operation: { ...mine.operation, blockers: ["list_unattributed"] } as unknown as Operation };
    expect(todos([unknown])[0]?.yours).toBe(false);
    const grown = operation({ stage: { kind: "authorised", ...(SIGNED as object) } as never, blockers: ["watchlist_grew"] });
    const again = (part: Partial<Operation>) => todos([{ ...mine, operation: { ...grown, ...part } as Operation }]).map(({ step, yours }) => [step, yours]);
    expect(again({})).toEqual([["sign_again", true]]);
    expect(again({ own: true })).toEqual([["sign_again", false]]);
    expect(again({ built_list: true })).toEqual([["sign_again", false]]);
  });

  it("says since when each waits, not when the deployment starts", () => {
    const waiting = { alerts_since: "a", sights_since: "s", warned_since: "w", unwatched_since: "u", ailing: [{ since: "d" }] };
    const live = deployment({ state: { kind: "live", started_at: "x" }, waiting: waiting as never });
    expect((["answer", "confirm", "look", "devices"] as const).map((step) => waitsSince(step, live))).toEqual(["a", "s", "w", "d"]);
    expect(waitsSince("resume", deployment({ state: { kind: "paused", pause: { paused_at: "p" } } as never, waiting: waiting as never }))).toBe("p");
    const plan = (stage: object) => deployment({ operation: operation({ stage: stage as never }) });
    expect(waitsSince("sign", plan({ kind: "submitted", submission: { at: "u" } }))).toBe("u");
    const unsubmitted = deployment({ operation: operation({ stage: { kind: "planned" } as never, unsubmitted_since: "r" }) });
    expect((["revise", "submit", "fill_list"] as const).map((step) => waitsSince(step, unsubmitted))).toEqual(["r", "r", "r"]);
    expect(waitsSince("signs", plan({ kind: "authorised", signature: { at: "g" } }))).toBe("g");
    expect(waitsSince("review", deployment({ state: ended, operation: operation({}) }))).toBe(ended.ended_at);
    expect(waitsSince("sign_review", deployment({ state: ended, operation: operation({ review: { at: "v" } as never }) }))).toBe("v");
    expect(waitsSince("go_live", deployment({}))).toBe("2027-01-02T10:00:00Z");
  });

  it("tells of alerts that nobody decided in time while it runs, and leads whoever may read them to them", () => {
    const id = "0192f000-0000-7000-8000-000000000000";
    const lapsed = { id, counters: { lapsed: 3 }, waiting: { lapsed_since: "l" } } as unknown as Partial<Deployment>;
    const live = { ...lapsed, state: { kind: "live", started_at: "x" } } as Partial<Deployment>;
    expect(lapsedOf(deployment(live))).toEqual({ count: 3, since: "l", href: undefined });
    const { href = "" } = lapsedOf(deployment({ ...live, duties: ["read_alerts"] })) ?? {};
    expect(href).toBe(`#/pilot/${id}/alerts/undecided`);
    expect(mayOpen(parseRoute(href), ["read_alerts"])).toBe(true);
    expect(lapsedOf(deployment({ ...live, counters: { lapsed: 0 } as never }))).toBeUndefined();
    expect(lapsedOf(deployment({ ...lapsed, state: ended }))).toBeUndefined();
  });

  it("filters by state", () => {
    const all = [deployment({}), deployment({ state: { kind: "paused" } as never }), deployment({ state: ended, operation: operation({}) }), deployment({ state: ended })];
    expect(shown(all, "all")).toHaveLength(4);
    expect(shown(all, "live").map(stateOf)).toEqual(["paused"]);
    expect(shown(all, "ended").map(stateOf)).toEqual(["review", "ended"]);
    expect(shown(all, "review").map(stateOf)).toEqual(["review"]);
  });
});

describe("a timeline", () => {
  const now = new Date(2027, 0, 4, 9).getTime();
  const midnights = days(now, 0);

  it("has whole days, some of them past", () => {
    expect(midnights).toHaveLength(DAYS + 1);
    expect(midnights[0]).toBe(new Date(2027, 0, 2).getTime());
    expect(days(now, 1)[0]).toBe(midnights.at(-1));
    // 28 March 2027 is 23 hours long where the clocks change.
    expect(days(new Date(2027, 2, 28, 9).getTime(), 0)[3]).toBe(new Date(2027, 2, 29).getTime());
  });

  it("shows a deployment from its start to its end, as far as the days go", () => {
    const span = { from: new Date(2027, 0, 2, 12).getTime(), to: new Date(2027, 0, 3).getTime() };
    expect(bar(span, midnights)?.x).toBeCloseTo(100 / 20);
    expect(bar(span, midnights)?.width).toBeCloseTo(100 / 20);
    expect(bar({ from: span.from - 86_400_000, to: span.from }, midnights)?.x).toBe(0);
    expect(bar({ from: 0, to: 1 }, midnights)).toBeUndefined();
    expect(position(midnights.at(-1) ?? 0, midnights)).toBe(100);
  });

  it("begins where it was planned, ends where it ended, and is never turned round", () => {
    const planned = deployment({ operation: operation({}) });
    expect(windowOf(planned)).toEqual({ from: Date.parse("2027-01-04T10:00:00Z"), to: Date.parse("2027-01-04T12:00:00Z") });
    expect(windowOf({ ...planned, state: ended }).to).toBe(Date.parse("2027-01-04T11:00:00Z"));
    const early = windowOf({ ...planned, state: { ...ended, ended_at: "2027-01-03T00:00:00Z" } });
    expect(early.from).toBe(early.to);
  });
});
