import type { Deployment } from "../api/types";
import { percent, whole } from "../lib/numbers";
import { strings } from "../strings";

type Rates = NonNullable<Deployment["false_alerts"]>;

function said({ value, low, high }: Rates["per_face"]): string {
  const words = strings.pilot_page;
  return words.rate(value == null ? "\u2013" : percent(value), percent(low), percent(high));
}

/** How often somebody was taken for somebody else, as officers decided, and how sure that is. */
export function FalseAlertRates({ rates }: { rates: Rates }) {
  const words = strings.pilot_page;
  return (
    <p class="govuk-body" data-testid="false-alert-rates">
      {words.falseAlerts(rates.count, rates.alerts, whole(rates.faces_seen))}{" "}
      {rates.faces_seen > 0 && rates.decided > 0 && words.rates(said(rates.per_face), said(rates.per_alert), rates.decided)} {words.facesSeenHint}
    </p>
  );
}
