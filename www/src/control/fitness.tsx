import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { DeviceFitness } from "../api/types";
import { percent, whole } from "../lib/numbers";
import { clockTime } from "../lib/time";
import { strings } from "../strings";

/** With what devices say every two seconds, a camera that stands still is told of within ten (R129). */
const REFRESH_MS = 2_000;

type Seen = { devices: DeviceFitness[]; at: string };

/** How each device that watches is doing, and what somebody should see to. */
export function FitnessPanel({ id }: { id: string }) {
  const [seen, setSeen] = useState<Seen>();
  const [problem, setProblem] = useState<string>();
  const words = strings.fitness;

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/deployments/{id}/devices", { params: { path: { id } } }));
    if (result.ok) setSeen({ devices: result.value, at: new Date().toISOString() });
    setProblem(result.ok ? undefined : problemText(result.problem));
  }, [id]);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [load]);

  const ailing = seen?.devices.filter(({ alarms }) => alarms.length > 0) ?? [];
  return (
    <section class="v-section" aria-labelledby="fitness" data-testid="fitness">
      <h2 class="govuk-heading-m" id="fitness">
        {words.title}
      </h2>
      {problem !== undefined && (
        <p class="govuk-inset-text" role="status">
          {seen === undefined ? problem : words.stale(clockTime(seen.at), problem)}
        </p>
      )}
      {seen === undefined && problem === undefined && <p class="govuk-body">{strings.loading}</p>}
      {/* Only a change is read out, so the words of one alarm stay as they are while it lasts. */}
      <div role="alert" data-testid="fitness-alarms">
        {ailing.length > 0 && (
          <div class="v-notice v-notice--error">
            <p>
              <strong>{words.alarm(ailing.length)}</strong>
            </p>
            <ul class="govuk-list">
              {ailing.map(({ device, name, alarms }) => (
                <li key={device} data-testid="fitness-alarm" data-alarms={alarms.join(" ")}>
                  <strong>{name}:</strong> {alarms.map((alarm) => words.alarms[alarm]).join(" ")}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      {seen?.devices.length === 0 && <p class="govuk-body">{words.none}</p>}
      {seen !== undefined && seen.devices.length > 0 && (
        <>
          {ailing.length === 0 && <p class="govuk-body">{words.allWell}</p>}
          <Table {...seen} />
        </>
      )}
    </section>
  );
}

function Table({ devices, at }: Seen) {
  const { columns, ...words } = strings.fitness;
  return (
    <div class="v-scroll" tabIndex={0} role="group" aria-label={words.title}>
      <table class="v-table v-fitness">
        <caption class="govuk-visually-hidden">{words.title}</caption>
        <thead>
          <tr>
            {Object.entries(columns).map(([key, text]) => (
              <th scope="col" key={key}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => {
            const { battery, heat, last_contact: heard } = device;
            const since = heard == null ? undefined : Math.max(0, Math.round((Date.parse(at) - Date.parse(heard)) / 1000));
            const old = device.silent && since !== undefined;
            const said = (value: string) => (old && value !== words.unknown ? words.then(value) : value);
            const contact = since === undefined ? words.unheard : old ? words.lastHeard(words.ago(since)) : words.ago(since);
            return (
              <tr key={device.device} class={old ? "v-fitness__old" : undefined} data-testid="fitness-device" data-kiosk={device.kiosk} data-alarms={device.alarms.join(" ")}>
                <th scope="row">
                  {device.name} {device.kiosk && <strong class="govuk-tag govuk-tag--grey">{words.kiosk}</strong>}
                  {device.shut != null && (
                    <span class="v-fitness__shut" data-testid="fitness-shut" data-why={device.shut}>
                      {words.shut[device.shut]}
                    </span>
                  )}
                </th>
                <td data-label={columns.contact}>{contact}</td>
                <td data-label={columns.camera}>{device.camera == null ? words.unknown : said(words.cameras[device.camera])}</td>
                <td data-label={columns.frames}>{said(device.frames_per_second.toFixed(1))}</td>
                <td data-label={columns.faces}>{old ? "\u2013" : whole(device.faces)}</td>
                <td data-label={columns.notAssessable}>{old || device.faces === 0 ? "\u2013" : percent(device.not_assessable / device.faces)}</td>
                <td data-label={columns.battery}>{battery == null ? words.unknown : said(battery.charging ? words.charging(battery.percent) : words.battery(battery.percent))}</td>
                <td data-label={columns.heat}>{heat == null ? words.unknown : said(words.heats[heat])}</td>
                <td data-label={columns.model} class="v-digest">
                  {device.model == null || device.pipeline == null ? (device.kiosk ? words.unknown : words.noEngine) : words.model(device.model, device.pipeline)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
