import { useEffect, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasSlug, hasStatus, problemText } from "../api/problem";
import type { Alert, Verdict } from "../api/types";
import { Button } from "../components/button/button";
import { clockTime } from "../lib/time";
import { strings } from "../strings/en";
import { names, outcomes, seenWith, type Conflict, type Outcome } from "./conflict";

/** Nobody compares two faces faster than this; answers wait for it, all alike, and again when a reference joins. */
const LOOK_MS = 2_000;
/** The server takes a crop for 30 s after the alert; after that none will come. */
const CROP_WITHIN_MS = 30_000;
/** The answers that say who it is not, in the order they are shown, after those that say who it is. None is set apart by colour. */
const OTHERWISE: Verdict[] = ["false", "inconclusive"];

type Props = {
  conflict: Conflict;
  thisDevice: string | undefined;
  /** Why the last answer given here was not recorded. */
  problem: string | undefined;
  onProblem: (text: string | undefined) => void;
  onAlerts: (alerts: Alert[]) => void;
  /** The alerts are not what this screen thought; the list must be asked for again. */
  onStale: () => void;
};

/** One face, and the entries that it may be: one as a rule. */
export function AlertCard({ conflict, thisDevice, problem, onProblem, onAlerts, onStale }: Props) {
  const open = conflict.open.length > 0;
  const shown = open ? conflict.open : conflict.alerts;
  const onScreen = shown.map(({ id, contradicts }) => [id, ...contradicts].join()).join(";");
  const [lookedAt, setLookedAt] = useState("");
  const [late, setLate] = useState(false);
  const [first] = shown;
  const probe = shown.find(({ has_probe }) => has_probe);
  const lastRaised = Math.max(...shown.map(({ raised_at }) => Date.parse(raised_at)));

  useEffect(() => {
    const timer = setTimeout(() => setLookedAt(onScreen), LOOK_MS);
    return () => clearTimeout(timer);
  }, [onScreen]);
  useEffect(() => {
    if (probe !== undefined) return undefined;
    setLate(false);
    const timer = setTimeout(() => setLate(true), Math.max(0, lastRaised + CROP_WITHIN_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [lastRaised, probe === undefined]);

  if (first === undefined) return null;
  const looked = lookedAt === onScreen;
  const several = shown.length > 1;
  const name = names(conflict.alerts, conflict.alerts.length > 1 ? strings.alerts.removedEntry : "");
  const named = (alert: Alert) => name.get(alert.id) ?? "";
  const heading = `alert-${first.id}`;

  const decide = async (about: Alert, verdict: Verdict) => {
    const result = await ask(
      api.POST("/v1/alerts/{id}/adjudication", {
        params: { path: { id: about.id }, header: { "if-match": `"${about.version}"` } },
        body: { verdict, seen: seenWith(conflict, about) },
      }),
    );
    if (result.ok) {
      onProblem(undefined);
      onAlerts(result.value);
      return;
    }
    onProblem(strings.alerts.notRecorded(problemText(result.problem)));
    if (hasSlug(result.problem, "already-adjudicated") || hasSlug(result.problem, "version-changed") || hasStatus(result.problem, 404)) onStale();
  };

  return (
    <article
      class={`v-alert${several ? " v-alert--several" : ""}`}
      style={{ "--entries": shown.length }}
      data-testid="alert-card"
      data-alert={first.id}
      data-entries={shown.length}
      data-state={open ? "open" : "adjudicated"}
      aria-labelledby={heading}
    >
      <h3 class="v-alert__heading" id={heading}>
        <span class="v-alert__label">{strings.alerts.heading}</span>
        <span class="v-alert__name" data-testid={several ? "alert-several" : "alert-entry"}>
          {several ? strings.alerts.several : named(first)}
        </span>
      </h3>
      <div class="v-alert__pictures">
        <figure>
          <div class="v-alert__frame">
            {probe !== undefined ? (
              <Picture src={`/v1/alerts/${probe.id}/probe`} alt={strings.alerts.probeOf} testId="alert-probe" />
            ) : (
              <p class="v-alert__missing">{late ? strings.alerts.noProbe : strings.alerts.noProbeYet}</p>
            )}
          </div>
          <figcaption>{strings.alerts.probe}</figcaption>
        </figure>
        {shown.map((alert) => (
          <figure key={alert.id}>
            <div class="v-alert__frame">
              <Picture src={`/v1/alerts/${alert.id}/reference`} alt={strings.alerts.referenceOf(named(alert))} testId="alert-reference" />
            </div>
            {several ? (
              <figcaption>
                <span class="v-alert__entry" data-testid="alert-entry">{named(alert)}</span>
                <span class="v-alert__band">{strings.alerts.bands[alert.band]}</span>
              </figcaption>
            ) : (
              <figcaption>{strings.alerts.reference}</figcaption>
            )}
          </figure>
        ))}
      </div>
      <p class="v-alert__facts">
        {!several && (
          <>
            <strong>{strings.alerts.bands[first.band]}</strong>
            {". "}
          </>
        )}
        {strings.alerts.seenAt(clockTime(first.raised_at))}{" "}
        {first.device.id === thisDevice ? strings.alerts.thisDevice(first.device.name) : strings.alerts.by(first.device.name)}
        {". "}
        {several ? strings.alerts.bandHintSeveral : strings.alerts.bandHint}
        {open && ` ${strings.alerts.factors}`}
      </p>
      {shown
        .filter(({ contradicts }) => contradicts.length > 0)
        .map((alert) => (
          <p key={alert.id} class="v-alert__contradicted" data-testid="alert-contradicted">
            {strings.alerts.contradicted(named(alert))}
          </p>
        ))}
      {outcomes(conflict).map((outcome) => (
        <p key={outcome.about === "all" ? "all" : outcome.about.id} class="v-alert__outcome" data-testid="alert-outcome" data-verdict={outcome.verdict}>
          {told(outcome, conflict.alerts.length > 1, named)}
        </p>
      ))}
      {open && (
        <fieldset class="v-alert__answers">
          <legend>{looked ? (several ? strings.alerts.askSeveral : strings.alerts.ask) : several ? strings.alerts.lookSeveral : strings.alerts.look}</legend>
          {shown
            .filter(({ entry }) => !several || entry.name != null)
            .map((alert) => (
              <Button key={alert.id} kind="secondary" inactive={!looked} onPress={() => decide(alert, "true")} testId="verdict-true">
                {several ? strings.alerts.itIs(named(alert)) : strings.alerts.verdicts.true}
              </Button>
            ))}
          {OTHERWISE.map((verdict) => (
            <Button key={verdict} kind="secondary" inactive={!looked} onPress={() => decide(first, verdict)} testId={`verdict-${verdict}`}>
              {several && verdict === "false" ? strings.alerts.noneOfThese : strings.alerts.verdicts[verdict]}
            </Button>
          ))}
        </fieldset>
      )}
      {problem !== undefined && (
        <p class="v-alert__problem" role="alert" data-testid="alert-problem">
          {problem}
        </p>
      )}
    </article>
  );
}

function told({ about, verdict, by, at }: Outcome, several: boolean, named: (alert: Alert) => string): string {
  const time = clockTime(at);
  if (!several) return strings.alerts.outcome[verdict](by, time);
  if (about === "all") return verdict === "true" ? "" : strings.alerts.outcomeSeveral[verdict](by, time);
  if (verdict === "true") return strings.alerts.outcomeSeveral.true(named(about), by, time);
  return strings.alerts.outcomeOf(named(about), strings.alerts.outcome[verdict](by, time));
}

/** A picture that is asked for again when it fails to come: the server may have been away for a moment. */
function Picture({ src, alt, testId }: { src: string; alt: string; testId: string }) {
  const [attempt, setAttempt] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const retry = attempt === 0 ? "" : `${src.includes("?") ? "&" : "?"}attempt=${attempt}`;
  return (
    <img
      src={src + retry}
      alt={alt}
      data-testid={testId}
      onError={() => {
        if (attempt < 8) timer.current = setTimeout(() => setAttempt(attempt + 1), 500 * 2 ** Math.min(attempt, 4));
      }}
    />
  );
}
