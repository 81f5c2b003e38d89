import { useEffect, useRef, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Entry, PolicyCategory } from "../api/types";
import { Button } from "../components/button/button";
import { Notice } from "../components/banner/banner";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { FacePicker } from "../components/face-picker/face-picker";
import { FileField, TextArea, TextField } from "../components/field/field";
import { NAME, TEXT, textErrors } from "../components/field/text-errors";
import { base64 } from "../lib/base64";
import { checkPhoto } from "../lib/image-dimensions";
import { nameOf } from "../lib/namesake";
import { rejectionText } from "../lib/rejection";
import { shortfall, shortfallText } from "../lib/shortfall";
import { Camera } from "../officer/camera";
import type { CameraState } from "../officer/state";
import { strings } from "../strings";
import { Vision } from "../vision/client";
import type { EngineState, FoundFace, PhotoResult } from "../vision/protocol";
import { EMPTY, forTheNext, particularsOf, withValue } from "./roster/particulars";
import { ParticularsFields } from "./roster/particulars-fields";

/** Where the form stands. An accepted photo's template lives here until it is added or discarded. */
type Photo =
  | { kind: "none" }
  | { kind: "working" }
  /** With `several`, somebody may say which face is meant. */
  | { kind: "refused"; text: string; reason: string; several?: Blob }
  | { kind: "accepted"; encoded: Extract<PhotoResult, { kind: "encoded" }>; preview: string };

/** What an operation asks of an entry, beyond a name and a photo. */
export type Asked = { categories: PolicyCategory[]; /** The policy's lowest quality, 0..=1. */ floor: number };

type Props = {
  deployment: string;
  /** Whose further photo is wanted; otherwise a new person is enrolled. */
  person: Entry | undefined;
  /** A new person is to be enrolled after all. */
  onNobody: () => void;
  onEntry: (entry: Entry) => void;
  /** Another number whenever somebody, or a photograph, went from the list. */
  losses: number;
  /** For people whom an operation looks for; absent for the volunteers of an exercise. */
  asked: Asked | undefined;
  /** Whether faces are compared with the watchlist already. */
  live: boolean;
  /** Starts an exercise; absent once it is live. */
  onGoLive: (() => Promise<void>) | undefined;
};

export function Enrol({ deployment, person, losses, asked, live, onNobody, onEntry, onGoLive }: Props) {
  const words = asked === undefined ? strings.enrol.volunteers : strings.enrol.listed;
  const [name, setName] = useState("");
  const [draft, setDraft] = useState(EMPTY);
  const [override, setOverride] = useState("");
  const [liveReason, setLiveReason] = useState("");
  const [photo, setPhoto] = useState<Photo>({ kind: "none" });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [added, setAdded] = useState<{ name: string; resembles: string[]; unlikeOwn: boolean; further: boolean; waits: boolean }>();
  // It may have been whoever was added last.
  useEffect(() => setAdded(undefined), [losses]);
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
    }, "desk");
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
  const encode = async (source: Blob | ImageBitmap, face?: FoundFace["box"]) => {
    const mine = turn.current;
    if (!engineReady) await new Promise<void>((resolve) => whenReady.current.push(resolve));
    const result = await vision.current?.encode(source, face);
    if (mine !== turn.current || result === undefined) return;
    switch (result.kind) {
      case "encoded":
        setPhoto({ kind: "accepted", encoded: result, preview: URL.createObjectURL(result.jpeg) });
        break;
      case "rejected":
        setPhoto({
          kind: "refused",
          reason: result.reason,
          text: rejectionText(result),
          ...(result.reason === "several_faces" && source instanceof Blob ? { several: source } : {}),
        });
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

  const findFaces = (source: Blob) => async () => (await vision.current?.faces(source)) ?? [];
  const pick = (source: Blob) => (face: FoundFace["box"]) => {
    begin();
    void encode(source, face);
  };

  const discard = () => {
    turn.current += 1;
    setPhoto({ kind: "none" });
    setErrors([]);
    setOverride("");
  };
  const lack = asked !== undefined && photo.kind === "accepted" ? shortfall([photo.encoded], asked.floor) : undefined;

  const add = async (event: Event) => {
    event.preventDefault();
    if (photo.kind !== "accepted" || adding) return;
    const { template, model, pipeline, transform, quality, compression, jpeg } = photo.encoded;
    const found: FieldError[] = [];
    if (person === undefined && name.trim() === "") found.push({ field: "enrol-name", text: strings.enrol.nameMissing });
    if (person === undefined) found.push(...textErrors(["enrol-name", words.name, name, NAME]));
    const { errors: lacking, particulars } = asked === undefined || person !== undefined ? { errors: [], particulars: undefined } : particularsOf(draft, "enrol");
    found.push(...lacking);
    if (lack !== undefined && override.trim() === "") found.push({ field: "enrol-override", text: strings.particulars.overrideMissing });
    const late = asked !== undefined && live;
    if (late && person === undefined && liveReason.trim() === "") found.push({ field: "enrol-live-reason", text: strings.particulars.liveReasonMissing });
    found.push(...textErrors(["enrol-override", strings.particulars.override, override, TEXT], ["enrol-live-reason", strings.particulars.liveReason, liveReason, TEXT]));
    setErrors(found);
    if (found.length > 0) return;
    setAdding(true);
    const portrait = { template, model, pipeline, transform, quality, jpeg_quality: compression?.quality ?? null, photo: base64(new Uint8Array(await jpeg.arrayBuffer())) };
    const why = lack !== undefined ? { override_reason: override.trim() } : {};
    const reasons = { ...(particulars === undefined ? {} : { particulars }), ...why, ...(late ? { reason: liveReason.trim() } : {}) };
    const result = await ask(
      person === undefined
        ? api.POST("/v1/deployments/{id}/entries", { params: { path: { id: deployment } }, body: { name: name.trim(), portrait, ...reasons } })
        : api.POST("/v1/deployments/{id}/entries/{entry}/photos", { params: { path: { id: deployment, entry: person.id } }, body: { ...portrait, ...why } }),
    );
    setAdding(false);
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    discard();
    setName("");
    setLiveReason("");
    setDraft(forTheNext);
    setAdded({
      name: nameOf(result.value),
      resembles: result.value.resembles.map(nameOf),
      unlikeOwn: result.value.unlike_own,
      further: person !== undefined,
      waits: result.value.waits,
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
          <>
            <TextField id="enrol-name" label={words.name} value={name} onInput={setName} limit={NAME} error={errorFor(errors, "enrol-name")} />
            {asked !== undefined && (
              <ParticularsFields
                prefix="enrol"
                values={draft}
                onInput={(column, value) => setDraft((before) => withValue(before, column, value, asked.categories))}
                errors={errors}
                categories={asked.categories}
              />
            )}
            {asked !== undefined && live && (
              <TextArea
                id="enrol-live-reason"
                label={strings.particulars.liveReason}
                hint={strings.particulars.liveReasonHint}
                rows={2}
                value={liveReason}
                onInput={setLiveReason}
                limit={TEXT}
                error={errorFor(errors, "enrol-live-reason")}
              />
            )}
          </>
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
              {photo.several === undefined ? (
                <p>
                  <strong>{photo.text}</strong> {strings.enrol.nothingLost}
                </p>
              ) : (
                <FacePicker find={findFaces(photo.several)} onPick={pick(photo.several)} />
              )}
            </div>
          )}
          {photo.kind === "accepted" && (
            <div class="v-enrol__accepted" data-testid="enrol-result" data-state="accepted">
              <img src={photo.preview} alt={strings.enrol.preview} />
              <div>
                <p class="govuk-body">
                  <strong>{strings.enrol.good}</strong> {person === undefined && name.trim() === "" && strings.enrol.goodWithout}
                </p>
                {asked !== undefined && lack !== undefined && (
                  <>
                    <p class="govuk-body">{shortfallText(lack, asked.floor)}</p>
                    <TextArea
                      id="enrol-override"
                      label={strings.particulars.override}
                      hint={strings.particulars.overrideHint}
                      rows={2}
                      value={override}
                      onInput={setOverride}
                      limit={TEXT}
                      error={errorFor(errors, "enrol-override")}
                    />
                  </>
                )}
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
                <strong>{added.further ? strings.enrol.addedFurther(added.name) : strings.enrol.added(added.name)}</strong> {onGoLive !== undefined ? strings.enrol.another : added.waits ? strings.enrol.waits : live ? strings.enrol.anotherLive : ""}
              </p>
              {added.unlikeOwn && (
                <div class="v-notice v-notice--error" data-testid="enrol-unlike">
                  <p>{strings.enrol.unlikeOwn(added.name)}</p>
                </div>
              )}
              {added.resembles.length > 0 && (
                <div class="v-notice v-notice--error" data-testid="enrol-resembles">
                  <p>
                    <strong>{strings.enrol.resemblesTitle}</strong>{" "}
                    {asked === undefined ? strings.enrol.resembles(added.name, added.resembles) : strings.enrol.resemblesListed(added.name, added.resembles)}
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
