use std::collections::HashMap;
use std::sync::Arc;

use vedette_core::align::align;
use vedette_core::detect::{Detection, DetectionLimits, InputSide};
use vedette_core::geometry::{Landmarks, Point, Rect, Size};
use vedette_core::id::{CandidateId, TrackId};
use vedette_core::image::{Frame, Rgb};
use vedette_core::presentation::{Challenge, is_covered};
use vedette_core::quality::{Limits, Pose, Quality, Reason, Verdict, assess, check_shape};
use vedette_core::shot::{Fusion, Offers, Shots};
use vedette_core::template::{Template, TemplateSpace};
use vedette_core::track::{Ids, Millis, Track, Tracker};
use vedette_core::transform::Transform;
use vedette_core::wire::Beside;
use vedette_core::zone::{Outside, Zone};

use crate::embedder::Templates;
use crate::visit::{View, Visit, VisitState};
use crate::{Detector, Embedder, EngineError};

/// What a frame showed.
#[derive(Debug)]
pub struct Step {
    /// In pixels of the frame.
    pub faces: Vec<Face>,
    /// At most one a frame: an embedding costs as much as several detections.
    pub shots: Vec<Shot>,
    /// Where the embedder is elsewhere: a face of which a shot is to be made. No more are handed out while two are awaited.
    pub aligned: Option<Aligned>,
    /// Tracks that ended, of those that were in the zone: `true` where at least one template was offered.
    pub ended: Vec<(TrackId, bool)>,
    /// How the visit to a kiosk goes on, while there is one.
    pub visit: Option<VisitState>,
}

#[derive(Clone, Copy, Debug)]
pub struct Face {
    pub track: TrackId,
    pub detection: Detection,
    pub state: FaceState,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FaceState {
    /// Not in the zone, or not of the size wanted there: followed, and nothing more.
    Outside(Outside),
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

/// A face of 112x112 pixels, of which [`Pipeline::embedded`] wants the embedding.
#[derive(Debug)]
pub struct Aligned {
    pub id: CandidateId,
    pub face: Rgb,
}

#[derive(Default, Debug)]
struct Following {
    /// It was in the zone at least once.
    seen: bool,
    offers: Offers,
    fusion: Fusion,
}

/// Where an aligned face becomes a template.
enum Embedding {
    Here(Embedder),
    /// Beside this pipeline, while it looks at the next frames.
    Elsewhere {
        templates: Templates,
        awaited: Vec<Offered>,
    },
}

/// A face that was chosen to be compared.
#[derive(Debug)]
struct Offered {
    id: CandidateId,
    track: TrackId,
    beside: Beside,
    captured: Millis,
    quality: Quality,
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
/// 4. what lies outside the zone is left alone;
/// 5. the gate rejects what can't be compared, and says why;
/// 6. at a kiosk, only the visitor's face goes on, and only once it has shown that it is a head;
/// 7. the most wanted of the good shots is looked at again from close by, gated again, aligned and embedded, here or elsewhere.
pub struct Pipeline {
    detector: Detector,
    embedding: Embedding,
    limits: Limits,
    zone: Zone,
    side: InputSide,
    frame: Rgb,
    tracker: Tracker<Following>,
    kept: HashMap<CandidateId, Kept>,
    attending: Attending,
}

/// Whose faces may be compared.
#[derive(Debug)]
enum Attending {
    Everybody,
    /// A kiosk's, where nobody is before a visit and after it.
    Visitor(Option<Box<Visit>>),
}

/// Faces that an embedder elsewhere may have at once: one in work, and one so that it needn't wait for the frame that is being looked at.
const AWAITED: usize = 2;
/// Pictures are overwritten this long after capture at the latest.
const KEEP_MS: f64 = 5_000.0;
/// A picture for officers shows the face with this much around it.
const MARGIN: f32 = 1.6;
/// The longer side of a picture for officers, pixels.
const PICTURE_SIDE: u32 = 256;

impl Pipeline {
    /// Looks at the whole picture until it is given another zone.
    pub fn new(detector: Detector, embedder: Embedder) -> Self {
        Self::with(detector, Embedding::Here(embedder))
    }

    /// The same, but an embedder elsewhere, of that space, embeds the faces that it hands out. It can't be a kiosk.
    pub fn beside(detector: Detector, space: TemplateSpace) -> Self {
        let templates = Templates::new(space);
        Self::with(
            detector,
            Embedding::Elsewhere {
                templates,
                awaited: Vec::new(),
            },
        )
    }

    fn with(detector: Detector, embedding: Embedding) -> Self {
        let zone = Zone::whole();
        Self {
            detector,
            embedding,
            limits: Limits::WATCH,
            side: InputSide::for_faces_from(zone.parts().smallest),
            zone,
            frame: Rgb::black(Size { width: 1, height: 1 }),
            tracker: Tracker::new(),
            kept: HashMap::new(),
            attending: Attending::Everybody,
        }
    }

    /// From the next frame on; faces keep their tracks.
    pub fn set_zone(&mut self, zone: Zone) {
        self.side = InputSide::for_faces_from(zone.parts().smallest);
        self.zone = zone;
    }

    /// From now on templates are made in that deployment's space; with nothing, in the embedder's own. Forgets every face: shots
    /// of two spaces can't be fused.
    pub fn set_transform(&mut self, transform: Option<Arc<Transform>>) {
        self.reset();
        match &mut self.embedding {
            Embedding::Here(embedder) => embedder.set_transform(transform),
            Embedding::Elsewhere { templates, .. } => templates.set_transform(transform),
        }
    }

    /// From now on, for good, nothing is offered but during a visit, and then only of a visitor whose face has shown that it is a
    /// head. Forgets every face.
    pub fn stand_as_kiosk(&mut self) {
        self.limits = Limits::KIOSK;
        self.attending = Attending::Visitor(None);
        self.reset();
    }

    /// Somebody has begun a visit to this kiosk. Faces from before are forgotten.
    pub fn begin_visit(&mut self, challenge: Challenge) {
        self.stand_as_kiosk();
        self.attending = Attending::Visitor(Some(Box::new(Visit::new(challenge))));
    }

    /// Runs each network once, as it would on a frame of that size: the first run is the slowest.
    pub fn warm_up(&mut self, frame: Size) -> Result<(), EngineError> {
        let blank = Rgb::black(frame);
        self.detector.detect(&blank, self.side)?;
        let middle = Point::new(frame.width as f32 / 2.0, frame.height as f32 / 2.0);
        let face = Detection {
            rect: Rect {
                x: middle.x,
                y: middle.y,
                width: 1.0,
                height: 1.0,
            },
            landmarks: Landmarks::from_points([middle; 5]),
            score: 0.0,
        };
        self.detector.look_again(&blank, &face, self.side)?;
        match &self.embedding {
            Embedding::Here(embedder) => embedder.warm_up(),
            Embedding::Elsewhere { .. } => Ok(()),
        }
    }

    /// For enrolment and tests, which use the networks without following anyone. Fails where the embedder is elsewhere.
    pub fn networks(&mut self) -> Result<(&mut Detector, &Embedder), EngineError> {
        Ok((&mut self.detector, self.embedding.here()?))
    }

    /// `now` is when the frame was captured, on a clock that never runs backwards.
    pub fn step(&mut self, frame: &Frame<'_>, now: Millis, ids: &mut impl Ids) -> Result<Step, EngineError> {
        self.kept.retain(|_, kept| now.since(kept.captured) <= KEEP_MS);
        frame.to_rgb(&mut self.frame);
        let found = self
            .detector
            .detect_within(&self.frame, self.side, DetectionLimits::FAINT)?;
        let (tracks, ended) = self.tracker.update(&found, now, ids);
        self.receive(&found, &tracks, now)?;
        let mut faces = Vec::with_capacity(found.len());
        let mut wanted: Option<Wanted> = None;
        for (detection, index) in found.iter().zip(tracks) {
            let Some((index, track)) = index.and_then(|i| Some((i, self.tracker.track_mut(i)?))) else {
                continue;
            };
            let id = track.id;
            let admitted = self.zone.admit(&detection.rect, self.frame.size());
            track.data.seen |= admitted.is_ok();
            let offers = track.data.offers;
            let state = match admitted.map(|()| self.look(detection)) {
                Err(outside) => FaceState::Outside(outside),
                Ok(Err(reason)) => FaceState::NotAssessable(reason),
                Ok(Ok(quality)) => {
                    let pose = Pose::of(&detection.landmarks);
                    if !self.embedding.is_busy() && self.may_offer(id) && offers.wants(quality, pose, now) {
                        let next = Wanted {
                            index,
                            detection: *detection,
                            pose,
                            first: offers.is_first(),
                            quality,
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
        let (mut shots, mut aligned) = (Vec::new(), None);
        if let Some((offered, face)) = wanted
            .map(|wanted| self.offer(&wanted, &faces, now, ids))
            .transpose()?
            .flatten()
        {
            match &mut self.embedding {
                Embedding::Here(embedder) => {
                    let template = embedder.embed(&face)?;
                    shots.extend(self.shot(offered, &template)?);
                }
                Embedding::Elsewhere { awaited, .. } => {
                    aligned = Some(Aligned { id: offered.id, face });
                    awaited.push(offered);
                }
            }
        }
        let ended = ended
            .iter()
            .filter(|t| t.data.seen)
            .map(|t: &Track<Following>| (t.id, !t.data.offers.is_first()))
            .collect();
        let visit = match &self.attending {
            Attending::Visitor(Some(visit)) => Some(visit.state()),
            Attending::Visitor(None) | Attending::Everybody => None,
        };
        Ok(Step {
            faces,
            shots,
            aligned,
            ended,
            visit,
        })
    }

    /// What an embedder elsewhere says of the face that was handed out; no shot where that isn't awaited any more.
    pub fn embedded(&mut self, id: CandidateId, embedding: &[f32]) -> Result<Option<Shot>, EngineError> {
        let Embedding::Elsewhere { templates, awaited } = &mut self.embedding else {
            return Ok(None);
        };
        let Some(at) = awaited.iter().position(|offered| offered.id == id) else {
            return Ok(None);
        };
        let offered = awaited.remove(at);
        let template = templates.of(embedding)?;
        self.shot(offered, &template)
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

    /// Forgets every face and the visit, and overwrites every picture. A kiosk stays one.
    pub fn reset(&mut self) {
        if let Attending::Visitor(visit) = &mut self.attending {
            *visit = None;
        }
        if let Embedding::Elsewhere { awaited, .. } = &mut self.embedding {
            awaited.clear();
        }
        self.kept.clear();
        self.tracker.clear();
        self.frame.wipe();
        vedette_kernels::wipe();
    }

    fn look(&self, detection: &Detection) -> Result<Quality, Reason> {
        check_shape(detection, self.frame.size(), &self.limits)?;
        gated(&self.frame, detection, &self.limits).map(|(quality, _)| quality)
    }

    /// Looks at the visitor's face, where there is a visit.
    fn receive(&mut self, found: &[Detection], tracks: &[Option<usize>], now: Millis) -> Result<(), EngineError> {
        let Attending::Visitor(Some(visit)) = &mut self.attending else {
            return Ok(());
        };
        let size = self.frame.size();
        let faces: Vec<_> = found
            .iter()
            .zip(tracks)
            .filter(|(face, _)| self.zone.admit(&face.rect, size).is_ok())
            .filter_map(|(face, index)| Some((self.tracker.tracks().get((*index)?)?.id, *face)))
            .collect();
        let view = match visit.choose(&faces, size) {
            Ok(visitor) => {
                let closer = self.detector.look_again(&self.frame, &visitor, self.side)?;
                Ok(View {
                    face: closer,
                    aligned: gated(&self.frame, &closer, &self.limits).map(|(_, aligned)| aligned),
                })
            }
            Err(hint) => Err(hint),
        };
        visit.go_on(view, now, self.embedding.here()?)
    }

    /// Whether a face's shots are to be compared: at a kiosk, those of the visitor who has shown a head.
    fn may_offer(&self, track: TrackId) -> bool {
        match &self.attending {
            Attending::Everybody => true,
            Attending::Visitor(visit) => visit.as_ref().is_some_and(|visit| visit.may_offer(track)),
        }
    }

    /// The face that is to be embedded, unless it can't be compared from close by. From here on later ones of its track are weighed
    /// against it.
    fn offer(
        &mut self,
        wanted: &Wanted,
        faces: &[Face],
        now: Millis,
        ids: &mut impl Ids,
    ) -> Result<Option<(Offered, Rgb)>, EngineError> {
        let closer = self.detector.look_again(&self.frame, &wanted.detection, self.side)?;
        let Ok((quality, aligned)) = gated(&self.frame, &closer, &self.limits) else {
            return Ok(None);
        };
        if matches!(self.attending, Attending::Visitor(_)) && is_covered(&aligned) {
            return Ok(None);
        }
        let Some(track) = self.tracker.track_mut(wanted.index) else {
            return Ok(None);
        };
        // What later faces are weighed against is of the whole frame, as they are.
        track.data.offers.offered(wanted.quality, wanted.pose, now);
        let id = CandidateId::new(ids.next());
        if let Some(picture) = picture(&self.frame, &track.detection) {
            self.kept.insert(id, Kept { picture, captured: now });
        }
        let offered = Offered {
            id,
            track: track.id,
            beside: Beside::first_of(faces.iter().map(|face| face.track).filter(|other| *other != track.id)),
            captured: now,
            quality,
        };
        Ok(Some((offered, aligned)))
    }

    fn shot(&mut self, offered: Offered, template: &Template) -> Result<Option<Shot>, EngineError> {
        if let Attending::Visitor(visit) = &mut self.attending
            && !visit.as_mut().map_or(Ok(false), |visit| visit.is_of(template))?
        {
            self.kept.remove(&offered.id);
            return Ok(None);
        }
        let Offered {
            id,
            track,
            beside,
            captured,
            quality,
        } = offered;
        // Whoever has left the view since then has nothing to be fused with.
        let (template, shots) = match self.tracker.track_of(track) {
            Some(track) => track.data.fusion.add(template, quality)?,
            None => Fusion::default().add(template, quality)?,
        };
        Ok(Some(Shot {
            id,
            track,
            beside,
            captured,
            quality,
            template,
            shots,
        }))
    }
}

impl Embedding {
    fn here(&self) -> Result<&Embedder, EngineError> {
        match self {
            Self::Here(embedder) => Ok(embedder),
            Self::Elsewhere { .. } => Err(EngineError::Run("the embedder is elsewhere".to_owned())),
        }
    }

    fn is_busy(&self) -> bool {
        matches!(self, Self::Elsewhere { awaited, .. } if awaited.len() >= AWAITED)
    }
}

struct Wanted {
    index: usize,
    detection: Detection,
    pose: Pose,
    first: bool,
    quality: Quality,
}

impl Wanted {
    /// A face that has not been compared yet comes first, then the better picture.
    fn before(&self, other: &Self) -> bool {
        (self.first, self.quality.get()) > (other.first, other.quality.get())
    }
}

/// An aligned face that can be compared, or why it can't.
fn gated(frame: &Rgb, face: &Detection, limits: &Limits) -> Result<(Quality, Rgb), Reason> {
    let aligned = align(frame, &face.landmarks).map_err(|_| Reason::Uncertain)?;
    match assess(face, frame.size(), &aligned, limits) {
        Verdict::Use(quality) => Ok((quality, aligned)),
        Verdict::Reject(reason) => Err(reason),
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
