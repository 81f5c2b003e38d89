//! Which of a face's pictures are worth comparing, and how many went into a probe.

use serde::{Deserialize, Serialize};

use zeroize::Zeroize;

use crate::quality::{Pose, Quality};
use crate::template::{Template, TemplateError};
use crate::track::Millis;
use crate::wire::Candidate;

/// How many shots of one track a probe was fused from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u8", into = "u8")]
pub struct Shots(u8);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a probe is made of 1 to {most} shots, not {0}", most = Shots::MOST)]
pub struct ShotsError(u8);

impl Shots {
    pub const MOST: usize = Candidate::PER_TRACK;
    pub const ONE: Self = Self(1);
    pub const ALL: [Self; Self::MOST] = [Self(1), Self(2), Self(3)];

    pub const fn new(count: u8) -> Result<Self, ShotsError> {
        if count >= 1 && count as usize <= Self::MOST {
            Ok(Self(count))
        } else {
            Err(ShotsError(count))
        }
    }

    pub const fn get(self) -> usize {
        self.0 as usize
    }

    /// The share of a deployment's target that the threshold for such a probe is set for, as if it were a single shot. A
    /// track is compared up to three times, and a stranger may be taken for somebody each time: the three parts add up to
    /// the whole target. A single shot gets the least, so that one picture alone must be clearly alike (requirement R54),
    /// and agreement of several is the common way to an alert. What fusing adds to false alerts is taken off.
    pub const fn share_of_target(self) -> f64 {
        let at = self.get() - 1;
        PARTS[at] / FUSED[at]
    }
}

/// Of a target, by the number of shots.
const PARTS: [f64; Shots::MOST] = [0.1, 0.45, 0.45];
/// Fused shots reach a score with strangers this many times as often as one does, since what a group of people shares grows
/// too: the most that simulated groups show (`python tests/bench/fused_shots.py`), and a fifth.
const FUSED: [f64; Shots::MOST] = [1.0, 2.0, 2.4];

impl TryFrom<u8> for Shots {
    type Error = ShotsError;

    fn try_from(count: u8) -> Result<Self, Self::Error> {
        Self::new(count)
    }
}

impl From<Shots> for u8 {
    fn from(shots: Shots) -> Self {
        shots.0
    }
}

/// The templates of one track, added up by their shots' quality: what they share grows, what each shot adds by chance
/// does not. Overwritten when dropped.
#[derive(Clone, Default)]
pub struct Fusion {
    sum: Vec<f32>,
    shots: u8,
}

/// A shot that barely passed the gate still counts for something.
const LEAST_WEIGHT: f32 = 0.05;

/// A shot whose cosine with those before is lower is of somebody else, or of nobody: 0.1 % of pairs of one person on LFW lie
/// below.
const AGREES: f32 = 0.3;

impl Fusion {
    /// The template of all shots so far, this one included. It starts again with a shot that does not agree with those
    /// before, as when the track went over to another person, and beyond [`Shots::MOST`].
    pub fn add(&mut self, template: &Template, quality: Quality) -> Result<(Template, Shots), TemplateError> {
        let agrees = self.sum.is_empty() || {
            let before = Template::from_embedding(template.space().clone(), self.sum.clone())?;
            before.compare(template)?.get() >= AGREES
        };
        if !agrees || usize::from(self.shots) >= Shots::MOST {
            self.sum.zeroize();
            self.shots = 0;
        }
        let weight = quality.get().max(LEAST_WEIGHT);
        self.sum.resize(template.values().len(), 0.0);
        for (sum, value) in self.sum.iter_mut().zip(template.values()) {
            *sum += weight * value;
        }
        self.shots += 1;
        let fused = Template::from_embedding(template.space().clone(), self.sum.clone())?;
        Ok((fused, Shots(self.shots)))
    }
}

impl Drop for Fusion {
    fn drop(&mut self) {
        self.sum.zeroize();
    }
}

impl std::fmt::Debug for Fusion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fusion")
            .field("shots", &self.shots)
            .finish_non_exhaustive()
    }
}

/// What was already offered of one track.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Offers {
    count: usize,
    last: Option<Offered>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Offered {
    at: Millis,
    quality: Quality,
    pose: Pose,
}

/// A later shot comes at the earliest this long after the one before: frames in between look alike.
const LEAST_INTERVAL_MS: f64 = 300.0;
/// A later shot is better than the last by this factor, or shows something new.
const BETTER: f32 = 1.1;
/// What shows something new may be worse than the last shot by this factor: two that agree may raise an alert where the
/// better one alone may not.
const NEARLY: f32 = 0.8;
/// After this long a shot shows something new: light and expression have changed.
const SECOND_LOOK_MS: f64 = 1500.0;
/// So does another side of the face: a [`Pose::yaw`] or [`Pose::pitch`] that differs by this much, some 6 to 8 degrees.
const OTHER_POSE: f32 = 0.1;

impl Offers {
    /// Whether a shot is worth a template: the first good one at once, later ones when clearly better, of another pose or
    /// after a while, never more than [`Candidate::PER_TRACK`].
    pub fn wants(&self, quality: Quality, pose: Pose, now: Millis) -> bool {
        let Some(last) = self.last else { return true };
        let waited = now.since(last.at);
        if self.count >= Candidate::PER_TRACK || waited < LEAST_INTERVAL_MS {
            return false;
        }
        let gain = quality.get() / last.quality.get().max(f32::EPSILON);
        let turned = (pose.yaw - last.pose.yaw)
            .abs()
            .max((pose.pitch - last.pose.pitch).abs())
            >= OTHER_POSE;
        gain >= BETTER || (gain >= NEARLY && (turned || waited >= SECOND_LOOK_MS))
    }

    pub fn is_first(&self) -> bool {
        self.count == 0
    }

    /// A shot that nobody compared does not count; the next is offered when another would be.
    pub fn retract(&mut self) {
        self.count = self.count.saturating_sub(1);
    }

    pub fn offered(&mut self, quality: Quality, pose: Pose, now: Millis) {
        self.count += 1;
        self.last = Some(Offered { at: now, quality, pose });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{ModelId, PipelineVersion, TemplateSpace};
    use proptest::prelude::*;

    fn quality(value: f32) -> Quality {
        serde_json::from_value(serde_json::json!(value)).unwrap()
    }

    fn turned(yaw: f32) -> Pose {
        Pose {
            yaw,
            pitch: 0.55,
            roll: 0.0,
        }
    }

    proptest! {
        #[test]
        fn a_track_never_offers_more_than_its_share(qualities in proptest::collection::vec(0.0f32..1.0, 0..200)) {
            let mut offers = Offers::default();
            let mut count = 0;
            for (frame, q) in qualities.iter().enumerate() {
                let now = Millis(frame as f64 * 50.0);
                if offers.wants(quality(*q), turned(0.0), now) {
                    offers.offered(quality(*q), turned(0.0), now);
                    count += 1;
                }
            }
            prop_assert!(count <= Candidate::PER_TRACK);
            prop_assert_eq!(count == 0, qualities.is_empty());
        }
    }

    #[test]
    fn fused_shots_are_nearer_to_the_person_than_each_alone() {
        let space = TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions: 8,
            transform: None,
        };
        let template = |values: [f32; 8]| Template::from_embedding(space.clone(), values.to_vec()).unwrap();
        let person = template([1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
        let shots = [4, 5, 6].map(|noise| {
            let mut values = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0];
            values[noise] = 2.0;
            template(values)
        });
        let mut fusion = Fusion::default();
        let mut last = 0.0;
        for (n, shot) in shots.iter().enumerate() {
            let (fused, count) = fusion.add(shot, quality(0.5)).unwrap();
            let score = fused.compare(&person).unwrap().get();
            assert_eq!(count.get(), n + 1);
            assert!(score > last && score >= shot.compare(&person).unwrap().get() - 1e-6);
            last = score;
        }
        let (again, count) = fusion.add(&shots[0], quality(0.9)).unwrap();
        assert_eq!(count, Shots::ONE);
        assert!(again.compare(&shots[0]).unwrap().get() > 0.999);
        let somebody_else = template([1.0, -1.0, 1.0, -1.0, 0.0, 0.0, 0.0, 0.0]);
        let (other, count) = fusion.add(&somebody_else, quality(0.9)).unwrap();
        assert_eq!(count, Shots::ONE);
        assert!(other.compare(&somebody_else).unwrap().get() > 0.999);
    }

    #[test]
    fn the_shares_of_a_track_add_up_to_the_target() {
        let rates = Shots::ALL
            .iter()
            .map(|shots| shots.share_of_target() * FUSED[shots.get() - 1]);
        let sum: f64 = rates.sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert!(Shots::new(0).is_err() && Shots::new(4).is_err());
    }

    #[test]
    fn shots_are_spread_over_time_and_pose() {
        let mut offers = Offers::default();
        offers.offered(quality(0.5), turned(0.0), Millis(0.0));
        let wants = |q: f32, yaw: f32, at: f64| offers.wants(quality(q), turned(yaw), Millis(at));
        assert!(!wants(0.9, 0.3, 100.0), "too soon");
        assert!(!wants(0.52, 0.05, 400.0), "nothing new");
        assert!(wants(0.6, 0.0, 400.0), "clearly better");
        assert!(wants(0.45, -0.12, 400.0), "another side of the face");
        assert!(wants(0.45, 0.0, 1600.0), "later");
        assert!(!wants(0.3, -0.3, 1600.0), "much worse");
    }

    #[test]
    fn a_shot_that_was_not_compared_is_made_up_for_without_haste() {
        let mut offers = Offers::default();
        for attempt in 0..9u8 {
            let now = Millis(f64::from(attempt) * 1600.0);
            assert!(offers.wants(quality(0.5), turned(0.0), now), "{attempt}");
            offers.offered(quality(0.5), turned(0.0), now);
            assert!(!offers.is_first());
            offers.retract();
            assert!(offers.is_first() && !offers.wants(quality(0.5), turned(0.0), Millis(now.0 + 200.0)));
        }
    }
}
