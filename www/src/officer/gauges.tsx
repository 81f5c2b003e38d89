import { strings } from "../strings";
import type { Pace } from "./pace";
import type { Tablet } from "../live/use-tablet";

/** Below this a tablet that nobody charges may not see the end of its deployment. Percent. */
const LOW_BATTERY = 20;

type Props = {
  connected: boolean;
  /** Whether this screen's own camera looks. */
  watching: boolean;
  /** Nothing where it doesn't, or hasn't for long enough. */
  pace: Pace | undefined;
  tablet: Tablet;
};

const words = strings.tablet;

/** How this screen is doing: what is low is said in words and framed, and what the browser doesn't tell is left out. */
export function Gauges({ connected, watching, pace, tablet: { battery, pressure } }: Props) {
  const low = battery !== undefined && !battery.charging && battery.percent <= LOW_BATTERY;
  return (
    <ul class="v-gauges" aria-label={words.gauges} data-testid="gauges">
      <Gauge low={!connected} testId="gauge-connection">
        {connected ? words.connected : words.notConnected}
      </Gauge>
      {pace !== undefined && (
        <>
          <Gauge testId="gauge-pace">{words.pace(pace.perMinute)}</Gauge>
          {pace.seen > 0 && <Gauge testId="gauge-not-assessable">{words.notAssessable(pace.notAssessable, pace.seen)}</Gauge>}
        </>
      )}
      {battery !== undefined && (
        <Gauge low={low} testId="gauge-battery">
          {words.battery(battery.percent, battery.charging, low)}
        </Gauge>
      )}
      {/* Of a screen whose camera is off it says nothing: no face is missed there. */}
      {pressure !== undefined && watching && (
        <Gauge low={pressure === "serious" || pressure === "critical"} testId="gauge-heat">
          {words.heat[pressure]}
        </Gauge>
      )}
    </ul>
  );
}

/** `low`: whether it is, of what can be; a count is neither low nor well. */
function Gauge({ low, testId, children }: { low?: boolean; testId: string; children: string }) {
  const manner = low === undefined ? "" : low ? " v-gauges__one--low" : " v-gauges__one--well";
  return (
    <li class={`v-gauges__one${manner}`} data-testid={testId} data-low={low === true}>
      {low === true && <span aria-hidden="true">! </span>}
      {children}
    </li>
  );
}
