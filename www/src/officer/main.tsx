import { render } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { Session } from "../api/types";
import { Button } from "../components/button/button";
import { Layout } from "../components/layout/layout";
import { SignIn } from "../components/sign-in";
import { useSignOut } from "../components/sign-out";
import { loadedAnewOnReturn } from "../lib/returned";
import { keepShell } from "../lib/shell";
import { strings } from "../strings";
import { Actions } from "./actions";
import { Alerts } from "./alerts";
import { Briefing } from "./briefing";
import { conflicts } from "./conflict";
import { putAway, touched, type Form } from "./forms";
import { Gauges } from "./gauges";
import { NotMatchingFor, Offline } from "./offline";
import { useHeartbeat } from "./heartbeat";
import { DeploymentChoice } from "./settings";
import { StateBar } from "./state-bar";
import { calledOff, followedOf, queue, type Screen, type Step } from "./steps";
import { captureState, initial, isConnected, liveHere, modeOf, ownCamera, reduce, seesAlerts, type Mode } from "./state";
import { useAway } from "./use-away";
import { useCalls } from "./use-calls";
import { useCapture } from "./use-capture";
import { useDeployment } from "./use-deployment";
import { DraftsContext, useDrafts } from "./use-drafts";
import { useGaps } from "./use-gaps";
import { useLease } from "./use-lease";
import { useOneCamera } from "./use-one-camera";
import { OutboxContext, useOutbox } from "./use-outbox";
import { useReceipts } from "./use-receipts";
import { useServer } from "./use-server";
import { isElsewhere } from "../live/one-camera";
import { reports } from "../live/reports";
import { useTablet } from "../live/use-tablet";
import { View } from "./view";

/** What the screen was doing is in its address, so that a reload goes on with it; nothing is stored. */
const ADDRESS: Record<Mode, string> = { undecided: "#", capture: "#live", alerts_only: "#alerts" };

function modeFromAddress(): Mode {
  if (location.hash === ADDRESS.capture) return "capture";
  return location.hash === ADDRESS.alerts_only ? "alerts_only" : "undecided";
}

function Officer() {
  const [state, dispatch] = useReducer(reduce, { ...initial, mode: modeFromAddress() });
  const show = captureState(state);
  const mode = modeOf(state);
  const session = state.session.kind === "signed_in" ? state.session.session : undefined;
  const current = state.deployment.kind === "live" ? state.deployment.deployment : undefined;
  const deployments = state.deployment.kind === "live" ? [state.deployment.deployment, ...state.deployment.others] : [];
  const device = session?.device?.id;
  const live = show.kind === "live";
  const reads = seesAlerts(state);

  const server = useServer(state.server === "lost", dispatch);
  const following = useDeployment(state, dispatch, server);
  const tablet = useTablet();
  const gaps = useGaps(state);
  const outbox = useOutbox(state, dispatch);
  const drafts = useDrafts(state, following.writable);
  useLease(session !== undefined, dispatch);
  const takeOver = useOneCamera(state, dispatch);

  const me = { id: session?.user.id ?? "", name: session?.user.name ?? "" };
  const twoPeople = current?.two_people ?? true;
  const viewer = { user: session?.user.id, twoPeople };
  const faces = useMemo(() => conflicts(state.alerts), [state.alerts]);
  const waiting = useMemo(() => queue(faces, viewer), [faces, viewer.user, twoPeople]);
  /** What was opened here, and what it asked then: once it asks something else, it is to be opened again. */
  const [openedHere, setOpenedHere] = useState<{ key: string; step: Step["kind"] }>();
  const opened = waiting.find(({ conflict, step }) => conflict.key === openedHere?.key && step.kind === openedHere.step);
  /** A form on a card is being filled in: it stays where it is, and what was followed then is followed until it is put away. */
  const [forms, setForms] = useState<readonly Form[]>([]);
  const form = forms.at(-1);
  const writing = form !== undefined;
  const followed = form === undefined ? followedOf(faces, opened, openedHere?.key, viewer) : form.followed;
  const panel = useRef<HTMLElement>(null);
  const toTop = () => panel.current?.scrollTo(0, 0);

  const tellOpened = useReceipts(faces, device, session?.user.id, dispatch);
  /** Something called while a form was being filled in. */
  const [called, setCalled] = useState(false);
  /** Where there is no room for both, an alert has it, unless the camera's view is asked for. */
  const [viewed, setViewed] = useState(false);
  // The first alert stands at the top, wherever the officer had scrolled to; what she is busy with stays.
  const screen: Screen = { user: session?.user.id, device: session?.device?.name, last: openedHere?.key };
  const [awayHere, putAwayHere] = useAway(session?.user.id);
  const off = calledOff(faces, viewer, screen, awayHere);
  const calls = useCalls({
    waiting,
    opened: opened?.conflict.key,
    off,
    onNews: () => setCalled(true),
    onOff: (alert) => {
      if (opened === undefined && !writing) panel.current?.querySelector(`[data-alert="${alert}"]`)?.scrollIntoView({ block: "nearest" });
    },
  });
  useEffect(() => {
    if (!called || writing) return;
    setCalled(false);
    if (opened !== undefined) return;
    setOpenedHere(undefined);
    toTop();
  }, [called, writing]);

  const showCamera = mode === "capture" && show.kind !== "paused" && show.kind !== "elsewhere" && current !== undefined;
  const capture = useCapture(state, dispatch, showCamera, server, following);
  const leave = useHeartbeat({
    deployment: device === undefined ? undefined : current,
    // The page that has the camera speaks for the device.
    settled: show.kind !== "loading" && state.holding !== "unknown" && !isElsewhere(state.holding),
    reachable: state.server === "reachable" && session !== undefined,
    camera: state.camera,
    frames: capture.figures?.counts.frames,
    space: state.engine.kind === "ready" ? state.engine.space : undefined,
    tablet,
  });

  const setMode = (next: Mode) => {
    history.replaceState(null, "", ADDRESS[next]);
    dispatch({ kind: "mode", mode: next });
  };
  const begin = async (next: Mode) => {
    setMode(next);
    await calls.unlock();
  };
  const leaveAll = async () => {
    // First the camera, so that no later beat says that it runs.
    setMode("undecided");
    await leave();
    // Counts wait for nobody who is signed out.
    await reports().deliver();
    await server.signOut();
  };
  const { signOut, question } = useSignOut(() => isElsewhere(state.holding), leaveAll);

  const anyWaiting = waiting.length > 0;
  const unmatched = showCamera && !live && show.kind !== "loading";
  const away = show.kind === "no_server" || show.kind === "server_failing";
  const layout = ["v-officer", anyWaiting && "v-officer--alerting", unmatched && "v-officer--unmatched", unmatched && away && "v-officer--away", (opened !== undefined || writing) && "v-officer--busy", !showCamera && "v-officer--no-camera", viewed && "v-officer--viewed", calls.flash && "v-officer--flash"];
  return (
    <OutboxContext.Provider value={outbox}>
      <DraftsContext.Provider value={drafts}>
        <Layout
          {...(session === undefined ? {} : { live: liveHere(state, show) })}
          {...(isElsewhere(state.holding) ? {} : { camera: ownCamera(show) })}
          nav={session === undefined ? [] : [{ href: "/control.html", text: strings.nav.control, current: false }]}
          session={session}
          onSignOut={session === undefined ? undefined : signOut}
          field
        >
          {session !== undefined && question}
          <h1 class="govuk-visually-hidden">{strings.officer.title}</h1>
          <StateBar
            show={show}
            deployment={current}
            form={form?.of}
            clock={gaps.gaps.open !== undefined && <NotMatchingFor began={gaps.gaps.open.began} />}
            gauges={session !== undefined && device !== undefined && current !== undefined && <Gauges connected={show.kind !== "no_server"} watching={live} pace={live ? capture.figures?.pace : undefined} tablet={tablet} />}
          >
            <Actions
              show={show}
              session={session}
              deployment={current}
              calls={calls}
              writing={writing}
              onLive={() => begin("capture")}
              onAlertsOnly={() => begin("alerts_only")}
              onTakeOver={takeOver}
              onRetryCamera={capture.retryCamera}
              onRetryEngine={capture.retryEngine}
              onPaired={server.loadSession}
              onStop={() => setMode("alerts_only")}
              onStopped={() => void following.loadDeployments()}
            />
            {writing && anyWaiting && (
              <Button onPress={toTop} testId="go-there">
                {strings.intervention.goThere(waiting.length)}
              </Button>
            )}
          </StateBar>
          <Offline gaps={gaps} hurried={anyWaiting || off.length > 0} />
          {current?.sought === 0 && !live && (
            <p class="v-officer__warning" role="status" data-testid="nobody-sought">
              {strings.owed.nobody(current.entries)}
            </p>
          )}
          {current?.false_alert_level === "warning" && (
            <p class="v-officer__warning" role="status" data-testid="false-alert-warning">
              <strong>{strings.pause.warningTitle}</strong> {strings.pause.warning}
            </p>
          )}
          {state.session.kind === "signed_out" && state.session.paired !== undefined && (
            <div class="v-officer__form">
              <SignInHere paired={state.session.paired} onSession={(next) => dispatch({ kind: "session", session: { kind: "signed_in", session: next } })} />
            </div>
          )}
          {session !== undefined && device !== undefined && (
            <div class={layout.filter(Boolean).join(" ")}>
              <View
                shown={showCamera}
                live={live}
                capture={capture}
                engine={state.engine}
                zone={state.zone}
                deployments={deployments}
                onDeployment={(id) => dispatch({ kind: "choose", id })}
                onZone={(deployment, zone) => dispatch({ kind: "zone", deployment, zone })}
              />
              <div class="v-officer__side">
                {showCamera && anyWaiting && (
                  <button type="button" class="govuk-button govuk-button--secondary v-button v-officer__fold" aria-expanded={viewed} onClick={() => setViewed(!viewed)} data-testid="view-fold">
                    {viewed ? strings.tablet.hideView : strings.tablet.showView}
                  </button>
                )}
                {current !== undefined && !anyWaiting && <Briefing deployment={current} />}
                {!showCamera && <DeploymentChoice deployments={deployments} onDeployment={(id) => dispatch({ kind: "choose", id })} />}
                <Alerts
                  panel={panel}
                  faces={faces}
                  waiting={waiting}
                  opened={opened}
                  followed={followed}
                  screen={screen}
                  away={awayHere}
                  onPutAway={putAwayHere}
                  viewer={viewer}
                  me={me}
                  thisDevice={device}
                  deployment={current}
                  ended={following.ended}
                  reads={reads}
                  connected={isConnected(state)}
                  onUnreachable={server.checkHealth}
                  onOpen={({ conflict, step }) => setOpenedHere({ key: conflict.key, step: step.kind })}
                  onWriting={(match, writes, of) => setForms((before) => (writes ? touched(before, { match, followed, of }) : putAway(before, match)))}
                  tellOpened={tellOpened}
                  onAlerts={(alerts) => dispatch({ kind: "alerts", alerts })}
                  onStale={following.reload}
                />
              </div>
            </div>
          )}
        </Layout>
      </DraftsContext.Provider>
    </OutboxContext.Provider>
  );
}

/** Before a device is paired a password is of use to nobody but whoever pairs it. */
function SignInHere({ paired, onSession }: { paired: boolean; onSession: (session: Session) => void }) {
  const form = <SignIn onSession={onSession} level={2} />;
  if (paired) return form;
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary" data-testid="sign-in-unpaired">
        <span class="govuk-details__summary-text">{strings.signIn.unpaired}</span>
      </summary>
      <p class="govuk-body">{strings.signIn.unpairedText}</p>
      {form}
    </details>
  );
}

loadedAnewOnReturn();
void keepShell();
const root = document.getElementById("app");
if (root !== null) render(<Officer />, root);
