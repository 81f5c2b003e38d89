import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { AlertRecord, Deployment } from "../api/types";
import { errorFor, type FieldError } from "../components/error-summary/error-summary";
import { SelectField } from "../components/field/field";
import { clockTime, dateAndTime } from "../lib/time";
import { strings } from "../strings";

export type Choice = { deployment: string; alert: string };
export const NOTHING: Choice = { deployment: "", alert: "" };

type Props = {
  id: string;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  /** What stands for no alert at all; without it one must be chosen. */
  none?: string;
  errors: FieldError[];
};

/** As a choice: two of the same name are told apart by what follows it. */
export function deploymentText({ name, state, ends_at, id }: Deployment): string {
  const words = strings.records;
  const when = state.kind === "ended" ? words.ended(dateAndTime(state.ended_at)) : words.ends(dateAndTime(ends_at));
  return `${name}, ${when}, ${strings.kinds.id(id)}`;
}

/** A deployment, and one of its alerts, told by time, device and decision: without a picture or a name. */
export function AlertChoice({ id, choice, onChoice, none, errors }: Props) {
  const [pilots, setPilots] = useState<Deployment[]>([]);
  const [alerts, setAlerts] = useState<AlertRecord[]>([]);
  const [problem, setProblem] = useState<string>();
  const words = strings.records;

  useEffect(() => {
    void ask(api.GET("/v1/deployments")).then((result) => {
      if (result.ok) setPilots(result.value.filter(({ state }) => state.kind !== "draft"));
      else setProblem(problemText(result.problem));
    });
  }, []);
  useEffect(() => {
    setAlerts([]);
    if (choice.deployment === "") return undefined;
    let current = true;
    void ask(api.GET("/v1/deployments/{id}/alert-records", { params: { path: { id: choice.deployment } } })).then((result) => {
      if (!current) return;
      if (result.ok) setAlerts(result.value);
      setProblem(result.ok ? undefined : problemText(result.problem));
    });
    return () => {
      current = false;
    };
  }, [choice.deployment]);

  const said = (alert: AlertRecord) => {
    const which = alert.namesake;
    const text = words.alert(clockTime(alert.raised_at), alert.device_name, alert.verdict == null ? words.undecided : strings.alerts.verdicts[alert.verdict], alert.held, alert.complaint_unrecorded);
    return which == null ? text : strings.namesakes.inRecord(text, which.number, which.of);
  };
  return (
    <>
      <SelectField
        id={`${id}-deployment`}
        label={words.deployment}
        value={choice.deployment}
        onInput={(deployment) => onChoice({ deployment, alert: "" })}
        options={[{ value: "", text: words.choose }, ...pilots.map((pilot) => ({ value: pilot.id, text: deploymentText(pilot) }))]}
        error={problem ?? errorFor(errors, `${id}-deployment`)}
      />
      {choice.deployment !== "" && problem === undefined && (
        <SelectField
          id={`${id}-alert`}
          label={words.whichAlert}
          {...(alerts.length === 0 ? { hint: words.noAlerts } : {})}
          value={choice.alert}
          onInput={(alert) => onChoice({ ...choice, alert })}
          options={[{ value: "", text: none ?? words.choose }, ...alerts.map((alert) => ({ value: alert.id, text: said(alert) }))]}
          error={errorFor(errors, `${id}-alert`)}
        />
      )}
    </>
  );
}
