import { strings } from "../strings";

/** What stands where an address leads to nothing, or to what is somebody else's. `because`: what her training lacks for it, where it is that. */
export function NoPage({ why, because }: { why: "unknown" | "not_yours"; because?: string | undefined }) {
  const words = strings.noPage;
  return (
    <div data-testid="no-page" data-why={why}>
      <h1 class="govuk-heading-l">{because === undefined ? words[why].title : strings.training.title}</h1>
      <p class="govuk-body">{because ?? words[why].text}</p>
      <a class="govuk-button v-button" href="#/pilots">
        {words.home}
      </a>
    </div>
  );
}
