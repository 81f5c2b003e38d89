import { strings } from "../strings";

/** What stands where an address leads to nothing, or to what is somebody else's. `because`: why it isn't hers, where that can be told. */
export function NoPage({ why, because }: { why: "unknown" | "not_yours"; because?: string | undefined }) {
  const words = strings.noPage;
  return (
    <div data-testid="no-page" data-why={why}>
      <h1 class="govuk-heading-l">{words[why].title}</h1>
      <p class="govuk-body">{because ?? words[why].text}</p>
      <a class="govuk-button v-button" href="#/pilots">
        {words.home}
      </a>
    </div>
  );
}
