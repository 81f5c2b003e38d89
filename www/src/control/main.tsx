import { render } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api, ask, type Result } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { Deployment, Duty, Session } from "../api/types";
import { Button } from "../components/button/button";
import { Layout } from "../components/layout/layout";
import { SignIn } from "../components/sign-in";
import { useSignOut } from "../components/sign-out";
import { backToLane } from "../lib/lane";
import { loadedAnewOnReturn } from "../lib/returned";
import { whoIsHere } from "../lib/session";
import { keepShell } from "../lib/shell";
import { signOut as endSession } from "../lib/sign-out";
import { uuid7 } from "../lib/uuid";
import { liveOf } from "../live/compared";
import { cameraRuns } from "../live/one-camera";
import type { Untaken } from "../officer/outbox";
import { deliverWritten } from "../officer/written";
import { strings } from "../strings";
import { keepAsked } from "../strings/language";
import { Annual } from "./annual";
import type { Choice } from "./alert-choice";
import { inOrder, keepAsking } from "./asking";
import { Complaints } from "./complaints";
import { after, askAgainAfter, type Connection } from "./connection";
import { ConnectionNotice } from "./connection-notice";
import { Devices } from "./devices";
import { Holds } from "./holds";
import { Home } from "./home/home";
import { Journal } from "./journal";
import { Leaving } from "./leaving";
import { ModelsPage } from "./models";
import { NoPage } from "./no-page";
import { isPlanning, mayOpen } from "./opens";
import { OrganisationPage } from "./organisation";
import { People } from "./people";
import { Pilot } from "./pilot";
import { ChangePlan, Planning } from "./planning/planning";
import { PolicyPage } from "./policy";
import { Records } from "./records";
import { Retention } from "./retention";
import { Clearances } from "./roster/clearances";
import { Import } from "./roster/import";
import { StatusCheck } from "./roster/status";
import { parseRoute, setupCode, type RecordPage, type Route } from "./route";
import { SettingsPage } from "./settings";
import { Review } from "./review";
import { Setup } from "./setup";
import { SubjectAccess } from "./subject-access";
import { untrainedText } from "./untrained";

type Access =
  | { kind: "loading" }
  | { kind: "failed"; text: string }
  | { kind: "setup" }
  | { kind: "signed_out" }
  | { kind: "signed_in"; session: Session };

function Control() {
  const [access, setAccess] = useState<Access>({ kind: "loading" });
  const [pilots, setPilots] = useState<Deployment[]>();
  const [route, setRoute] = useState<Route>(() => parseRoute(location.hash));
  const [code, setCode] = useState(() => setupCode(location.hash));
  /** What was written here without a server, and goes with the sign-out that was asked for. */
  const [leaving, setLeaving] = useState<Untaken[]>([]);
  const [connection, setConnection] = useState<Connection>(() => ({ kind: "heard", at: Date.now() }));
  /** As it is now, also before this page is drawn with it. */
  const told = useRef(connection);
  /** The plan that was begun on this page last. */
  const begun = useRef<string | undefined>(undefined);

  const [contacts] = useState(inOrder);
  const [lists] = useState(inOrder);

  const heard = useCallback((question: number, result: Result<unknown>) => {
    if (!contacts.isNews(question)) return;
    told.current = after(told.current, result.ok || result.problem.kind === "problem", Date.now());
    setConnection(told.current);
  }, []);

  const load = useCallback(async () => {
    const question = contacts.next();
    const session = await whoIsHere();
    heard(question, session);
    if (session.ok) {
      if (backToLane(session.value)) return;
      setAccess({ kind: "signed_in", session: session.value });
      return;
    }
    if (!hasStatus(session.problem, 401)) {
      setAccess({ kind: "failed", text: problemText(session.problem) });
      return;
    }
    const setup = await ask(api.GET("/v1/setup"));
    setPilots(undefined);
    if (!setup.ok) setAccess({ kind: "failed", text: problemText(setup.problem) });
    else setAccess({ kind: setup.value.needed ? "setup" : "signed_out" });
  }, []);

  const loadPilots = useCallback(async () => {
    const [question, list] = [contacts.next(), lists.next()];
    const result = await ask(api.GET("/v1/deployments"));
    heard(question, result);
    if (!lists.isNews(list)) return;
    if (result.ok) setPilots(result.value);
    else if (hasStatus(result.problem, 401)) void load();
  }, []);

  useEffect(() => {
    void load();
    const onHash = () => {
      setCode(setupCode(location.hash));
      // In-page addresses (a form, the guide's target) are no routes.
      if (!location.hash.startsWith("#/") && location.hash !== "") return;
      setRoute(parseRoute(location.hash));
      scrollTo(0, 0);
      document.getElementById("main")?.focus();
    };
    addEventListener("hashchange", onHash);
    // The address may have changed since the page was drawn first.
    setRoute(parseRoute(location.hash));
    return () => removeEventListener("hashchange", onHash);
  }, []);

  const signedIn = access.kind === "signed_in" ? access.session : undefined;
  const opens = signedIn !== undefined && mayOpen(route, signedIn.duties);

  // A plan has an address of its own from the first letter on.
  useEffect(() => {
    if (route.page !== "plan" || !opens) return;
    begun.current = uuid7();
    location.replace(`#/plan/${begun.current}`);
  }, [route.page, opens]);

  // One question after the other, and at once when the browser finds its network, or somebody comes back to the page.
  const asks = signedIn !== undefined ? loadPilots : access.kind === "failed" ? load : undefined;
  useEffect(() => {
    if (asks === undefined) return undefined;
    const asking = keepAsking(asks, () => askAgainAfter(told.current));
    if (asks === loadPilots) asking.now();
    const now = () => document.visibilityState === "visible" && asking.now();
    addEventListener("online", now);
    document.addEventListener("visibilitychange", now);
    return () => {
      asking.stop();
      // What is on its way was asked for somebody else.
      lists.overtake();
      removeEventListener("online", now);
      document.removeEventListener("visibilitychange", now);
    };
  }, [asks, signedIn?.user.id]);

  const onSession = (session: Session) => {
    // The set-up code has done its work and should not stay in the address.
    if (setupCode(location.hash) !== "") history.replaceState(null, "", "#/pilots");
    setAccess({ kind: "signed_in", session });
  };
  const leave = async () => {
    await endSession();
    setLeaving([]);
    await load();
  };
  const signOutNow = async () => {
    const untaken = signedIn === undefined ? [] : await deliverWritten(signedIn.user.id);
    setLeaving(untaken);
    if (untaken.length === 0) await leave();
  };
  const { signOut, question } = useSignOut(() => cameraRuns(navigator.locks as LockManager | undefined), signOutNow);
  const changed = (pilot: Deployment) => {
    // The first list is wanted also when a newer word of one of it came before.
    if (pilots !== undefined) lists.overtake();
    setPilots((before) => before?.map((known) => (known.id === pilot.id ? pilot : known)));
  };

  const may = (duty: Duty) => signedIn?.duties.includes(duty) ?? false;
  const nav =
    signedIn === undefined
      ? []
      : [
          { href: "#/pilots", text: strings.nav.control, current: ["plan", "planning", "pilots"].includes(route.page) || "id" in route },
          ...(may("keep_devices") ? [{ href: "#/devices", text: strings.nav.devices, current: route.page === "devices" }] : []),
          ...(may("keep_accounts") ? [{ href: "#/people", text: strings.nav.people, current: route.page === "people" }] : []),
          ...(may("set_policy") ? [{ href: "#/policy", text: strings.nav.policy, current: route.page === "policy" }] : []),
          ...(may("read_journal") ? [{ href: "#/journal", text: strings.nav.journal, current: route.page === "journal" }] : []),
          { href: "#/records", text: strings.nav.records, current: route.page === "records" || route.page === "record" },
          ...(may("decide") ? [{ href: "/officer.html", text: strings.nav.officer, current: false }] : []),
        ];
  const part = nav.find(({ current }) => current)?.text;
  useEffect(() => {
    // A screen reader and a tab's label say where in the control room this is.
    document.title = [...(part === undefined ? [] : [part]), strings.titles.control, strings.product].join(" – ");
  }, [part]);
  const created = (pilot: Deployment) => {
    lists.overtake();
    setPilots((before) => [pilot, ...(before ?? []).filter(({ id }) => id !== pilot.id)]);
    location.hash = `#/pilot/${pilot.id}`;
  };
  // What was heard before says nothing of now, and neither does what was not heard yet.
  const known = access.kind === "setup" || (signedIn !== undefined && pilots !== undefined);
  const live = connection.kind === "lost" || !known ? "unknown" : liveOf(pilots ?? []);

  return (
    <Layout {...(access.kind === "signed_out" ? {} : { live })} nav={nav} session={signedIn} onSignOut={signedIn === undefined ? undefined : signOut}>
      <ConnectionNotice connection={connection} bare={!known} />
      {signedIn !== undefined && question}
      {signedIn !== undefined && leaving.length > 0 && <Leaving untaken={leaving} onAgain={signOutNow} onSeen={leave} onStay={() => setLeaving([])} />}
      {access.kind === "loading" && <p class="govuk-body">{strings.loading}</p>}
      {access.kind === "failed" && (
        <>
          <h1 class="govuk-heading-l">{strings.control.title}</h1>
          <p class="govuk-error-message" role="alert">
            {access.text}
          </p>
          <Button onPress={load}>{strings.tryAgain}</Button>
        </>
      )}
      {access.kind === "setup" && <Setup code={code} onSession={onSession} />}
      {access.kind === "signed_out" && <SignIn onSession={onSession} />}
      {signedIn !== undefined && !opens && <NoPage why="not_yours" {...(isPlanning(route) ? { because: untrainedText(signedIn.user.roles, signedIn.duties) } : {})} />}
      {signedIn !== undefined && opens && (
        <>
          {route.page === "unknown" && <NoPage why="unknown" />}
          {route.page === "pilots" &&
            (pilots === undefined ? (
              <p class="govuk-body">{strings.loading}</p>
            ) : (
              <Home deployments={pilots} duties={signedIn.duties} roles={signedIn.user.roles} onCreated={created} />
            ))}
          {route.page === "planning" && <Planning key={route.plan} id={route.plan} part={route.part} begun={begun.current === route.plan} onSaved={created} />}
          {route.page === "change" && <ChangePlan key={route.id} id={route.id} />}
          {route.page === "pilot" && <Pilot key={route.id} id={route.id} session={signedIn} onChanged={changed} />}
          {route.page === "import" && <Import key={route.id} id={route.id} />}
          {route.page === "clearances" && <Clearances key={route.id} id={route.id} />}
          {route.page === "status" && <StatusCheck key={route.id} id={route.id} />}
          {route.page === "review" && <Review key={`${route.id} ${route.of}`} id={route.id} of={route.of} />}
          {route.page === "policy" && <PolicyPage />}
          {route.page === "devices" && <Devices session={signedIn} onPaired={load} />}
          {route.page === "journal" && <Journal />}
          {route.page === "records" && <Records duties={signedIn.duties} />}
          {route.page === "record" && <RecordOf page={route.record} about={"about" in route ? route.about : undefined} duties={signedIn.duties} />}
          {route.page === "people" && <People session={signedIn} />}
        </>
      )}
    </Layout>
  );
}

function RecordOf({ page, about, duties }: { page: RecordPage; about: Choice | undefined; duties: Duty[] }) {
  switch (page) {
    case "complaints":
      return <Complaints key={about?.alert} duties={duties} about={about} />;
    case "holds":
      return <Holds may={duties.includes("hold")} />;
    case "subject-access":
      return <SubjectAccess />;
    case "annual":
      return <Annual />;
    case "retention":
      return <Retention />;
    case "models":
      return <ModelsPage keeps={duties.includes("set_policy")} />;
    case "settings":
      return <SettingsPage administers={duties.includes("keep_devices")} />;
    case "organisation":
      return <OrganisationPage keeps={duties.includes("keep_organisation")} />;
  }
}

keepAsked();
loadedAnewOnReturn();
void keepShell();
const root = document.getElementById("app");
if (root !== null) render(<Control />, root);
