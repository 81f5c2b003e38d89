//! The border between the engine and the browser. It converts and calls; it decides nothing.

mod types;

use std::sync::Arc;

use js_sys::{Date, Float32Array};
use tsify::{Ts, Tsify};
use uuid::{Builder, Uuid};
use vedette_core::align::SIDE;
use vedette_core::detect::InputSide;
use vedette_core::geometry::Size;
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::manifest::{Hashed, Manifest, Sha256Hex};
use vedette_core::presentation::Challenge;
use vedette_core::track::{Ids, Millis};
use vedette_core::transform::{Seed, Transform};
use vedette_core::zone::ZoneError;
use vedette_engine::{Detector, Embedder, EngineError, Kernels, Models, Pipeline, Weights, enrol, photo};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use types::{CandidateOut, Compression, Crop, DetectedFace, Encoded, FrameLayout, Space, Step, Zone};

/// Of a photograph's file that is decoded here: some 100 MB while it is. The browser makes larger ones smaller first.
const MOST_PIXELS: u64 = 12_000_000;

#[wasm_bindgen(start)]
fn start() {
    // Runs the static constructors with which tract registers its kernels.
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    // SAFETY: the linker writes this function; it takes nothing, and nothing else calls it.
    unsafe { __wasm_call_ctors() }
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds, as finely as the browser tells them.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

/// The models, loaded one after the other, then at work.
#[wasm_bindgen]
pub struct Engine {
    models: Models,
    detector: Option<Detector>,
    embedder: Option<Embedder>,
    pipeline: Option<Pipeline>,
}

/// The embedder alone, for an [`Engine`] in another worker.
#[wasm_bindgen]
pub struct Embedding {
    models: Models,
    weights: Option<Weights>,
    embedder: Option<Embedder>,
}

#[wasm_bindgen]
impl Embedding {
    /// `sha256` is that of `bytes`, from the browser itself. Refuses those that are not the published file: throws with kind `model_corrupt`.
    #[wasm_bindgen(constructor)]
    pub fn new(manifest: &str, bytes: &[u8], sha256: String) -> Result<Embedding, JsValue> {
        let models = models(manifest)?;
        let weights = Some(models.read_embedder(hashed(bytes, sha256)?).map_err(engine_failure)?);
        Ok(Self {
            models,
            weights,
            embedder: None,
        })
    }

    /// `measurements` are those of the engine on the same machine.
    pub fn prepare(&mut self, measurements: &[f64]) -> Result<(), JsValue> {
        let weights = self
            .weights
            .take()
            .ok_or_else(|| failure("not_loaded", &"it is prepared once"))?;
        self.models.set_kernels(Kernels::known_or_measured(measurements, now));
        let embedder = self.models.embedder_of(&weights).map_err(engine_failure)?;
        embedder.warm_up().map_err(engine_failure)?;
        self.embedder = Some(embedder);
        Ok(())
    }

    /// Of a face as [`Engine::step`] hands it out. The caller overwrites what it is given, which is the only copy.
    pub fn embed(&self, rgb: Vec<u8>) -> Result<Float32Array, JsValue> {
        let embedder = self
            .embedder
            .as_ref()
            .ok_or_else(|| failure("not_loaded", &"prepare it first"))?;
        let rgb = Zeroizing::new(rgb);
        let mut face = Rgb::black(Size {
            width: SIDE,
            height: SIDE,
        });
        if rgb.len() != face.pixels().len() {
            return Err(failure("frame_invalid", &"an aligned face has 112x112 pixels"));
        }
        face.pixels_mut().copy_from_slice(&rgb);
        let embedding = embedder.embedding(&face).map_err(engine_failure)?;
        let given = Float32Array::new_with_length(embedding.len() as u32);
        given.copy_from(&embedding);
        Ok(given)
    }

    /// Overwrites what is left of the last face.
    pub fn wipe(&self) {
        vedette_engine::wipe();
    }
}

impl std::fmt::Debug for Embedding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedding")
            .field("models", &self.models)
            .finish_non_exhaustive()
    }
}

#[wasm_bindgen]
impl Engine {
    /// `manifest` is the text of models/manifest.toml. `measurements` are those of an engine of this build on this machine, where there was
    /// one: without them the loops are tried, for a tenth of a second.
    #[wasm_bindgen(constructor)]
    pub fn new(manifest: &str, measurements: Option<Vec<f64>>) -> Result<Engine, JsValue> {
        let mut models = models(manifest)?;
        models.set_kernels(Kernels::known_or_measured(&measurements.unwrap_or_default(), now));
        Ok(Self {
            models,
            detector: None,
            embedder: None,
            pipeline: None,
        })
    }

    /// The SIMD level of the loops in which the networks' time goes.
    pub fn simd(&self) -> String {
        self.models.simd().to_owned()
    }

    /// What was measured of the loops, for an [`Embedding`], or another engine, of this build on the same machine.
    pub fn measurements(&self) -> Vec<f64> {
        self.models.kernels().measurements()
    }

    /// `sha256` is that of `bytes`, from the browser itself. Refuses those that are not the published file: throws with kind `model_corrupt`.
    pub fn load_detector(&mut self, bytes: &[u8], sha256: String) -> Result<(), JsValue> {
        let file = hashed(bytes, sha256)?;
        self.detector = Some(self.models.detector(file).map_err(engine_failure)?);
        self.assemble();
        Ok(())
    }

    /// `sha256` is that of `bytes`, from the browser itself. Refuses those that are not the published file: throws with kind `model_corrupt`.
    pub fn load_embedder(&mut self, bytes: &[u8], sha256: String) -> Result<(), JsValue> {
        let file = hashed(bytes, sha256)?;
        self.embedder = Some(self.models.embedder(file).map_err(engine_failure)?);
        self.assemble();
        Ok(())
    }

    /// Instead of an embedder: faces are handed out to an [`Embedding`] from now on.
    pub fn embed_elsewhere(&mut self) -> Result<(), JsValue> {
        let space = self.models.space().map_err(engine_failure)?;
        let detector = self
            .detector
            .take()
            .ok_or_else(|| failure("not_loaded", &"load the detector first"))?;
        self.pipeline = Some(Pipeline::beside(detector, space));
        Ok(())
    }

    /// Runs the networks once on a blank frame of the size that the camera delivers.
    pub fn warm_up(&mut self, width: u32, height: u32) -> Result<(), JsValue> {
        let size = Frame::fits(Size { width, height }).map_err(|e| failure("frame_invalid", &e))?;
        self.pipeline()?.warm_up(size).map_err(engine_failure)
    }

    /// Where in the picture faces count, and of which size. Throws with kind `zone_invalid`.
    pub fn set_zone(&mut self, zone: Ts<Zone>) -> Result<(), JsValue> {
        let zone = zone.to_rust().map_err(|e| failure("zone_invalid", &e))?;
        let zone = zone.try_into().map_err(|e: ZoneError| failure("zone_invalid", &e))?;
        self.pipeline()?.set_zone(zone);
        Ok(())
    }

    /// From now on templates fit the deployment whose seed this is, and no other. Throws with kind `seed_invalid`. The caller
    /// overwrites its own copy.
    pub fn set_transform(&mut self, seed: Vec<u8>) -> Result<(), JsValue> {
        let seed = Seed::new(&Zeroizing::new(seed)).map_err(|e| failure("seed_invalid", &e))?;
        let space = self.models.space().map_err(engine_failure)?;
        let transform = Transform::new(&seed, space.dimensions);
        self.pipeline()?.set_transform(Some(Arc::new(transform)));
        Ok(())
    }

    /// Overwrites the transform, with every face and picture. From now on templates fit no deployment that has one.
    pub fn forget_transform(&mut self) {
        if let Some(pipeline) = self.pipeline.as_mut() {
            pipeline.set_transform(None);
        }
    }

    /// From now on, for good, nothing is offered outside a visit. Forgets every face.
    pub fn stand_as_kiosk(&mut self) -> Result<(), JsValue> {
        self.pipeline()?.stand_as_kiosk();
        Ok(())
    }

    /// Somebody begins a visit to this kiosk: nothing is offered until the face has shown that it is a head, by turning as it is
    /// asked to. Forgets every face.
    pub fn begin_visit(&mut self) -> Result<(), JsValue> {
        self.pipeline()?.begin_visit(Challenge::drawn(random()[0]));
        Ok(())
    }

    /// What the models of this engine make: templates of this space, until a deployment's transform takes them out of it.
    pub fn space(&self) -> Result<Ts<Space>, JsValue> {
        out(&self.models.space().map_err(engine_failure)?.into())
    }

    /// One frame. `t_ms` is when it was captured, on a clock that never runs backwards.
    pub fn step(
        &mut self,
        pixels: Vec<u8>,
        layout: Ts<FrameLayout>,
        width: u32,
        height: u32,
        t_ms: f64,
    ) -> Result<Ts<Step>, JsValue> {
        let pixels = Zeroizing::new(pixels);
        let layout = layout.to_rust().map_err(|e| failure("frame_invalid", &e))?;
        let frame = frame(&pixels, layout.into(), width, height)?;
        let step = self
            .pipeline()?
            .step(&frame, Millis(t_ms), &mut RandomIds)
            .map_err(engine_failure)?;
        out(&step.into())
    }

    /// What the [`Embedding`] said of the face that a step handed out; nothing where that isn't awaited any more.
    pub fn embedded(&mut self, id: &str, embedding: Vec<f32>) -> Result<Option<Ts<CandidateOut>>, JsValue> {
        let embedding = Zeroizing::new(embedding);
        let Ok(id) = id.parse() else { return Ok(None) };
        let shot = self.pipeline()?.embedded(id, &embedding).map_err(engine_failure)?;
        shot.map(|shot| out(&CandidateOut::of(&shot))).transpose()
    }

    /// The face behind an offered template, with a margin, while it is kept.
    pub fn crop(&self, candidate: &str) -> Result<Option<Ts<Crop>>, JsValue> {
        let picture = candidate
            .parse()
            .ok()
            .zip(self.pipeline.as_ref())
            .and_then(|(id, p)| p.picture(id));
        picture.map(|p| out(&Crop::of(p))).transpose()
    }

    /// Overwrites the picture behind an answered candidate.
    pub fn forget(&mut self, candidate: &str) {
        if let (Some(pipeline), Ok(candidate)) = (self.pipeline.as_mut(), candidate.parse()) {
            pipeline.forget(candidate);
        }
    }

    /// A candidate of that track was not compared, so it does not count among those that a track may offer.
    pub fn unsent(&mut self, track: &str) {
        if let (Some(pipeline), Ok(track)) = (self.pipeline.as_mut(), track.parse()) {
            pipeline.unsent(track);
        }
    }

    /// Forgets every face and overwrites every picture.
    pub fn reset(&mut self) {
        if let Some(pipeline) = self.pipeline.as_mut() {
            pipeline.reset();
        }
    }

    /// A reference from a JPEG or PNG file, or why it can't be one; nothing for a file that this code can't read, or that
    /// has more pixels than a tablet has memory for.
    pub fn encode_file(&mut self, bytes: Vec<u8>) -> Result<Option<Ts<Encoded>>, JsValue> {
        let bytes = Zeroizing::new(bytes);
        let Ok(image) = photo::read(&bytes, MOST_PIXELS) else {
            return Ok(None);
        };
        let (detector, embedder) = self.pipeline()?.networks().map_err(engine_failure)?;
        let outcome = enrol(&image, detector, embedder).map_err(engine_failure)?;
        out(&Encoded::of(outcome)).map(Some)
    }

    /// How strongly a JPEG file was compressed; nothing for any other file.
    pub fn compression(bytes: &[u8]) -> Result<Option<Ts<Compression>>, JsValue> {
        photo::compression(bytes)
            .map(|quality| out(&Compression::from(quality)))
            .transpose()
    }

    /// A reference from one photograph, or why it can't be one.
    pub fn encode_photo(&mut self, rgba: Vec<u8>, width: u32, height: u32) -> Result<Ts<Encoded>, JsValue> {
        let image = rgb(&Zeroizing::new(rgba), width, height)?;
        let (detector, embedder) = self.pipeline()?.networks().map_err(engine_failure)?;
        let outcome = enrol(&image, detector, embedder).map_err(engine_failure)?;
        out(&Encoded::of(outcome))
    }

    /// Faces of an image whose longer side becomes `longest` pixels, a multiple of 32; best first, in the image's pixels.
    pub fn detect(
        &mut self,
        rgba: &[u8],
        width: u32,
        height: u32,
        longest: u32,
    ) -> Result<Vec<Ts<DetectedFace>>, JsValue> {
        let image = rgb(rgba, width, height)?;
        let longest = side(longest)?;
        let found = self
            .pipeline()?
            .networks()
            .map_err(engine_failure)?
            .0
            .detect(&image, longest)
            .map_err(engine_failure)?;
        found.iter().map(|d| out(&DetectedFace::of(d))).collect()
    }

    /// The template of an aligned face of 112x112 pixels, unit length.
    pub fn embed(&mut self, rgba: &[u8]) -> Result<Vec<f32>, JsValue> {
        let image = rgb(rgba, SIDE, SIDE)?;
        let template = self
            .pipeline()?
            .networks()
            .and_then(|(_, embedder)| embedder.embed(&image))
            .map_err(engine_failure)?;
        Ok(template.values().to_vec())
    }

    /// The template of the best face in an image, unit length; nothing where there is no face.
    pub fn embed_best(
        &mut self,
        rgba: &[u8],
        width: u32,
        height: u32,
        longest: u32,
    ) -> Result<Option<Vec<f32>>, JsValue> {
        let image = rgb(rgba, width, height)?;
        let longest = side(longest)?;
        let (detector, embedder) = self.pipeline()?.networks().map_err(engine_failure)?;
        let found = detector.detect(&image, longest).map_err(engine_failure)?;
        let Some(best) = found.first() else { return Ok(None) };
        let template = embedder.embed_face(&image, &best.landmarks).map_err(engine_failure)?;
        Ok(Some(template.values().to_vec()))
    }
}

impl Engine {
    fn assemble(&mut self) {
        match (self.detector.take(), self.embedder.take()) {
            (Some(detector), Some(embedder)) => self.pipeline = Some(Pipeline::new(detector, embedder)),
            (detector, embedder) => (self.detector, self.embedder) = (detector, embedder),
        }
    }

    fn pipeline(&mut self) -> Result<&mut Pipeline, JsValue> {
        self.pipeline
            .as_mut()
            .ok_or_else(|| failure("not_loaded", &"load both models first"))
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("models", &self.models)
            .finish_non_exhaustive()
    }
}

fn models(manifest: &str) -> Result<Models, JsValue> {
    Manifest::parse(manifest)
        .map(Models::new)
        .map_err(|e| failure("manifest_invalid", &e))
}

fn hashed(bytes: &[u8], sha256: String) -> Result<Hashed<'_>, JsValue> {
    let sha256 = Sha256Hex::try_from(sha256).map_err(|e| failure("model_corrupt", &e))?;
    Ok(Hashed::by_host(bytes, sha256))
}

fn frame(pixels: &[u8], layout: Layout, width: u32, height: u32) -> Result<Frame<'_>, JsValue> {
    Frame::new(pixels, layout, Size { width, height }).map_err(|e| failure("frame_invalid", &e))
}

fn side(longest: u32) -> Result<InputSide, JsValue> {
    InputSide::new(longest).map_err(|e| failure("frame_invalid", &e))
}

fn rgb(rgba: &[u8], width: u32, height: u32) -> Result<Rgb, JsValue> {
    let frame = frame(rgba, Layout::Rgba, width, height)?;
    let mut image = Rgb::black(frame.size());
    frame.to_rgb(&mut image);
    Ok(image)
}

fn out<T: Tsify + serde::Serialize>(value: &T) -> Result<Ts<T>, JsValue> {
    Ts::from_rust(value).map_err(|e| failure("engine_failed", &e))
}

/// A thrown error is an `Error` with a `kind` from a closed set.
fn failure(kind: &str, error: &dyn std::fmt::Display) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    // Setting a property of a fresh object can't fail.
    let _ = js_sys::Reflect::set(&thrown, &"kind".into(), &kind.into());
    thrown.into()
}

fn engine_failure(error: EngineError) -> JsValue {
    let kind = match error {
        EngineError::Corrupt(_) => "model_corrupt",
        EngineError::Unsupported { .. } => "model_unsupported",
        EngineError::Run(_) => "engine_failed",
        EngineError::Template(_) => "template_invalid",
    };
    failure(kind, &error)
}

/// UUIDs of version 7 from the browser's clock and random numbers.
struct RandomIds;

impl Ids for RandomIds {
    fn next(&mut self) -> Uuid {
        Builder::from_unix_timestamp_millis(Date::now() as u64, &random()).into_uuid()
    }
}

fn random() -> [u8; 10] {
    let mut random = [0u8; 10];
    // Without random numbers an id would repeat; the browser's source does not fail where WASM runs.
    if getrandom::fill(&mut random).is_err() {
        wasm_bindgen::throw_str("this browser gives no random numbers");
    }
    random
}
