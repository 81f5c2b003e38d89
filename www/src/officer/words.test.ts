import { expect, test } from "vitest";
import type { Deployment } from "../api/types";
import { ownCamera, type CaptureState } from "./state";
import { detailOf, words } from "./words";

/** No word depends on which deployment it is, but for whether anybody is on its list. */
const deployment = { sought: 1 } as Deployment;

type Paused = Extract<CaptureState, { kind: "paused" }>["why"];
const AT = "2026-11-23T10:00:00Z";
const PAUSED: Paused = { kind: "paused", started_at: AT, pause: { paused_at: AT, cause: { kind: "false_alerts", false_alerts: 3, faces_seen: 900 } } };

const ALL: CaptureState[] = [
  ...(["page", "models", "warm_up", "camera"] as const).map((what) => ({ kind: "loading", what }) as const),
  ...[true, false].flatMap((capturing) => [true, false].map((elsewhere) => ({ kind: "signed_out", capturing, elsewhere }) as const)),
  { kind: "not_paired" },
  { kind: "locked" },
  { kind: "no_server", blind: false },
  { kind: "no_server", blind: true },
  { kind: "server_failing" },
  { kind: "no_deployment", ended: false },
  { kind: "no_deployment", ended: true },
  ...(["corrupt", "missing", "mismatch", "unreachable", "unsupported", "crashed"] as const).map((reason) => ({ kind: "engine_failed", reason, message: "" }) as const),
  ...[true, false].flatMap((unwatched) => [
    { kind: "watching", deployment, unwatched } as const,
    ...[true, false].flatMap((elsewhere) => (["ready", "alerts_only"] as const).map((kind) => ({ kind, elsewhere, unwatched }) as const)),
  ]),
  { kind: "elsewhere", taken: false },
  { kind: "elsewhere", taken: true },
  { kind: "no_camera" },
  { kind: "denied", why: "refused" },
  { kind: "denied", why: "insecure" },
  ...(["lost", "busy", "paused"] as const).map((why) => ({ kind: "camera_lost", why }) as const),
  { kind: "paused", why: PAUSED },
  { kind: "live", deployment },
  { kind: "live", deployment: { sought: 0, entries: 0 } as Deployment },
  { kind: "live", deployment: { sought: 0, entries: 2 } as Deployment },
];

test("r134_each_state_has_a_message_of_its_own", () => {
  const said = ALL.map((state) => words(state).text);
  expect(said.filter((text) => text.trim() === "")).toEqual([]);
  expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([]);
  // States that share a kind are told apart by their detail too.
  const names = ALL.map((state) => `${state.kind} ${detailOf(state) ?? ""}`);
  expect(new Set(names).size).toBe(ALL.length);
});

test("r134_whatever_keeps_faces_from_being_compared_says_so_or_says_what_comes_first", () => {
  const stopped = ALL.filter((state) => words(state).tone === "stopped").map((state) => ({ state: state.kind, ...words(state) }));
  expect(stopped.length).toBeGreaterThan(10);
  for (const { state, text } of stopped) {
    // Two sentences: what it is, and what to do, unless what to do is all there is to say.
    expect(text.split(". ").length >= 2 || state === "signed_out", `${state}: ${text}`).toBe(true);
  }
});

const findsNobody = (state: CaptureState) => state.kind === "live" && state.deployment.sought === 0;

/** Nobody is matched in these while the officer may think so. */
const SILENT = new Set(["locked", "no_server", "server_failing", "engine_failed", "camera_lost", "paused"]);

test("r134_where_she_may_think_that_it_matches_and_it_does_not_it_says_not_matching_first", () => {
  for (const state of ALL) {
    const { text, tone } = words(state);
    expect(text.startsWith("NOT MATCHING. "), `${state.kind}: ${text}`).toBe(
      SILENT.has(state.kind) || (state.kind === "no_deployment" && state.ended) || (state.kind === "signed_out" && state.capturing) || findsNobody(state),
    );
    expect(tone === "live", state.kind).toBe((state.kind === "live" && !findsNobody(state)) || (state.kind === "watching" && !state.unwatched));
  }
});

test("r134: nobody is said to be on the list only where that is so", () => {
  const said = (entries: number) => words({ kind: "live", deployment: { sought: 0, entries } as Deployment });
  expect(said(0).text).toContain("Nobody is on the list");
  expect(said(2).text).not.toContain("is on the list");
  expect(said(2).text).toContain("Nobody on the list may be matched");
  expect(said(2).title).not.toBe(said(0).title);
});

test("R129, r134: the header says that this camera matches where the state bar does, and nowhere else", () => {
  for (const state of ALL) expect(ownCamera(state) === "on", `${state.kind} ${words(state).text}`).toBe(state.kind === "live" && words(state).tone === "live");
  expect(ALL.filter((state) => ownCamera(state) === "nobody")).toEqual(ALL.filter(findsNobody));
  expect(ALL.some(findsNobody)).toBe(true);
});

test("R129: where no camera of any device looks, every state that could be taken for one that matches says so", () => {
  const said = ALL.filter((state) => "unwatched" in state && state.unwatched).map(words);
  expect(said.length).toBe(5);
  for (const { tone, title, text } of said) {
    expect(`${title}. ${text}`).toContain("No camera is looking: nobody is compared");
    expect(tone).not.toBe("live");
    // What a phone hides of the bar leaves the title.
    expect(title).toBe("Live, no camera");
  }
});

test("R129: a page knows of another one that it has the camera, and says no more than that", () => {
  const said = ALL.filter((state) => "elsewhere" in state && state.elsewhere === true && state.kind !== "signed_out").concat(ALL.filter(({ kind }) => kind === "elsewhere"));
  expect(said.length).toBe(6);
  for (const state of said) expect(words(state).text).toMatch(/other tab of this browser has the camera/i);
});
