import { useEffect, useRef, useState } from "preact/hooks";
import { strings } from "../../strings";
import { addressIn, language, LANGUAGES, LOCALES, NAMES, speak, type Language } from "../../strings/language";
import { choose, theme, THEMES } from "../../styles/theme";
import { Dialog } from "../dialog/dialog";
import { SelectField } from "../field/field";

/** Whether something was typed into a form that is on the page and was not sent since, or was refused. */
function useUnsaved(): () => boolean {
  const touched = useRef(new Set<HTMLFormElement>());
  useEffect(() => {
    const form = ({ target }: Event) => (target instanceof Element ? target.closest("form") : null);
    const onInput = (event: Event) => {
      const of = form(event);
      if (of !== null) touched.current.add(of);
    };
    const onSubmit = (event: Event) => {
      const of = form(event);
      if (of !== null) touched.current.delete(of);
    };
    document.addEventListener("input", onInput, true);
    document.addEventListener("submit", onSubmit, true);
    return () => {
      document.removeEventListener("input", onInput, true);
      document.removeEventListener("submit", onSubmit, true);
    };
  }, []);
  return () => [...touched.current].some(({ isConnected }) => isConnected) || document.querySelector("form .govuk-error-summary, form [aria-invalid]") !== null;
}

/** The page in another language. What the page shows stays as it is; what was typed would not. */
export function LanguageLinks() {
  const [asking, setAsking] = useState<Language>();
  const unsaved = useUnsaved();
  return (
    <nav class="v-languages" aria-label={strings.display.languages}>
      <ul>
        {LANGUAGES.map((each) => (
          <li key={each}>
            {each === language ? (
              <span lang={LOCALES[each]} aria-current="true">
                {NAMES[each]}
              </span>
            ) : (
              <a
                href={addressIn(each, location)}
                lang={LOCALES[each]}
                hreflang={LOCALES[each]}
                data-testid={`language-${each}`}
                onClick={(event) => {
                  // Another tab is opened by the address, and asks nothing of this one.
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  if (unsaved()) setAsking(each);
                  else speak(each);
                }}
              >
                {NAMES[each]}
              </a>
            )}
          </li>
        ))}
      </ul>
      {asking !== undefined && (
        <Dialog
          title={strings.display.unsavedTitle}
          text={strings.display.unsavedText}
          confirm={strings.display.unsavedConfirm}
          cancel={strings.display.unsavedCancel}
          onConfirm={() => speak(asking)}
          onCancel={() => setAsking(undefined)}
          testId="language-unsaved"
        />
      )}
    </nav>
  );
}

/** How the screen looks: it is set once, and needed in no hurry. */
export function ThemeChoice({ id = "theme" }: { id?: string }) {
  const [chosen, setChosen] = useState(theme);
  return (
    <SelectField
      id={id}
      label={strings.display.theme}
      value={chosen}
      onInput={(value) => {
        const next = THEMES.find((each) => each === value) ?? "auto";
        choose(next);
        setChosen(next);
      }}
      options={THEMES.map((each) => ({ value: each, text: strings.display.themes[each] }))}
    />
  );
}
