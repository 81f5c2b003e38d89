import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment, Session } from "../api/types";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { SelectField } from "../components/field/field";
import { Layout } from "../components/layout/layout";
import { SignIn } from "../components/sign-in";
import { useSignOut } from "../components/sign-out";
import { signOut as endSession } from "../lib/sign-out";
import { liveOf } from "../live/compared";
import { cameraRuns } from "../live/one-camera";
import { deliverWritten } from "../officer/written";
import { strings } from "../strings";

const AGAIN_MS = 5_000;

/** An officer makes the screen a kiosk; from then on its session may do no more than that. */
export function SetUp({ session, onSession, onLeft }: { session: Session | undefined; onSession: (session: Session) => void; onLeft: () => Promise<void> }) {
  const words = strings.kiosk.setUp;
  const [deployments, setDeployments] = useState<Deployment[]>();
  const [chosen, setChosen] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const paired = session?.device != null;
  useEffect(() => {
    if (!paired) return;
    const look = async (first: boolean) => {
      const result = await ask(api.GET("/v1/deployments"));
      if (!result.ok) return first ? setErrors([{ text: problemText(result.problem) }]) : undefined;
      const open = result.value.filter(({ state, duties }) => state.kind !== "ended" && duties.includes("capture"));
      setDeployments(open);
      // Nothing to choose from is nothing to ask.
      if (first && open.length === 1) setChosen(open[0]?.id ?? "");
    };
    void look(true);
    // A camera that starts or stops meanwhile changes what the header says.
    const timer = setInterval(() => void look(false), AGAIN_MS);
    return () => clearInterval(timer);
  }, [paired]);
  const submit = async () => {
    if (chosen === "") return setErrors([{ field: "kiosk-deployment", text: words.missing }]);
    const result = await ask(api.POST("/v1/deployments/{id}/kiosk", { params: { path: { id: chosen } } }));
    if (result.ok) onSession(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  };
  const leave = async () => {
    if (session !== undefined && (await deliverWritten(session.user.id)).length > 0) return setErrors([{ text: strings.onDuty.leaving.unsent }]);
    await endSession();
    await onLeft();
  };
  const { signOut, question } = useSignOut(() => cameraRuns(navigator.locks as LockManager | undefined), leave);
  const back =
    session === undefined
      ? []
      : [
          { href: "/control.html#/pilots", text: strings.nav.control, current: false },
          ...(session.duties.includes("keep_devices") ? [{ href: "/control.html#/devices", text: strings.nav.devices, current: false }] : []),
          ...(session.duties.includes("decide") ? [{ href: "/officer.html", text: strings.nav.officer, current: false }] : []),
        ];
  const live = deployments === undefined ? undefined : liveOf(deployments.filter(({ id }) => chosen === "" || chosen === id));
  return (
    <Layout {...(live === undefined ? {} : { live })} nav={back} session={session} onSignOut={session === undefined ? undefined : signOut}>
      {session !== undefined && question}
      {session === undefined ? (
        <SignIn onSession={onSession} />
      ) : (
        <div class="v-form" data-testid="kiosk-set-up">
          <ErrorSummary errors={errors} />
          <h1 class="govuk-heading-l">{words.title}</h1>
          <p class="govuk-body">{words.lead}</p>
          {!paired && (
            <>
              <p class="govuk-body">{words.notPaired}</p>
              <a class="govuk-button v-button" href="/pair.html">
                {words.pair}
              </a>
            </>
          )}
          {deployments?.length === 0 && <p class="govuk-inset-text">{words.none}</p>}
          {deployments !== undefined && deployments.length > 0 && (
            <>
              <p class="govuk-body">{words.lock}</p>
              <SelectField
                id="kiosk-deployment"
                label={words.which}
                value={chosen}
                onInput={(id) => {
                  setChosen(id);
                  setErrors([]);
                }}
                error={errorFor(errors, "kiosk-deployment")}
                options={[...(chosen === "" ? [{ value: "", text: "" }] : []), ...deployments.map(({ id, name, place }) => ({ value: id, text: `${name}, ${place}` }))]}
              />
              <Button onPress={submit} testId="kiosk-open">
                {words.submit}
              </Button>
            </>
          )}
        </div>
      )}
    </Layout>
  );
}
