import { useEffect, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Entry } from "../api/types";
import { Button } from "../components/button/button";
import { Notice } from "../components/banner/banner";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { FileField, TextField } from "../components/field/field";
import { checkPhoto } from "../lib/image-dimensions";
import { Camera } from "../officer/camera";
import type { CameraState } from "../officer/state";
import { strings } from "../strings/en";
import { Vision } from "../vision/client";
import type { EngineState, PhotoResult } from "../vision/protocol";

/** Where the form stands. An accepted photo's template lives here until it is added or discarded. */
type Photo =
  | { kind: "none" }
  | { kind: "working" }
  | { kind: "refused"; text: string; reason: string }
  | { kind: "accepted"; encoded: Extract<PhotoResult, { kind: "encoded" }>; preview: string };

export function rejectionText(result: Extract<PhotoResult, { kind: "rejected" }>): string {
  return result.reason === "several_faces" ? strings.enrol.severalFaces(result.faces) : strings.enrol.reasons[result.reason];
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

type Props = {
  deployment: string;
  /** Whose further photo is wanted; otherwise a new person is enrolled. */
  person: Entry | undefined;
  /** A new person is to be enrolled after all. */
  onNobody: () => void;
  onEntry: (entry: Entry) => void;
  /** Volunteers of an exercise, or people whom an operation looks for. */
  volunteers: boolean;
  /** Whether faces are compared with the watchlist already. */
  live: boolean;
  /** Starts an exercise; absent once it is live. */
  onGoLive: (() => Promise<void>) | undefined;
};

export function Enrol({ deployment, person, volunteers, live, onNobody, onEntry, onGoLive }: Props) {
  const words = volunteers ? strings.enrol.volunteers : strings.enrol.listed;
  const [name, setName] = useState("");
  const [photo, setPhoto] = useState<Photo>({ kind: "none" });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [added, setAdded] = useState<{ name: string; resembles: string[]; unlikeOwn: boolean; further: boolean }>();
  const [adding, setAdding] = useState(false);
  const [engine, setEngine] = useState<EngineState>({ kind: "loading", progress: { done: 0, total: 0 } });
  const [cameraState, setCameraState] = useState<CameraState>({ kind: "off" });
  const [stream, setStream] = useState<MediaStream>();
  const video = useRef<HTMLVideoElement>(null);
  const vision = useRef<Vision>(undefined);
  const camera = useRef<Camera>(undefined);
  /** Counts photos, so that the answer about an earlier one is not taken for the latest. */
  const turn = useRef(0);
  const whenReady = useRef<(() => void)[]>([]);

  useEffect(() => {
    const made = new Vision((message) => {
      if (message.kind !== "engine") return;
      setEngine(message.state);
      if (message.state.kind === "ready") for (const go of whenReady.current.splice(0)) go();
    });
    vision.current = made;
    const opened = new Camera({ onState: setCameraState, onStream: setStream, onDevices: () => undefined });
    camera.current = opened;
    return () => {
      opened.stop();
      made.close();
    };
  }, []);

  useEffect(() => vision.current?.setList(deployment), [deployment]);

  const cameraOn = cameraState.kind === "on";
  useEffect(() => {
    const element = video.current;
    if (element === null || stream === undefined || !cameraOn) return undefined;
    element.srcObject = stream;
    void element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream, cameraOn]);

  const preview = photo.kind === "accepted" ? photo.preview : undefined;
  useEffect(() => (preview === undefined ? undefined : () => URL.revokeObjectURL(preview)), [preview]);

  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (photo.kind === "accepted" || photo.kind === "refused") outcome.current?.scrollIntoView({ block: "nearest" });
  }, [photo]);

  const engineReady = engine.kind === "ready";
  const encode = async (source: Blob | ImageBitmap) => {
    const mine = turn.current;
    if (!engineReady) await new Promise<void>((resolve) => whenReady.current.push(resolve));
    const result = await vision.current?.encode(source);
    if (mine !== turn.current || result === undefined) return;
    switch (result.kind) {
      case "encoded":
        setPhoto({ kind: "accepted", encoded: result, preview: URL.createObjectURL(result.jpeg) });
        break;
      case "rejected":
        setPhoto({ kind: "refused", reason: result.reason, text: rejectionText(result) });
        break;
      case "unreadable":
        setPhoto({ kind: "refused", reason: "unreadable", text: strings.enrol.unreadable });
        break;
      case "no_seed":
        setPhoto({ kind: "refused", reason: "no_seed", text: strings.transform.noSeed });
        break;
    }
  };

  const begin = () => {
    turn.current += 1;
    setAdded(undefined);
    setErrors([]);
    setPhoto({ kind: "working" });
    return turn.current;
  };

  const fromFile = async (file: File) => {
    const mine = begin();
    const checked = await checkPhoto(file);
    if (mine !== turn.current) return;
    if (checked.kind === "not_a_photo") setPhoto({ kind: "refused", reason: "not_a_photo", text: strings.enrol.notAPhoto(file.name) });
    else if (checked.kind === "too_large") setPhoto({ kind: "refused", reason: "too_large", text: strings.enrol.tooLarge(file.name, checked.megapixels) });
    else await encode(file);
  };

  const fromCamera = async () => {
    const element = video.current;
    if (element === null || element.videoWidth === 0) return;
    begin();
    await encode(await createImageBitmap(element));
  };

  const discard = () => {
    turn.current += 1;
    setPhoto({ kind: "none" });
    setErrors([]);
  };

  const add = async (event: Event) => {
    event.preventDefault();
    if (photo.kind !== "accepted" || adding) return;
    if (person === undefined && name.trim() === "") {
      setErrors([{ field: "enrol-name", text: strings.enrol.nameMissing }]);
      return;
    }
    const { template, model, pipeline, transform, quality, jpeg } = photo.encoded;
    setAdding(true);
    const portrait = { template, model, pipeline, transform, quality, photo: await base64(jpeg) };
    const result = await ask(
      person === undefined
        ? api.POST("/v1/deployments/{id}/entries", { params: { path: { id: deployment } }, body: { name: name.trim(), portrait } })
        : api.POST("/v1/deployments/{id}/entries/{entry}/photos", { params: { path: { id: deployment, entry: person.id } }, body: portrait }),
    );
    setAdding(false);
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    discard();
    setName("");
    setAdded({
      name: result.value.name,
      resembles: result.value.resembles.map((other) => other.name),
      unlikeOwn: result.value.unlike_own,
      further: person !== undefined,
    });
    onEntry(result.value);
  };

  const percent = engine.kind === "loading" && engine.progress.total > 0 ? Math.floor((100 * engine.progress.done) / engine.progress.total) : 0;
  const cameraWords = strings.officer.states;
  const cameraProblem =
    cameraState.kind === "denied"
      ? cameraWords.denied.text
      : cameraState.kind === "insecure"
        ? cameraWords.insecure.text
        : cameraState.kind === "none"
          ? strings.enrol.noCamera
          : cameraState.kind === "busy" || cameraState.kind === "lost" || cameraState.kind === "paused"
            ? strings.enrol.cameraBusy
            : undefined;

  return (
    <section class="v-enrol" aria-labelledby="enrol-title" id="enrol">
      <ErrorSummary errors={errors} />
      <h2 class="govuk-heading-m" id="enrol-title">
        {person === undefined ? words.title : strings.enrol.furtherTitle(person.name)}
      </h2>
      <p class="govuk-body">{person === undefined ? words.lead : strings.enrol.furtherLead}</p>
      <form onSubmit={add} noValidate>
        {person === undefined ? (
          <TextField id="enrol-name" label={words.name} value={name} onInput={setName} maxLength={80} error={errorFor(errors, "enrol-name")} />
        ) : (
          <Button kind="secondary" onPress={onNobody} testId="enrol-nobody">
            {strings.enrol.nobody}
          </Button>
        )}
        {photo.kind !== "accepted" && (
          <div class="v-enrol__sources">
            <div class="v-enrol__source">
              <h3 class="govuk-heading-s">{strings.enrol.useCamera}</h3>
              {cameraState.kind === "off" || cameraProblem !== undefined ? (
                <Button kind="secondary" onPress={() => camera.current?.start("")} testId="enrol-camera">
                  {cameraProblem === undefined ? strings.enrol.useCamera : strings.tryAgain}
                </Button>
              ) : (
                <>
                  <video ref={video} class="v-enrol__video" muted playsInline autoplay aria-label={strings.enrol.cameraLabel} data-testid="enrol-video" />
                  <p class="govuk-hint">{strings.enrol.hold}</p>
                  <div class="govuk-button-group">
                    <Button onPress={fromCamera} inactive={!cameraOn} testId="enrol-take">
                      {strings.enrol.take}
                    </Button>
                    <Button kind="secondary" onPress={() => camera.current?.stop()} testId="enrol-camera-stop">
                      {strings.enrol.stopCamera}
                    </Button>
                  </div>
                </>
              )}
              {cameraProblem !== undefined && (
                <p class="govuk-error-message" role="alert">
                  {cameraProblem}
                </p>
              )}
            </div>
            <div class="v-enrol__source">
              <FileField id="enrol-file" label={strings.enrol.useFile} hint={strings.enrol.fileHint} accept="image/*" onFile={(file) => void fromFile(file)} />
            </div>
          </div>
        )}
        <div aria-live="polite" ref={outcome}>
          {photo.kind === "working" && (
            <div class="govuk-inset-text" data-testid="enrol-result" data-state="working">
              {engine.kind === "failed" ? null : engineReady ? strings.enrol.working : strings.enrol.notReady(percent)}
            </div>
          )}
          {photo.kind === "refused" && (
            <div class="v-notice v-notice--error" data-testid="enrol-result" data-state="refused" data-reason={photo.reason}>
              <p>
                <strong>{photo.text}</strong> {strings.enrol.nothingLost}
              </p>
            </div>
          )}
          {photo.kind === "accepted" && (
            <div class="v-enrol__accepted" data-testid="enrol-result" data-state="accepted">
              <img src={photo.preview} alt={strings.enrol.preview} />
              <div>
                <p class="govuk-body">
                  <strong>{strings.enrol.good}</strong> {person === undefined && name.trim() === "" && strings.enrol.goodWithout}
                </p>
                <div class="govuk-button-group">
                  <Button submit busy={adding} testId="enrol-add">
                    {person !== undefined ? strings.enrol.addFurther(person.name) : name.trim() === "" ? strings.enrol.add : strings.enrol.addNamed(name.trim())}
                  </Button>
                  <Button kind="secondary" onPress={discard} testId="enrol-discard">
                    {strings.enrol.discard}
                  </Button>
                </div>
              </div>
            </div>
          )}
          {added !== undefined && (
            <Notice testId="enrol-added">
              <p>
                <strong>{added.further ? strings.enrol.addedFurther(added.name) : strings.enrol.added(added.name)}</strong> {onGoLive !== undefined ? strings.enrol.another : live ? strings.enrol.anotherLive : ""}
              </p>
              {added.unlikeOwn && (
                <div class="v-notice v-notice--error" data-testid="enrol-unlike">
                  <p>{strings.enrol.unlikeOwn(added.name)}</p>
                </div>
              )}
              {added.resembles.length > 0 && (
                <div class="v-notice v-notice--error" data-testid="enrol-resembles">
                  <p>
                    <strong>{strings.enrol.resemblesTitle}</strong> {strings.enrol.resembles(added.name, added.resembles)}
                  </p>
                </div>
              )}
              {onGoLive !== undefined && (
                <Button onPress={onGoLive} testId="enrol-go-live">
                  {strings.pilot_page.goLive}
                </Button>
              )}
            </Notice>
          )}
        </div>
        {engine.kind === "failed" && (
          <div class="v-notice v-notice--error" role="alert" data-testid="engine-failed" data-reason={engine.reason}>
            <p>
              <strong>{cameraWords[`engine_${engine.reason}`].title}.</strong> {strings.enrol.engineFailed[engine.reason]}
            </p>
            <Button kind="secondary" onPress={() => vision.current?.load()}>
              {strings.tryAgain}
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
