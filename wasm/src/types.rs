//! What crosses the border, as plain objects; TypeScript's types are made from these.

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use vedette_core::compression::JpegQuality;
use vedette_core::detect::Detection;
use vedette_core::geometry::{Point, Rect};
use vedette_core::image::{Layout, Rgb};
use vedette_core::presentation;
use vedette_core::template::TemplateSpace;
use vedette_core::zone;
use vedette_engine::{Enrolment, FaceState, Refusal, Shot, VisitState};
use zeroize::Zeroize;

/// How a frame's bytes are laid out.
#[derive(Clone, Copy, Debug, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum FrameLayout {
    Rgba,
    I420,
    Nv12,
}

impl From<FrameLayout> for Layout {
    fn from(layout: FrameLayout) -> Self {
        match layout {
            FrameLayout::Rgba => Self::Rgba,
            FrameLayout::I420 => Self::I420,
            FrameLayout::Nv12 => Self::Nv12,
        }
    }
}

#[derive(Clone, Debug, Serialize, Tsify)]
pub struct Space {
    pub model: String,
    pub pipeline: u32,
    pub dimensions: usize,
}

impl From<TemplateSpace> for Space {
    fn from(space: TemplateSpace) -> Self {
        Self {
            model: space.model.into(),
            pipeline: space.pipeline.0,
            dimensions: space.dimensions,
        }
    }
}

/// A zone of recognition, as the server keeps it.
#[derive(Clone, Debug, Deserialize, Tsify)]
pub struct Zone {
    /// 3 to 12, in order along the outline.
    pub corners: Vec<Corner>,
    /// Widths of faces as shares of the picture's longer side.
    pub smallest: f32,
    pub largest: f32,
}

/// Shares of the picture's width and height, 0..=1, from its top left.
#[derive(Clone, Copy, Debug, Deserialize, Tsify)]
pub struct Corner {
    pub x: f32,
    pub y: f32,
}

impl TryFrom<Zone> for zone::Zone {
    type Error = zone::ZoneError;

    fn try_from(zone: Zone) -> Result<Self, Self::Error> {
        let corners = zone.corners.iter().map(|&Corner { x, y }| zone::Corner { x, y });
        Self::new(zone::ZoneParts {
            corners: corners.collect(),
            smallest: zone.smallest,
            largest: zone.largest,
        })
    }
}

/// Pixels of the frame.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
pub struct Box {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl From<Rect> for Box {
    fn from(r: Rect) -> Self {
        Self {
            x: r.x,
            y: r.y,
            width: r.width,
            height: r.height,
        }
    }
}

/// Pixels of the frame.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
pub struct Landmark {
    pub x: f32,
    pub y: f32,
}

impl From<Point> for Landmark {
    fn from(p: Point) -> Self {
        Self { x: p.x, y: p.y }
    }
}

/// Why a face can't be compared.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Uncertain,
    TooSmall,
    CutOff,
    Turned,
    TooDark,
    TooBright,
    Blurred,
}

impl From<vedette_core::quality::Reason> for Reason {
    fn from(reason: vedette_core::quality::Reason) -> Self {
        use vedette_core::quality::Reason as Core;
        match reason {
            Core::Uncertain => Self::Uncertain,
            Core::TooSmall => Self::TooSmall,
            Core::CutOff => Self::CutOff,
            Core::Turned => Self::Turned,
            Core::TooDark => Self::TooDark,
            Core::TooBright => Self::TooBright,
            Core::Blurred => Self::Blurred,
        }
    }
}

#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not in the zone, or not of the size wanted there.
    Outside,
    Assessing,
    NotAssessable,
    /// A template of this face has been offered.
    Sent,
}

#[derive(Clone, Debug, Serialize, Tsify)]
pub struct Face {
    pub track: String,
    #[serde(rename = "box")]
    pub rect: Box,
    /// Right eye, left eye, nose, right and left corner of the mouth; the person's own right and left.
    pub landmarks: [Landmark; 5],
    pub state: State,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// 0..=1.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<f32>,
}

impl Face {
    fn of(face: &vedette_engine::Face) -> Self {
        let (state, reason, quality) = match face.state {
            FaceState::Outside(_) => (State::Outside, None, None),
            FaceState::NotAssessable(reason) => (State::NotAssessable, Some(reason.into()), None),
            FaceState::Assessing(quality) => (State::Assessing, None, Some(quality.get())),
            FaceState::Sent(quality) => (State::Sent, None, Some(quality.get())),
        };
        Self {
            track: face.track.to_string(),
            rect: face.detection.rect.into(),
            landmarks: face.detection.landmarks.points().map(Into::into),
            state,
            reason,
            quality,
        }
    }
}

/// A template to send, and when its frame was captured.
#[derive(Clone, Serialize, Tsify)]
pub struct CandidateOut {
    pub id: String,
    pub track: String,
    /// Tracks of the other faces in the frame.
    pub beside: Vec<String>,
    pub model: String,
    pub pipeline: u32,
    /// Names the deployment's transform that the template went through.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transform: Option<String>,
    /// Of the newest shot, 0..=1.
    pub quality: f32,
    /// How many shots of the track the template was fused from.
    pub shots: u8,
    /// Base64 of little-endian half-precision numbers, unit length.
    pub template: String,
    /// The frame's `t_ms`.
    pub t_ms: f64,
}

impl CandidateOut {
    pub(crate) fn of(shot: &Shot) -> Self {
        let space = shot.template.space();
        Self {
            id: shot.id.to_string(),
            track: shot.track.to_string(),
            beside: shot.beside.tracks().iter().map(ToString::to_string).collect(),
            model: space.model.to_string(),
            pipeline: space.pipeline.0,
            transform: space.transform.as_ref().map(ToString::to_string),
            quality: shot.quality.get(),
            shots: shot.shots.into(),
            template: shot.template.encode(),
            t_ms: shot.captured.0,
        }
    }
}

impl Drop for CandidateOut {
    fn drop(&mut self) {
        self.template.zeroize();
    }
}

impl std::fmt::Debug for CandidateOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CandidateOut")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What the person at a kiosk is asked to do; the person's own left and right.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Ahead,
    Left,
    Right,
}

/// Why a face was not taken for a head.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Late,
    OtherWay,
    Flat,
    Jumped,
    Gone,
    Another,
}

/// What stands in the way of looking at a face.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(untagged)]
pub enum Hint {
    Visit(VisitHint),
    Face(Reason),
}

#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum VisitHint {
    Nobody,
    Several,
    TooNear,
    Covered,
}

impl From<presentation::Hint> for Hint {
    fn from(hint: presentation::Hint) -> Self {
        use presentation::Hint as Core;
        match hint {
            Core::Nobody => Self::Visit(VisitHint::Nobody),
            Core::Several => Self::Visit(VisitHint::Several),
            Core::TooNear => Self::Visit(VisitHint::TooNear),
            Core::Covered => Self::Visit(VisitHint::Covered),
            Core::Gate(reason) => Self::Face(reason.into()),
        }
    }
}

#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Standing {
    Asking { ask: Ask },
    Passed,
    Failed { fault: Fault },
}

impl From<Result<presentation::Standing, presentation::Fault>> for Standing {
    fn from(standing: Result<presentation::Standing, presentation::Fault>) -> Self {
        use presentation::{Ask as CoreAsk, Fault as Core, Standing as Passing, Turn};
        match standing {
            Ok(Passing::Passed) => Self::Passed,
            Ok(Passing::Asking(ask)) => Self::Asking {
                ask: match ask {
                    CoreAsk::Ahead => Ask::Ahead,
                    CoreAsk::Turn(Turn::Left) => Ask::Left,
                    CoreAsk::Turn(Turn::Right) => Ask::Right,
                },
            },
            Err(fault) => Self::Failed {
                fault: match fault {
                    Core::Late => Fault::Late,
                    Core::OtherWay => Fault::OtherWay,
                    Core::Flat => Fault::Flat,
                    Core::Jumped => Fault::Jumped,
                    Core::Gone => Fault::Gone,
                    Core::Another => Fault::Another,
                },
            },
        }
    }
}

/// How a visit to a kiosk goes on.
#[derive(Clone, Debug, Serialize, Tsify)]
pub struct Visit {
    /// The track of the visitor's face, among the faces of the frame.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<String>,
    pub standing: Standing,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
}

impl From<VisitState> for Visit {
    fn from(state: VisitState) -> Self {
        Self {
            visitor: state.visitor.map(|track| track.to_string()),
            standing: state.standing.into(),
            hint: state.hint.map(Into::into),
        }
    }
}

/// An aligned face of 112x112 pixels: red, green, blue, interleaved.
#[derive(Clone, Serialize, Tsify)]
pub struct Aligned {
    pub id: String,
    #[serde(with = "serde_bytes")]
    #[tsify(type = "Uint8Array<ArrayBuffer>")]
    pub rgb: Vec<u8>,
}

impl Aligned {
    fn of(aligned: &vedette_engine::Aligned) -> Self {
        Self {
            id: aligned.id.to_string(),
            rgb: aligned.face.pixels().to_vec(),
        }
    }
}

impl Drop for Aligned {
    fn drop(&mut self) {
        self.rgb.zeroize();
    }
}

impl std::fmt::Debug for Aligned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Aligned").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Serialize, Tsify)]
pub struct EndedTrack {
    pub track: String,
    /// At least one template was offered.
    pub assessable: bool,
}

#[derive(Clone, Debug, Serialize, Tsify)]
pub struct Step {
    pub faces: Vec<Face>,
    pub candidates: Vec<CandidateOut>,
    /// A face whose embedding is awaited from elsewhere.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aligned: Option<Aligned>,
    pub ended: Vec<EndedTrack>,
    /// While there is a visit to a kiosk.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
}

impl From<vedette_engine::Step> for Step {
    fn from(step: vedette_engine::Step) -> Self {
        Self {
            faces: step.faces.iter().map(Face::of).collect(),
            candidates: step.shots.iter().map(CandidateOut::of).collect(),
            aligned: step.aligned.as_ref().map(Aligned::of),
            ended: step
                .ended
                .iter()
                .map(|(track, assessable)| EndedTrack {
                    track: track.to_string(),
                    assessable: *assessable,
                })
                .collect(),
            visit: step.visit.map(Into::into),
        }
    }
}

#[derive(Clone, Copy, Debug, Serialize, Tsify)]
pub struct DetectedFace {
    #[serde(rename = "box")]
    pub rect: Box,
    pub landmarks: [Landmark; 5],
    /// 0..=1.
    pub score: f32,
}

impl DetectedFace {
    pub(crate) fn of(detection: &Detection) -> Self {
        Self {
            rect: detection.rect.into(),
            landmarks: detection.landmarks.points().map(Into::into),
            score: detection.score,
        }
    }
}

/// A picture: red, green, blue, alpha, interleaved.
#[derive(Clone, Serialize, Tsify)]
pub struct Crop {
    pub width: u32,
    pub height: u32,
    #[serde(with = "serde_bytes")]
    #[tsify(type = "Uint8Array")]
    pub rgba: Vec<u8>,
}

impl Crop {
    pub(crate) fn of(image: &Rgb) -> Self {
        let size = image.size();
        Self {
            width: size.width,
            height: size.height,
            rgba: image.to_rgba(),
        }
    }
}

impl Drop for Crop {
    fn drop(&mut self) {
        self.rgba.zeroize();
    }
}

impl std::fmt::Debug for Crop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Crop")
            .field("width", &self.width)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

/// How strongly a JPEG file was compressed.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
pub struct Compression {
    /// 1..=100; higher is finer.
    pub quality: u8,
    /// A reference of it needs no reason.
    pub enough: bool,
}

impl From<JpegQuality> for Compression {
    fn from(quality: JpegQuality) -> Self {
        Self {
            quality: quality.get(),
            enough: quality.is_enough(),
        }
    }
}

/// Not enough faces in a photograph, or too many.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    NoFace,
    SeveralFaces,
}

#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(untagged)]
pub enum PhotoReason {
    Count(Count),
    Face(Reason),
}

/// What came of a photograph.
#[derive(Clone, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Encoded {
    Encoded {
        template: String,
        quality: f32,
        model: String,
        pipeline: u32,
        #[tsify(optional)]
        #[serde(skip_serializing_if = "Option::is_none")]
        transform: Option<String>,
        crop: Crop,
    },
    Rejected {
        reason: PhotoReason,
        faces: usize,
    },
}

impl Encoded {
    pub(crate) fn of(outcome: Result<Enrolment, Refusal>) -> Self {
        match outcome {
            Ok(enrolment) => {
                let space = enrolment.template.space();
                Self::Encoded {
                    template: enrolment.template.encode(),
                    quality: enrolment.quality.get(),
                    model: space.model.to_string(),
                    pipeline: space.pipeline.0,
                    transform: space.transform.as_ref().map(ToString::to_string),
                    crop: Crop::of(&enrolment.picture),
                }
            }
            Err(Refusal::NoFace) => Self::Rejected {
                reason: PhotoReason::Count(Count::NoFace),
                faces: 0,
            },
            Err(Refusal::SeveralFaces(faces)) => Self::Rejected {
                reason: PhotoReason::Count(Count::SeveralFaces),
                faces,
            },
            Err(Refusal::Quality(reason)) => Self::Rejected {
                reason: PhotoReason::Face(reason.into()),
                faces: 1,
            },
        }
    }
}

impl std::fmt::Debug for Encoded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Encoded { .. } => "Encoded",
            Self::Rejected { .. } => "Rejected",
        })
    }
}
