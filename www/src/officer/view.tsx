import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Deployment, Zone } from "../api/types";
import { Button } from "../components/button/button";
import { strings } from "../strings";
import type { EngineState } from "../vision/protocol";
import { MeterBar } from "./meter-bar";
import { Settings } from "./settings";
import type { Capture } from "./use-capture";
import { isWhole } from "./zone";
import { ZoneForm, ZoneHandles, ZoneOutline } from "./zone-editor";

type Props = {
  /** Whether there is a camera to look at at all. */
  shown: boolean;
  live: boolean;
  capture: Capture;
  engine: EngineState;
  zone: Zone | undefined;
  deployments: Deployment[];
  onDeployment: (id: string) => void;
  onZone: (deployment: string, zone: Zone) => void;
};

/** What the camera sees, with every face hidden, and how well. */
export function View({ shown, live, capture, engine, zone, deployments, onDeployment, onZone }: Props) {
  const { video, canvas, picture, figures } = capture;
  /** The zone as it is being changed; nothing while it is not. */
  const [draft, setDraft] = useState<{ zone: Zone; corner: number }>();
  const [settings, setSettings] = useState(false);
  const deployment = deployments[0]?.id;
  const changing = live && draft !== undefined && picture !== undefined ? draft : undefined;
  useEffect(() => {
    // What was being changed belongs to the picture that was on the screen.
    if (!live) setDraft(undefined);
  }, [live]);

  const saveZone = async (wanted: Zone): Promise<string | undefined> => {
    if (deployment === undefined) return undefined;
    const result = await ask(api.PUT("/v1/deployments/{id}/zone", { params: { path: { id: deployment } }, body: wanted }));
    if (!result.ok) return strings.officer.zone.notSaved(problemText(result.problem));
    onZone(deployment, result.value);
    setDraft(undefined);
    return undefined;
  };

  const words = strings.officer.zone;
  return (
    <section class={`v-watch${changing === undefined ? "" : " v-watch--changing"}`} aria-labelledby="camera-title" hidden={!shown}>
      <h2 class="govuk-visually-hidden" id="camera-title">
        {strings.officer.view}
      </h2>
      <div class="v-stage">
        {/* Browsers without a stream of frames take them from here. It is never seen: what is shown is drawn from frames in which faces are hidden. */}
        <video ref={video} class="v-stage__source" muted playsInline autoplay tabIndex={-1} aria-hidden="true" data-testid="camera-video" />
        <div class="v-stage__picture" style={{ "--across": picture?.width ?? 4, "--down": picture?.height ?? 3 }} hidden={picture === undefined}>
          <canvas ref={canvas} role="img" aria-label={strings.officer.viewLabel} data-testid="camera-overlay" />
          {changing !== undefined && picture !== undefined ? (
            <ZoneHandles
              zone={changing.zone}
              picture={picture}
              selected={changing.corner}
              onSelect={(corner) => setDraft((now) => now && { ...now, corner })}
              onChange={(next) => setDraft((now) => now && { ...now, zone: next })}
            />
          ) : (
            live && zone !== undefined && picture !== undefined && <ZoneOutline zone={zone} picture={picture} />
          )}
        </div>
        {picture === undefined && (
          <p class="v-stage__none" data-testid="no-picture">
            {strings.tablet.noPicture}
          </p>
        )}
      </div>
      {changing !== undefined ? (
        <ZoneForm
          zone={changing.zone}
          selected={changing.corner}
          onChange={(next) => setDraft((now) => now && { zone: next, corner: Math.min(now.corner, next.corners.length - 1) })}
          onSave={() => saveZone(changing.zone)}
          onCancel={() => setDraft(undefined)}
        />
      ) : (
        <div class="v-watch__bar">
          {live && figures !== undefined && (
            <div class="v-watch__meter" data-testid="engine-counts" data-sent={figures.counts.sent} data-dropped={figures.counts.dropped} data-frames={figures.counts.frames}>
              <MeterBar reading={figures.reading} />
            </div>
          )}
          <div class="v-watch__buttons">
            {live && zone !== undefined && (
              <Button kind="secondary" onPress={() => setDraft({ zone, corner: 0 })} testId="zone-edit">
                {words.edit}
              </Button>
            )}
            <button type="button" class="govuk-button govuk-button--secondary v-button" aria-expanded={settings} onClick={() => setSettings(!settings)} data-testid="settings">
              {strings.tablet.settings}
              <span aria-hidden="true">{settings ? " ▾" : " ▴"}</span>
            </button>
          </div>
          {live && zone !== undefined && (
            <p class="v-watch__zone" data-testid="zone-now">
              {words.now(isWhole(zone), words.percent(zone.smallest * 100), words.percent(zone.largest * 100))}
            </p>
          )}
          {settings && <Settings capture={capture} engine={engine} deployments={deployments} onDeployment={onDeployment} />}
        </div>
      )}
    </section>
  );
}
