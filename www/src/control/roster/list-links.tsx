import type { Deployment, Operation } from "../../api/types";
import { Button } from "../../components/button/button";
import { Part } from "../../components/part/part";
import { strings } from "../../strings";
import type { ListPage } from "../route";

type Props = { pilot: Deployment; operation: Operation; folded: boolean; adding: boolean; /** Absent for who only looks at clearances. */ onAdd: (() => void) | undefined };

/** The ways to fill an operation's watchlist, and to settle what keeps people on it from being matched. */
export function ListLinks({ pilot, operation, folded, adding, onAdd }: Props) {
  const keeps = onAdd !== undefined;
  const link = (page: ListPage, text: string, testId: string, primary = false) => (
    <a class={`govuk-button v-button${primary ? "" : " govuk-button--secondary"}`} href={`#/pilot/${pilot.id}/${page}`} data-testid={testId}>
      {text}
    </a>
  );
  return (
    <Part id="list-links" title={keeps ? strings.watchlist.manage : strings.entries.title} folded={folded}>
      <div class="govuk-button-group">
        {keeps && pilot.state.kind === "draft" && link("import", strings.roster.link, "watchlist-import", true)}
        {keeps && (
          <Button kind="secondary" onPress={onAdd} testId="watchlist-add">
            {adding ? strings.watchlist.addNobody : strings.watchlist.add}
          </Button>
        )}
        {link("clearances", strings.clearances.link(operation.open_clearances), "watchlist-clearances", !keeps && operation.open_clearances > 0)}
        {keeps && pilot.entries > 0 && link("status", strings.statusCheck.link, "watchlist-status")}
      </div>
    </Part>
  );
}
