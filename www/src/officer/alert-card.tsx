import { useEffect, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasSlug, hasStatus, problemText } from "../api/problem";
import type { Alert, Verdict } from "../api/types";
import { Button } from "../components/button/button";
import { clockTime } from "../lib/time";
import { strings } from "../strings/en";

/** Nobody compares two faces faster than this; answers wait for it, all three alike. */
const LOOK_MS = 2_000;
/** The server takes a crop for 30 s after the alert; after that none will come. */
const CROP_WITHIN_MS = 30_000;
/** The answers in the order they are shown. None is set apart by colour, size or place. */
const VERDICTS: Verdict[] = ["true", "false", "inconclusive"];

type Props = {
  alert: Alert;
  thisDevice: string | undefined;
  onAlert: (alert: Alert) => void;
  /** The alert is not what this screen thought; the list must be asked for again. */
  onStale: () => void;
};

export function AlertCard({ alert, thisDevice, onAlert, onStale }: Props) {
  const open = alert.state.kind === "open";
  const [looked, setLooked] = useState(false);
  const [late, setLate] = useState(false);
  const [problem, setProblem] = useState<string>();
  const name = alert.entry.name ?? "";
  const heading = `alert-${alert.id}`;

  useEffect(() => {
    const timer = setTimeout(() => setLooked(true), LOOK_MS);
    return () => clearTimeout(timer);
  }, [alert.id]);
  useEffect(() => {
    if (alert.has_probe) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, Date.parse(alert.raised_at) + CROP_WITHIN_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [alert.id, alert.has_probe]);

  const decide = async (verdict: Verdict) => {
    const result = await ask(
      api.POST("/v1/alerts/{id}/adjudication", {
        params: { path: { id: alert.id }, header: { "if-match": `"${alert.version}"` } },
        body: { verdict },
      }),
    );
    if (result.ok) {
      setProblem(undefined);
      onAlert(result.value);
      return;
    }
    setProblem(problemText(result.problem));
    if (hasSlug(result.problem, "already-adjudicated") || hasSlug(result.problem, "version-changed") || hasStatus(result.problem, 404)) onStale();
  };

  return (
    <article class="v-alert" data-testid="alert-card" data-alert={alert.id} data-state={alert.state.kind} aria-labelledby={heading}>
      <h3 class="v-alert__heading" id={heading}>
        <span class="v-alert__label">{strings.alerts.heading}</span>
        <span class="v-alert__name" data-testid="alert-entry">
          {name}
        </span>
      </h3>
      <div class="v-alert__pictures">
        <figure>
          <div class="v-alert__frame">
            {alert.has_probe ? (
              <Picture src={`/v1/alerts/${alert.id}/probe?v=${alert.version}`} alt={strings.alerts.probeOf} testId="alert-probe" />
            ) : (
              <p class="v-alert__missing">{late ? strings.alerts.noProbe : strings.alerts.noProbeYet}</p>
            )}
          </div>
          <figcaption>{strings.alerts.probe}</figcaption>
        </figure>
        <figure>
          <div class="v-alert__frame">
            <Picture src={`/v1/alerts/${alert.id}/reference`} alt={strings.alerts.referenceOf(name)} testId="alert-reference" />
          </div>
          <figcaption>{strings.alerts.reference}</figcaption>
        </figure>
      </div>
      <p class="v-alert__facts">
        <strong>{strings.alerts.bands[alert.band]}</strong>
        {". "}
        {strings.alerts.seenAt(clockTime(alert.raised_at))}{" "}
        {alert.device.id === thisDevice ? strings.alerts.thisDevice(alert.device.name) : strings.alerts.by(alert.device.name)}
        {". "}
        {strings.alerts.bandHint}
      </p>
      {alert.state.kind === "adjudicated" ? (
        <p class="v-alert__outcome" data-testid="alert-outcome" data-verdict={alert.state.verdict}>
          {strings.alerts.outcome[alert.state.verdict](alert.state.by.name, clockTime(alert.state.at))}
        </p>
      ) : (
        <fieldset class="v-alert__answers">
          <legend>{looked ? strings.alerts.ask : strings.alerts.look}</legend>
          {VERDICTS.map((verdict) => (
            <Button key={verdict} kind="secondary" inactive={!open || !looked} onPress={() => decide(verdict)} testId={`verdict-${verdict}`}>
              {strings.alerts.verdicts[verdict]}
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
