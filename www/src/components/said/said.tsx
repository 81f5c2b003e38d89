import { Fragment } from "preact";
import { parts } from "../../lib/foreign";
import { LOCALES } from "../../strings/language";

/** A text in which the server's own words, which are English, are marked as such for whoever has it read aloud. */
export function Said({ text }: { text: string }) {
  return (
    <>
      {parts(text).map((part, at) => (part.foreign ? <span key={at} lang={LOCALES.en}>{part.text}</span> : <Fragment key={at}>{part.text}</Fragment>))}
    </>
  );
}
