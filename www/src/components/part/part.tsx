import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

type Props = {
  /** Of its heading. */
  id: string;
  title: ComponentChildren;
  /** Whether it is closed until somebody asks for it. */
  folded?: boolean;
  data?: Record<`data-${string}`, string | undefined>;
  children: ComponentChildren;
};

/** A part of a page under its heading. Open or closed it is the same element, so that what is typed in it stays when that changes. */
export function Part({ id, title, folded = false, data = {}, children }: Props) {
  return (
    <details class="v-section v-part" open={!folded} {...data}>
      <summary class="v-part__summary">
        <h2 class="govuk-heading-m" id={id}>
          {title}
        </h2>
      </summary>
      {children}
    </details>
  );
}

/** On paper nothing can be opened, so that there everything is. */
export function useWholeOnPaper(): void {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const open = () => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")];
      for (const details of opened) details.open = true;
    };
    const close = () => {
      for (const details of opened) details.open = false;
      opened = [];
    };
    addEventListener("beforeprint", open);
    addEventListener("afterprint", close);
    return () => {
      removeEventListener("beforeprint", open);
      removeEventListener("afterprint", close);
    };
  }, []);
}
