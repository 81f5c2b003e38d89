import type { ComponentChildren } from "preact";
import { strings } from "../../strings";
import type { Session } from "../../api/types";
import { Button } from "../button/button";
import { LanguageLinks, ThemeChoice } from "../display/display";

/** `unwatched`: a deployment is live, and no camera looks. */
export type Live = boolean | "unwatched" | "unknown";

/** `nobody`: it looks, and there is nobody whom it could find. */
export type OwnCamera = "on" | "nobody" | "off";

export type NavItem = { href: string; text: string; current: boolean };

type Props = {
  children: ComponentChildren;
  /** Whether facial recognition is active in a deployment that this screen belongs to; left out by pages that don't ask, which then say nothing. */
  live?: Live;
  /** Whether this screen's own camera takes part in it, of a screen that has one. */
  camera?: OwnCamera;
  nav?: NavItem[];
  session?: Session | undefined;
  onSignOut?: (() => Promise<void>) | undefined;
  /** A screen for work in the field: all the width, and no line that is not needed there. */
  field?: boolean;
};

/** Header, phase banner and main part of every page, and how it is shown. On pages that follow a deployment it is always in sight whether facial recognition is active. */
export function Layout({ children, live, camera, nav = [], session, onSignOut, field = false }: Props) {
  return (
    <>
      <a
        href="#main"
        class="govuk-skip-link"
        onClick={(event) => {
          // The address after # is the page's own route, so the link focuses instead of navigating.
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {strings.skip}
      </a>
      <header class={field ? "v-header v-header--field" : "v-header"}>
        <div class="v-header__inner">
          <a class="v-header__name" href="/control.html">
            {strings.product}
          </a>
          {live !== undefined && (
            <span class={`v-live v-live--${typeof live === "string" ? live : live ? "on" : "off"}`} data-testid="live-badge" data-live={String(live)}>
              {typeof live === "string" ? strings.badge[live] : live ? strings.badge.live : strings.badge.off}
            </span>
          )}
          {live === true && camera !== undefined && (
            <span class="v-header__camera" data-testid="own-camera" data-camera={camera}>
              {strings.onDuty.camera[camera]}
            </span>
          )}
          {nav.length > 0 && (
            <nav class="v-header__nav" aria-label={strings.nav.label}>
              <ul>
                {nav.map(({ href, text, current }) => (
                  <li key={href}>
                    <a href={href} aria-current={current ? "page" : undefined}>
                      {text}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          {session !== undefined && (
            <div class="v-header__who">
              <span>{strings.signedInAs(session.user.name)}</span>
              {onSignOut !== undefined && (
                <Button kind="secondary" onPress={onSignOut} testId="sign-out">
                  {strings.signOut}
                </Button>
              )}
            </div>
          )}
        </div>
        {field ? (
          <div class="v-phase v-phase--bare" />
        ) : (
          <div class="v-phase">
            <div class="v-phase__inner">
              <p>
                <strong class="govuk-tag">{strings.pilot.tag}</strong> <span>{strings.pilot.text}</span>
              </p>
              <LanguageLinks />
            </div>
          </div>
        )}
      </header>
      <main class={field ? "v-main v-main--field" : "v-main"} id="main" tabIndex={-1}>
        {children}
      </main>
      <footer class={field ? "v-display v-display--field" : "v-display"}>
        {field && <LanguageLinks />}
        <ThemeChoice />
      </footer>
    </>
  );
}
