import type { Deployment } from "../api/types";
import { LanguageLinks, ThemeChoice } from "../components/display/display";
import { SelectField } from "../components/field/field";
import { GUIDE_ADDRESS } from "../papers/route";
import { strings } from "../strings";
import type { EngineState } from "../vision/protocol";
import type { Capture } from "./use-capture";

type Props = {
  capture: Capture;
  engine: EngineState;
  /** The deployment that is followed first, then the others that are live. */
  deployments: Deployment[];
  onDeployment: (id: string) => void;
};

/** What is seldom changed or asked: camera, deployment, what the boxes mean, what the engine runs on. */
export function Settings({ capture: { devices, deviceId, choose, figures }, engine, deployments, onDeployment }: Props) {
  const counts = figures?.counts;
  return (
    <div class="v-settings" data-testid="settings-panel">
      {devices.length > 0 && (
        <SelectField
          id="camera-choice"
          label={strings.officer.camera}
          value={deviceId}
          onInput={choose}
          options={devices.map((device, index) => ({ value: device.deviceId, text: device.label !== "" ? device.label : `${strings.officer.camera} ${index + 1}` }))}
        />
      )}
      <DeploymentChoice deployments={deployments} onDeployment={onDeployment} />
      <ThemeChoice id="theme-choice" />
      <LanguageLinks />
      <dl class="v-legend" aria-label={strings.officer.legend}>
        <div>
          <dt class="v-legend__box v-legend__box--assessing" aria-hidden="true" />
          <dd>{strings.officer.legendAssessing}</dd>
        </div>
        <div>
          <dt class="v-legend__box v-legend__box--sent" aria-hidden="true" />
          <dd>{strings.officer.legendSent}</dd>
        </div>
        <div>
          <dt class="v-legend__box v-legend__box--not" aria-hidden="true" />
          <dd>{strings.officer.legendNot}</dd>
        </div>
      </dl>
      {/* In a window of its own: the camera goes on here. */}
      <p>
        <a class="govuk-link v-settings__guide" href={GUIDE_ADDRESS} target="_blank" rel="noopener" data-testid="operator-guide">
          {strings.operatorGuide.title} {strings.operatorGuide.newWindow}
        </a>
      </p>
      {counts !== undefined && engine.kind === "ready" && (
        <div class="v-settings__details">
          <p>{strings.tablet.onDevice}</p>
          <p>{strings.officer.engine(engine.simd, Math.round(counts.stepMs), counts.frames)}</p>
          <p>{strings.officer.counts(counts.sent, counts.dropped)}</p>
        </div>
      )}
    </div>
  );
}

export function DeploymentChoice({ deployments, onDeployment }: Pick<Props, "deployments" | "onDeployment">) {
  if (deployments.length < 2) return null;
  return (
    <SelectField
      id="deployment-choice"
      label={strings.officer.chooseDeployment}
      value={deployments[0]?.id ?? ""}
      onInput={onDeployment}
      options={deployments.map(({ id, name, place }) => ({ value: id, text: `${name}, ${place}` }))}
    />
  );
}
