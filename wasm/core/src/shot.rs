//! Which of a face's pictures are worth comparing.

use crate::quality::Quality;
use crate::track::Millis;
use crate::wire::Candidate;

/// What was already offered of one track.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Offers {
    count: usize,
    last: Option<(Millis, Quality)>,
}

/// A later shot comes at the earliest this long after the one before: frames in between look alike.
const LEAST_INTERVAL_MS: f64 = 300.0;
/// A later shot must be better than the last by this factor.
const BETTER: f32 = 1.1;
/// After this long a shot as good as the last is worth another look: pose and light have changed.
const SECOND_LOOK_MS: f64 = 1500.0;

impl Offers {
    /// Whether a shot of that quality is worth a template: the first good one at once, later ones when clearly better or
    /// after a while, never more than [`Candidate::PER_TRACK`].
    pub fn wants(&self, quality: Quality, now: Millis) -> bool {
        match self.last {
            _ if self.count >= Candidate::PER_TRACK => false,
            None => true,
            Some((then, last)) => {
                let waited = now.since(then);
                (waited >= LEAST_INTERVAL_MS && quality.get() >= last.get() * BETTER)
                    || (waited >= SECOND_LOOK_MS && quality.get() >= last.get())
            }
        }
    }

    pub fn is_first(&self) -> bool {
        self.count == 0
    }

    pub fn offered(&mut self, quality: Quality, now: Millis) {
        self.count += 1;
        self.last = Some((now, quality));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quality(value: f32) -> Quality {
        serde_json::from_value(serde_json::json!(value)).unwrap()
    }

    proptest! {
        #[test]
        fn a_track_never_offers_more_than_its_share(qualities in proptest::collection::vec(0.0f32..1.0, 0..200)) {
            let mut offers = Offers::default();
            let mut count = 0;
            for (frame, q) in qualities.iter().enumerate() {
                let now = Millis(frame as f64 * 50.0);
                if offers.wants(quality(*q), now) {
                    offers.offered(quality(*q), now);
                    count += 1;
                }
            }
            prop_assert!(count <= Candidate::PER_TRACK);
            prop_assert_eq!(count == 0, qualities.is_empty());
        }
    }

    #[test]
    fn a_worse_or_hasty_shot_is_not_offered() {
        let mut offers = Offers::default();
        offers.offered(quality(0.5), Millis(0.0));
        assert!(!offers.wants(quality(0.9), Millis(100.0)));
        assert!(!offers.wants(quality(0.52), Millis(400.0)));
        assert!(offers.wants(quality(0.6), Millis(400.0)));
        assert!(offers.wants(quality(0.5), Millis(1600.0)));
    }
}
