import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Device, PairingCode, ServerSettings, Session } from "../api/types";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { Dialog } from "../components/dialog/dialog";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { TextField } from "../components/field/field";
import { NAME, textErrors } from "../components/field/text-errors";
import { clockTime, dayAndTime } from "../lib/time";
import { strings } from "../strings";

/** Settings stand whole in a line, as they are typed. */
function WithSettings({ text }: { text: string }) {
  return (
    <>
      {text.split(/(--[a-z-]+)/).map((part, at) => (
        <span key={at} class={part.startsWith("--") ? "v-setting" : undefined}>
          {part}
        </span>
      ))}
    </>
  );
}

function reason(of: NonNullable<ServerSettings["only_here"]>): string {
  const words = strings.onlyHere;
  switch (of.kind) {
    case "not_encrypted":
      return words.notEncrypted;
    case "listens_here":
      return words.listensHere(of.listen_to, of.found_at.join(words.or));
    case "no_network":
      return words.noNetwork;
    case "told_wrong":
      return words.toldWrong(of.found_at.join(words.or));
  }
}

export function Devices({ session, onPaired }: { session: Session; onPaired: () => Promise<void> }) {
  const [devices, setDevices] = useState<Device[]>([]);
  const [name, setName] = useState("");
  const [thisName, setThisName] = useState<string>(strings.setup.deviceDefault);
  /** Why no other device finds the server, where none does. */
  const [onlyHere, setOnlyHere] = useState<string>();
  const [made, setMade] = useState<{ name: string; code: PairingCode }>();
  const [revoking, setRevoking] = useState<Device>();
  const [errors, setErrors] = useState<FieldError[]>([]);

  const load = useCallback(async () => {
    const result = await ask(api.GET("/v1/devices"));
    if (result.ok) setDevices(result.value);
    else setErrors([{ text: problemText(result.problem) }]);
  }, []);
  useEffect(() => {
    void load();
    // Without it nothing else is missing here, so a failure is not told of.
    void ask(api.GET("/v1/server")).then((result) => result.ok && result.value.only_here != null && setOnlyHere(reason(result.value.only_here)));
  }, []);
  // A device that scans the code appears in the list by itself.
  useEffect(() => {
    if (made === undefined) return undefined;
    const timer = setInterval(() => void load(), 3_000);
    return () => clearInterval(timer);
  }, [made]);

  const makeCode = async (event: Event) => {
    event.preventDefault();
    const found = name.trim() === "" ? [{ field: "device-name", text: strings.devices.nameMissing }] : textErrors(["device-name", strings.devices.name, name, NAME]);
    setErrors(found);
    if (found.length > 0) return;
    const result = await ask(api.POST("/v1/pairing-codes", { body: { device_name: name.trim() } }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setErrors([]);
    setMade({ name: name.trim(), code: result.value });
    setName("");
  };
  const pairThis = async (event: Event) => {
    event.preventDefault();
    const found = thisName.trim() === "" ? [{ field: "this-device-name", text: strings.devices.nameMissing }] : textErrors(["this-device-name", strings.devices.name, thisName, NAME]);
    setErrors(found);
    if (found.length > 0) return;
    const result = await ask(api.POST("/v1/devices/this", { body: { device_name: thisName.trim() } }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setErrors([]);
    await Promise.all([load(), onPaired()]);
  };
  const revoke = async (device: Device) => {
    const result = await ask(api.DELETE("/v1/devices/{id}", { params: { path: { id: device.id } } }));
    setRevoking(undefined);
    if (!result.ok) setErrors([{ text: problemText(result.problem) }]);
    await Promise.all([load(), onPaired()]);
  };

  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{strings.devices.title}</h1>
      <p class="govuk-body">
        {strings.devices.lead}{" "}
        {session.duties.includes("capture") && (
          <a class="govuk-link" href="/kiosk.html" data-testid="to-kiosk">
            {strings.kiosk.setUp.title}
          </a>
        )}
      </p>
      {session.device == null && (
        <form class="v-form v-section" onSubmit={pairThis} noValidate data-testid="pair-this-form">
          <h2 class="govuk-heading-m">{strings.devices.pairThis}</h2>
          <p class="govuk-body">{strings.devices.pairThisLead}</p>
          <TextField id="this-device-name" label={strings.devices.name} value={thisName} onInput={setThisName} limit={NAME} error={errorFor(errors, "this-device-name")} />
          <Button submit testId="pair-this">
            {strings.devices.pairThis}
          </Button>
        </form>
      )}
      <form class="v-form v-section" onSubmit={makeCode} noValidate>
        <h2 class="govuk-heading-m">{strings.devices.pair}</h2>
        {onlyHere !== undefined && (
          <p class="govuk-inset-text" data-testid="only-here">
            <strong>{strings.onlyHere.title}</strong> <WithSettings text={onlyHere} />
          </p>
        )}
        <TextField id="device-name" label={strings.devices.name} hint={strings.devices.nameHint} value={name} onInput={setName} limit={NAME} error={errorFor(errors, "device-name")} />
        <Button submit testId="make-code">
          {strings.devices.makeCode}
        </Button>
      </form>
      <div aria-live="polite">
        {made !== undefined && (
          <section class="v-code" aria-label={strings.devices.qr(made.name)} data-testid="pairing-code" data-code={made.code.code} data-url={made.code.url}>
            {onlyHere === undefined && <img class="v-code__qr" src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.code.qr_svg)}`} alt={strings.devices.qr(made.name)} />}
            <div class="v-code__words">
              <p class="govuk-body" data-testid="code-for">
                <strong>{strings.figures.codeFor(made.name)}</strong>
              </p>
              {onlyHere === undefined ? (
                <>
                  <p class="govuk-body">{strings.devices.scan(made.name)}</p>
                  <p class="govuk-body">{strings.devices.orType}</p>
                </>
              ) : (
                <p class="govuk-body">{strings.onlyHere.sameMachine}</p>
              )}
              <p class="govuk-body v-code__address">{made.code.url.split("#")[0]}</p>
              <p class="v-code__code">
                <span class="govuk-visually-hidden">{strings.devices.code} </span>
                {made.code.code}
              </p>
              <p class="govuk-body">{strings.devices.until(clockTime(made.code.expires_at))}</p>
              {onlyHere === undefined && (
                <p class="govuk-body">
                  {strings.devices.trustFirst} <a href="/trust.html">{strings.devices.trustLink}</a>.
                </p>
              )}
            </div>
          </section>
        )}
      </div>
      <section class="v-section" aria-labelledby="devices-list">
        <h2 class="govuk-heading-m" id="devices-list">
          {strings.devices.list}
        </h2>
        {devices.length === 0 && <p class="govuk-body">{strings.devices.none}</p>}
        {devices.map((device) => (
          <Card
            key={device.id}
            testId="device-row"
            title={
              <>
                {device.name}
                {device.id === session.device?.id && ` (${strings.devices.thisDevice})`}
              </>
            }
            actions={
              device.revoked_at == null ? (
                <Button kind="secondary" label={strings.devices.revokeNamed(device.name)} onPress={() => setRevoking(device)} testId="device-revoke">
                  {strings.devices.revoke}
                </Button>
              ) : undefined
            }
          >
            <p class="govuk-hint">{device.revoked_at == null ? strings.devices.pairedAt(dayAndTime(device.paired_at)) : strings.devices.revoked}</p>
          </Card>
        ))}
      </section>
      {revoking !== undefined && (
        <Dialog
          title={strings.devices.revokeTitle(revoking.name)}
          text={strings.devices.revokeText}
          confirm={strings.devices.revoke}
          onConfirm={() => revoke(revoking)}
          onCancel={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}
