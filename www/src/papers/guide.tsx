import { strings } from "../strings";

/** For whoever looks at alerts: one page, to read and to print (R142). */
export function GuidePaper() {
  const words = strings.operatorGuide;
  return (
    <article class="v-sheet v-guide-sheet" data-testid="paper-guide">
      <h1>{words.title}</h1>
      {words.parts.map(({ title, text }) => (
        <section key={title}>
          <h2>{title}</h2>
          {text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
      <p>
        <strong>{words.asked}</strong>
      </p>
    </article>
  );
}
