import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

type Props = {
  /** Of its heading. */
  id: string;
  title: ComponentChildren;
  /** Whether it opens only when somebody asks for it. */
  folded?: boolean;
  data?: Record<`data-${string}`, string | undefined>;
  children: ComponentChildren;
};

/** A part of a page under its heading. */
export function Part({ id, title, folded = false, data = {}, children }: Props) {
  const heading = (
    <h2 class="govuk-heading-m" id={id}>
      {title}
    </h2>
  );
  return folded ? (
    <details class="v-section v-part" {...data}>
      <summary class="v-part__summary">{heading}</summary>
      {children}
    </details>
  ) : (
    <section class="v-section" aria-labelledby={id} {...data}>
      {heading}
      {children}
    </section>
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
