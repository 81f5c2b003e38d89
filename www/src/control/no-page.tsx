import { strings } from "../strings";

/** What stands where an address leads to nothing, or to what is somebody else's. */
export function NoPage({ why }: { why: "unknown" | "not_yours" }) {
  const words = strings.noPage;
  return (
    <div data-testid="no-page" data-why={why}>
      <h1 class="govuk-heading-l">{words[why].title}</h1>
      <p class="govuk-body">{words[why].text}</p>
      <a class="govuk-button v-button" href="#/pilots">
        {words.home}
      </a>
    </div>
  );
}
