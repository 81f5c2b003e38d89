use vedette_core::detect::Detection;
use vedette_core::geometry::Size;
use vedette_core::id::TrackId;
use vedette_core::image::Rgb;
use vedette_core::presentation::{Ask, Challenge, Check, Fault, Hint, Standing, is_covered};
use vedette_core::quality::Reason;
use vedette_core::template::Template;
use vedette_core::track::Millis;

use crate::{Embedder, EngineError};

/// A face so many times as narrow as the widest one belongs to somebody who stands behind.
const BEHIND: f32 = 0.6;
/// Share of the picture's shorter side from which a face is too near: it turns out of the picture.
const TOO_NEAR: f32 = 0.8;
/// While a head is turned its points count from this detector score on; the gate would refuse it for being turned.
const TURNING: f32 = 0.75;
/// Least cosine of two shots of one visit, seconds apart before one camera. Strangers reach it once in some thousand pairs.
const SAME: f32 = 0.363;

/// Somebody at a kiosk, from the press of the button on.
#[derive(Debug)]
pub(crate) struct Visit {
    challenge: Challenge,
    check: Check,
    track: Option<TrackId>,
    hint: Option<Hint>,
    fault: Option<Fault>,
    /// Of the first look ahead; what is offered later must be of the same face. Overwritten with the visit.
    first: Option<Template>,
}

/// How a visit goes on, for the page to tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VisitState {
    /// Whose face it is about.
    pub visitor: Option<TrackId>,
    pub standing: Result<Standing, Fault>,
    /// What stands in the way in this frame.
    pub hint: Option<Hint>,
}

/// The visitor's face from close by, aligned where the gate lets it pass.
pub(crate) struct View {
    pub(crate) face: Detection,
    pub(crate) aligned: Result<Rgb, Reason>,
}

impl Visit {
    pub(crate) const fn new(challenge: Challenge) -> Self {
        Self {
            challenge,
            check: Check::new(challenge),
            track: None,
            hint: None,
            fault: None,
            first: None,
        }
    }

    pub(crate) fn state(&self) -> VisitState {
        VisitState {
            visitor: self.track,
            standing: self.fault.map_or_else(|| Ok(self.check.standing()), Err),
            hint: self.hint,
        }
    }

    pub(crate) fn may_offer(&self, track: TrackId) -> bool {
        self.track == Some(track) && self.state().standing == Ok(Standing::Passed)
    }

    /// The visitor among the faces of a frame: whoever it was so far, and before anything was asked whoever is nearest.
    pub(crate) fn choose(&mut self, faces: &[(TrackId, Detection)], picture: Size) -> Result<Detection, Hint> {
        let widest = faces.iter().max_by(|a, b| a.1.rect.width.total_cmp(&b.1.rect.width));
        let (track, face) = match faces.iter().find(|(track, _)| Some(*track) == self.track) {
            Some(known) => known,
            None if self.check.is_beginning() => {
                let nearest = widest.ok_or(Hint::Nobody)?;
                self.check = Check::new(self.challenge);
                nearest
            }
            None => return Err(Hint::Nobody),
        };
        self.track = Some(*track);
        let beside = |(other, rect): (&TrackId, f32)| other != track && rect >= BEHIND * face.rect.width;
        if faces.iter().any(|(other, found)| beside((other, found.rect.width))) {
            return Err(Hint::Several);
        }
        if face.rect.width >= TOO_NEAR * picture.width.min(picture.height) as f32 {
            return Err(Hint::TooNear);
        }
        Ok(*face)
    }

    /// One frame, or why there is no face to look at.
    pub(crate) fn go_on(
        &mut self,
        view: Result<View, Hint>,
        now: Millis,
        embedder: &Embedder,
    ) -> Result<(), EngineError> {
        if self.fault.is_some() {
            return Ok(());
        }
        let turning = matches!(self.check.standing(), Standing::Asking(Ask::Turn(_)));
        let looked = match view {
            Ok(View {
                face,
                aligned: Ok(aligned),
            }) if turning || !is_covered(&aligned) => {
                self.hint = None;
                let began = self.check.is_beginning();
                let looked = self.check.see(&face.landmarks, now);
                if began && !self.check.is_beginning() {
                    self.first = Some(embedder.embed(&aligned)?);
                }
                looked
            }
            Ok(View { face, aligned: Err(_) }) if turning && face.score >= TURNING => {
                self.hint = None;
                self.check.see(&face.landmarks, now)
            }
            Ok(View { aligned, .. }) => {
                self.hint = Some(aligned.map_or_else(Hint::Gate, |_| Hint::Covered));
                self.check.glimpse(now)
            }
            Err(hint) => {
                self.hint = Some(hint);
                self.check.wait(now)
            }
        };
        self.fault = looked.err();
        Ok(())
    }

    /// Whether a shot is of the face that looked ahead first.
    pub(crate) fn is_of(&mut self, template: &Template) -> Result<bool, EngineError> {
        let same = match &self.first {
            Some(first) => first.compare(template)?.get() >= SAME,
            None => false,
        };
        if !same {
            self.fault = Some(Fault::Another);
        }
        Ok(same)
    }
}
