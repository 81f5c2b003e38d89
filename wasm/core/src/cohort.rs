//! Score normalisation: how a comparison stands out from what both sides score with strangers.
//!
//! Some faces score higher with everyone, and some groups score higher among themselves, so one cosine means different
//! things for different people. Adaptive symmetric normalisation takes from each side its mean with its nearest strangers
//! and divides by their deviation (Matejka et al. 2017, "Analysis of Score Normalization in Multilingual Speaker
//! Recognition", section 2). The strangers are a cohort: here, other entries of the same watchlist.

/// Entries in a cohort: as many as the published calibration was measured against. With half of them the statistics are so
/// much noisier that strangers reach a threshold two to three times as often; see the table in models/sface.md.
pub const SIZE: usize = 600;

/// How many of a cohort's scores are its nearest, as in the calibration.
pub const NEAREST: usize = 100;

/// Where strangers are all alike to a template, chance differences must not count as many deviations. SFace's
/// deviations lie between 0.02 and 0.06.
const LEAST_DEVIATION: f32 = 0.01;

/// How far a normalised score may be off where its cosine is off by one.
pub(crate) const MOST_PER_DEVIATION: f32 = 1.0 / LEAST_DEVIATION;

/// What a template scores with its nearest strangers: cosines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statistics {
    mean: f32,
    /// One by the deviation: a list's scores are multiplied by it, which takes a fraction of a division.
    per_deviation: f32,
}

impl Statistics {
    /// Of the `nearest` highest scores after the `skipped` best, which may be of the same person. Reorders `scores`;
    /// `None` where there are too few.
    pub fn of_nearest(scores: &mut [f32], skipped: usize, nearest: usize) -> Option<Self> {
        let wanted = skipped + nearest;
        if nearest < 2 || scores.len() < wanted {
            return None;
        }
        if scores.len() > wanted {
            scores.select_nth_unstable_by(wanted - 1, |a, b| b.total_cmp(a));
        }
        let top = &mut scores[..wanted];
        if skipped > 0 {
            top.select_nth_unstable_by(skipped - 1, |a, b| b.total_cmp(a));
        }
        let counted = &top[skipped..];
        let mean = counted.iter().sum::<f32>() / nearest as f32;
        let variance = counted.iter().map(|s| (s - mean) * (s - mean)).sum::<f32>() / (nearest - 1) as f32;
        Some(Self {
            mean,
            per_deviation: variance.sqrt().max(LEAST_DEVIATION).recip(),
        })
    }

    #[inline(always)]
    fn deviations(self, cosine: f32) -> f32 {
        (cosine - self.mean) * self.per_deviation
    }
}

/// Half the sum of both sides' deviations from their strangers.
#[inline(always)]
pub fn normalised(cosine: f32, probe: Statistics, reference: Statistics) -> f32 {
    0.5 * (probe.deviations(cosine) + reference.deviations(cosine))
}

/// Of many templates. They lie apart, so that a vector register holds as many of them.
#[derive(Clone, Debug, Default)]
pub struct StatisticsOfMany {
    means: Vec<f32>,
    per_deviations: Vec<f32>,
}

impl StatisticsOfMany {
    pub fn len(&self) -> usize {
        self.means.len()
    }

    pub fn is_empty(&self) -> bool {
        self.means.is_empty()
    }

    pub fn push(&mut self, of: Statistics) {
        self.means.push(of.mean);
        self.per_deviations.push(of.per_deviation);
    }

    pub fn swap_remove(&mut self, at: usize) {
        self.means.swap_remove(at);
        self.per_deviations.swap_remove(at);
    }

    pub fn truncate(&mut self, len: usize) {
        self.means.truncate(len);
        self.per_deviations.truncate(len);
    }

    /// From a probe's cosines with those from `first` on to normalised scores.
    #[inline(always)]
    pub fn normalise(&self, first: usize, probe: Statistics, cosines: &mut [f32]) {
        let own = self.means[first..].iter().zip(&self.per_deviations[first..]);
        for (score, (mean, per_deviation)) in cosines.iter_mut().zip(own) {
            let reference = Statistics {
                mean: *mean,
                per_deviation: *per_deviation,
            };
            *score = normalised(*score, probe, reference);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_nearest_are_those_that_sorting_finds(
            mut scores in proptest::collection::vec(-1.0f32..1.0, 0..200), skipped in 0usize..3, nearest in 0usize..60,
        ) {
            let mut sorted = scores.clone();
            sorted.sort_by(|a, b| b.total_cmp(a));
            let found = Statistics::of_nearest(&mut scores, skipped, nearest);
            if nearest < 2 || sorted.len() < skipped + nearest {
                prop_assert_eq!(found, None);
            } else {
                let counted = &sorted[skipped..skipped + nearest];
                let mean = counted.iter().sum::<f32>() / nearest as f32;
                prop_assert!((found.unwrap().mean - mean).abs() < 1e-5);
            }
        }

        #[test]
        fn a_shift_and_a_stretch_of_both_sides_change_nothing(
            scores in proptest::collection::vec(-0.5f32..0.5, 30..60), cosine in 0.3f32..0.9, shift in -0.1f32..0.1, stretch in 1.0f32..1.8,
        ) {
            let moved = |s: &f32| s * stretch + shift;
            let before = Statistics::of_nearest(&mut scores.clone(), 1, 12).unwrap();
            let after = Statistics::of_nearest(&mut scores.iter().map(moved).collect::<Vec<_>>(), 1, 12).unwrap();
            prop_assume!(before.per_deviation < LEAST_DEVIATION.recip());
            let (a, b) = (normalised(cosine, before, before), normalised(moved(&cosine), after, after));
            prop_assert!((a - b).abs() < 1e-2 * a.abs().max(1.0), "{} {}", a, b);
        }
    }

    #[test]
    fn strangers_who_are_all_alike_do_not_make_everyone_stand_out() {
        let alike = Statistics::of_nearest(&mut [0.3; 40], 1, 10).unwrap();
        assert!((normalised(0.31, alike, alike) - 1.0).abs() < 1e-3);
    }
}
