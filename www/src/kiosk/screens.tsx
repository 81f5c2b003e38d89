import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Lane, Session } from "../api/types";
import type { Ask } from "../vision/wasm/vedette.js";
import { Button } from "../components/button/button";
import { SignIn } from "../components/sign-in";
import { dateAndTime } from "../lib/time";
import { strings } from "../strings";
import type { Why } from "./guidance";
import { Shown } from "./silhouette";
import { saidOf, type Closed } from "./state";

const words = strings.kiosk;
/** Staff who walked away leave no form behind. */
const STAFF_MS = 60_000;
const LANGUAGES = [
  { code: "en", text: "English" },
  { code: "cy", text: "Cymraeg" },
];

export type Open = Extract<Lane, { kind: "open" }>;

/** Takes the focus, so that whoever hears the screen hears what it says now. */
function Title({ children }: { children: ComponentChildren }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), [children]);
  return (
    <h1 class="v-kiosk__title" ref={title} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** Every screen of a kiosk. No link leads away from it. */
export function Frame({ children, name, sound, onSound, onSession }: { children: ComponentChildren; name: string; sound?: boolean; onSound?: () => void; onSession: (session: Session) => void }) {
  const [staff, setStaff] = useState(false);
  useEffect(() => {
    if (!staff) return undefined;
    const timer = setTimeout(() => setStaff(false), STAFF_MS);
    return () => clearTimeout(timer);
  }, [staff]);
  const here = document.documentElement.lang.split("-")[0];
  return (
    <main class="v-kiosk" data-testid="kiosk" data-screen={staff ? "staff" : name}>
      <div class="v-kiosk__screen">
        {staff ? (
          <>
            <h1 class="v-kiosk__title">{words.staff.title}</h1>
            <p class="v-kiosk__text">{words.staff.lead}</p>
            <SignIn onSession={onSession} level={2} />
            <Button kind="secondary" onPress={() => setStaff(false)} testId="kiosk-back">
              {words.staff.back}
            </Button>
          </>
        ) : (
          children
        )}
      </div>
      <footer class="v-kiosk__foot">
        <nav aria-label={words.language}>
          <ul class="v-kiosk__languages">
            {LANGUAGES.map(({ code, text }) => (
              <li key={code}>
                <a href={`?lang=${code}`} lang={code} hreflang={code} aria-current={code === here ? "true" : undefined}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {onSound !== undefined && (
          <button type="button" class="v-kiosk__quiet" aria-pressed={sound} onClick={onSound} data-testid="kiosk-sound">
            {sound === true ? words.sound.on : words.sound.off}
          </button>
        )}
        {!staff && (
          <button type="button" class="v-kiosk__quiet" onClick={() => setStaff(true)} data-testid="kiosk-staff">
            {words.staff.open}
          </button>
        )}
      </footer>
    </main>
  );
}

export function Shut({ why, onSession }: { why: Closed | undefined; onSession: (session: Session) => void }) {
  return (
    <Frame name={why === undefined ? "opening" : "closed"} onSession={onSession}>
      <Title>{why === undefined ? words.closed.opening : words.closed.title}</Title>
      <p class="v-kiosk__text">{why === undefined ? words.closed.openingText : words.closed.text}</p>
      {why !== undefined && (
        <p class="v-kiosk__why" data-testid="kiosk-why" data-why={why}>
          {words.closed.why[saidOf(why)]}
        </p>
      )}
    </Frame>
  );
}

/** Two ways, as large and as plain one as the other. */
export function Ways({ onStart, start, onStaffed }: { onStart?: () => void; start?: string; onStaffed: () => void }) {
  return (
    <div class="v-kiosk__ways">
      {onStart !== undefined && (
        <Button onPress={onStart} testId="kiosk-start">
          {start}
        </Button>
      )}
      <Button onPress={onStaffed} testId="kiosk-staffed">
        {words.welcome.staffed}
      </Button>
    </div>
  );
}

/** What happens, for whom, and the other way, before any camera is on (R119). */
export function Welcome({ lane, onStart, onStaffed }: { lane: Open; onStart: () => void; onStaffed: () => void }) {
  const { controller, purpose } = lane;
  const welsh = document.documentElement.lang.startsWith("cy");
  const name = (welsh ? controller.name_cy : undefined) ?? controller.name;
  const facts: [string, string | null | undefined][] = [
    [words.welcome.who, name],
    [words.welcome.why, purpose],
    [words.welcome.where, `${lane.name}, ${lane.place}`],
    [words.welcome.until, dateAndTime(lane.ends_at)],
    [words.welcome.contact, [controller.contact, controller.privacy_url].filter((part) => part != null).join(", ")],
  ];
  return (
    <>
      <Title>{words.welcome.title}</Title>
      {purpose == null && <p class="v-kiosk__tag">{words.exercise}</p>}
      <p class="v-kiosk__text">{words.welcome.what}</p>
      <p class="v-kiosk__text">{words.welcome.kept}</p>
      <p class="v-kiosk__text">
        <strong>{words.welcome.choice}</strong>
      </p>
      <dl class="v-kiosk__facts" data-testid="kiosk-facts">
        {facts
          .filter(([, fact]) => fact != null && fact !== "")
          .map(([term, fact]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
      <Ways onStart={onStart} start={words.welcome.start} onStaffed={onStaffed} />
    </>
  );
}

export function Thanks() {
  return (
    <>
      <Title>{words.thanks.title}</Title>
      <p class="v-kiosk__text">{words.thanks.text}</p>
    </>
  );
}

/** What to do otherwise, in words and as a picture, and that it needn't be done at all. */
export function Again({ why, ask, onStart, onStaffed }: { why: Why | undefined; ask: Ask; onStart: () => void; onStaffed: () => void }) {
  return (
    <>
      <Title>{words.again.title}</Title>
      {why !== undefined && (
        <>
          <p class="v-kiosk__reason" data-testid="kiosk-reason" data-why={why}>
            {words.again.why[why]}
          </p>
          <Shown why={why} ask={ask} />
        </>
      )}
      <p class="v-kiosk__text">{words.again.text}</p>
      <Ways onStart={onStart} start={words.again.start} onStaffed={onStaffed} />
    </>
  );
}

export function Staffed({ chosen, onDone }: { chosen: boolean; onDone: () => void }) {
  return (
    <>
      <Title>{words.staffed.title}</Title>
      <p class="v-kiosk__text">{chosen ? words.staffed.chosen : words.staffed.sent}</p>
      <Button kind="secondary" onPress={onDone} testId="kiosk-done">
        {words.staffed.done}
      </Button>
    </>
  );
}

export { Title };
