use std::collections::HashMap;

use vedette_core::align::align;
use vedette_core::detect::{Detection, DetectionLimits, InputSide};
use vedette_core::id::{CandidateId, TrackId};
use vedette_core::image::{Frame, Rgb};
use vedette_core::quality::{Limits, Pose, Quality, Reason, Verdict, assess, check_shape};
use vedette_core::shot::{Fusion, Offers, Shots};
use vedette_core::template::Template;
use vedette_core::track::{Ids, Millis, Track, Tracker};
use vedette_core::wire::Beside;

use crate::{Detector, Embedder, EngineError};

/// What a frame showed.
#[derive(Debug)]
pub struct Step {
    /// In pixels of the frame.
    pub faces: Vec<Face>,
    /// At most one a frame: an embedding costs as much as several detections.
    pub shots: Vec<Shot>,
    /// Tracks that ended: `true` where at least one template was offered.
    pub ended: Vec<(TrackId, bool)>,
}

#[derive(Clone, Copy, Debug)]
pub struct Face {
    pub track: TrackId,
    pub detection: Detection,
    pub state: FaceState,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FaceState {
    NotAssessable(Reason),
    Assessing(Quality),
    /// A template of this track has been offered.
    Sent(Quality),
}

/// A template to be compared, and when its frame was captured.
#[derive(Debug)]
pub struct Shot {
    pub id: CandidateId,
    pub track: TrackId,
    /// The other faces of the frame.
    pub beside: Beside,
    pub captured: Millis,
    /// Of the newest shot.
    pub quality: Quality,
    /// Fused from so many shots of the track.
    pub template: Template,
    pub shots: Shots,
}

#[derive(Default, Debug)]
struct Following {
    offers: Offers,
    fusion: Fusion,
}

/// The picture behind an offered template, kept until the server has answered.
struct Kept {
    picture: Rgb,
    captured: Millis,
}

/// From frames to templates:
/// 1. the frame becomes RGB, in a buffer that is used again;
/// 2. the detector finds faces on a smaller copy;
/// 3. the tracker says which of them are old acquaintances;
/// 4. the gate rejects what can't be compared, and says why;
/// 5. of the good shots the most wanted one is aligned and embedded.
pub struct Pipeline {
    detector: Detector,
    embedder: Embedder,
    limits: Limits,
    side: InputSide,
    frame: Rgb,
    tracker: Tracker<Following>,
    kept: HashMap<CandidateId, Kept>,
}

/// Pictures are overwritten this long after capture at the latest.
const KEEP_MS: f64 = 5_000.0;
/// A picture for officers shows the face with this much around it.
const MARGIN: f32 = 1.6;
/// The longer side of a picture for officers, pixels.
const PICTURE_SIDE: u32 = 256;

impl Pipeline {
    pub fn new(detector: Detector, embedder: Embedder) -> Self {
        Self {
            detector,
            embedder,
            limits: Limits::WATCH,
            side: InputSide::LIVE,
            frame: Rgb::black(vedette_core::geometry::Size { width: 1, height: 1 }),
            tracker: Tracker::new(),
            kept: HashMap::new(),
        }
    }

    /// Looks for smaller faces, or for larger ones faster; without this the side is [`InputSide::LIVE`].
    #[must_use]
    pub fn with_side(self, side: InputSide) -> Self {
        Self { side, ..self }
    }

    pub fn side(&self) -> InputSide {
        self.side
    }

    /// For enrolment and tests, which use the networks without following anyone.
    pub fn networks(&mut self) -> (&mut Detector, &Embedder) {
        (&mut self.detector, &self.embedder)
    }

    /// `now` is when the frame was captured, on a clock that never runs backwards.
    pub fn step(&mut self, frame: &Frame<'_>, now: Millis, ids: &mut impl Ids) -> Result<Step, EngineError> {
        self.kept.retain(|_, kept| now.since(kept.captured) <= KEEP_MS);
        frame.to_rgb(&mut self.frame);
        let found = self
            .detector
            .detect_within(&self.frame, self.side, DetectionLimits::FAINT)?;
        let (tracks, ended) = self.tracker.update(&found, now, ids);
        let mut faces = Vec::with_capacity(found.len());
        let mut wanted: Option<Wanted> = None;
        for (detection, index) in found.iter().zip(tracks) {
            let Some((index, track)) = index.and_then(|i| Some((i, self.tracker.track_mut(i)?))) else {
                continue;
            };
            let id = track.id;
            let offers = track.data.offers;
            let state = match self.look(detection) {
                Err(reason) => FaceState::NotAssessable(reason),
                Ok((quality, aligned)) => {
                    let pose = Pose::of(&detection.landmarks);
                    if offers.wants(quality, pose, now) {
                        let next = Wanted {
                            index,
                            pose,
                            first: offers.is_first(),
                            quality,
                            aligned,
                        };
                        wanted = Some(match wanted.take() {
                            Some(best) if !next.before(&best) => best,
                            _ => next,
                        });
                    }
                    if offers.is_first() {
                        FaceState::Assessing(quality)
                    } else {
                        FaceState::Sent(quality)
                    }
                }
            };
            faces.push(Face {
                track: id,
                detection: *detection,
                state,
            });
        }
        let shots = match wanted {
            Some(wanted) => self.offer(&wanted, &faces, now, ids)?.into_iter().collect(),
            None => Vec::new(),
        };
        let ended = ended
            .iter()
            .map(|t: &Track<Following>| (t.id, !t.data.offers.is_first()))
            .collect();
        Ok(Step { faces, shots, ended })
    }

    /// The picture behind an offered template, with a margin, while it is kept.
    pub fn picture(&self, candidate: CandidateId) -> Option<&Rgb> {
        self.kept.get(&candidate).map(|k| &k.picture)
    }

    /// A shot of that track could not be compared: it does not count among those that a track may offer.
    pub fn unsent(&mut self, track: TrackId) {
        if let Some(track) = self.tracker.track_of(track) {
            track.data.offers.retract();
        }
    }

    /// Overwrites the picture behind an answered candidate.
    pub fn forget(&mut self, candidate: CandidateId) {
        self.kept.remove(&candidate);
    }

    /// Forgets every face and overwrites every picture.
    pub fn reset(&mut self) {
        self.kept.clear();
        self.tracker.clear();
        self.frame.wipe();
    }

    fn look(&self, detection: &Detection) -> Result<(Quality, Rgb), Reason> {
        check_shape(detection, self.frame.size(), &self.limits)?;
        let aligned = align(&self.frame, &detection.landmarks).map_err(|_| Reason::Uncertain)?;
        match assess(detection, self.frame.size(), &aligned, &self.limits) {
            Verdict::Use(quality) => Ok((quality, aligned)),
            Verdict::Reject(reason) => Err(reason),
        }
    }

    fn offer(
        &mut self,
        wanted: &Wanted,
        faces: &[Face],
        now: Millis,
        ids: &mut impl Ids,
    ) -> Result<Option<Shot>, EngineError> {
        let template = self.embedder.embed(&wanted.aligned)?;
        let Some(track) = self.tracker.track_mut(wanted.index) else {
            return Ok(None);
        };
        let (template, shots) = track.data.fusion.add(&template, wanted.quality)?;
        track.data.offers.offered(wanted.quality, wanted.pose, now);
        let id = CandidateId::new(ids.next());
        if let Some(picture) = picture(&self.frame, &track.detection) {
            self.kept.insert(id, Kept { picture, captured: now });
        }
        Ok(Some(Shot {
            id,
            track: track.id,
            beside: Beside::first_of(faces.iter().map(|face| face.track).filter(|other| *other != track.id)),
            captured: now,
            quality: wanted.quality,
            template,
            shots,
        }))
    }
}

struct Wanted {
    index: usize,
    pose: Pose,
    first: bool,
    quality: Quality,
    aligned: Rgb,
}

impl Wanted {
    /// A face that has not been compared yet comes first, then the better picture.
    fn before(&self, other: &Self) -> bool {
        (self.first, self.quality.get()) > (other.first, other.quality.get())
    }
}

/// A face with its surroundings, small enough to send.
pub(crate) fn picture(image: &Rgb, detection: &Detection) -> Option<Rgb> {
    image
        .cropped(detection.rect.grown(MARGIN))
        .map(|p| p.at_most(PICTURE_SIDE))
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline")
            .field("detector", &self.detector)
            .finish_non_exhaustive()
    }
}
