//! From a target for false alerts to a threshold, by what was measured of an embedder's false matches.
//!
//! A [`Calibration`] stands beside the model. For each population that the data supports it holds how often two
//! different people's comparison reaches a score. The threshold for a target is the one that the least favourable of
//! them needs: no group that was measured well enough gets more false alerts than the target.

use serde::{Deserialize, Serialize};

use crate::template::{ModelId, PipelineVersion, TemplateSpace};

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    #[error("a target is one false alert in {} faces or more, never in fewer", Target::LOOSEST.0)]
    TooLoose,
    #[error("the calibration is of model {model}, pipeline {}; the model in use is another", pipeline.0)]
    OtherModel { model: ModelId, pipeline: PipelineVersion },
    #[error(
        "{population} has too few comparisons to calibrate with: {pairs}, of at least {}",
        Population::FEWEST_PAIRS
    )]
    TooFew { population: String, pairs: u64 },
    #[error("the calibration is damaged: {0}")]
    Damaged(&'static str),
}

/// How many faces of people who are not on the watchlist may pass for one false alert: the false-positive identification
/// rate (FPIR, ISO/IEC 19795-1) as one in so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u32", into = "u32")]
pub struct Target(u32);

impl Target {
    /// No deployment may be looser (requirement R49).
    pub const LOOSEST: Self = Self(1_000);
    pub const DEFAULT: Self = Self(6_000);

    pub const fn one_in(faces: u32) -> Result<Self, CalibrationError> {
        if faces >= Self::LOOSEST.0 {
            Ok(Self(faces))
        } else {
            Err(CalibrationError::TooLoose)
        }
    }

    pub const fn faces(self) -> u32 {
        self.0
    }

    /// The false match rate of a single comparison at which a search over `references` keeps to `share` of this target,
    /// were the comparisons independent: 1 - (1 - FPIR)^(1/N). Comparisons of one probe are alike, so the search errs less.
    pub fn fmr(self, references: usize, share: f64) -> f64 {
        let fpir = share / f64::from(self.0);
        -((-fpir).ln_1p() / references.max(1) as f64).exp_m1()
    }

    /// False alerts to expect among so many passing faces.
    pub fn expected_false_alerts(self, faces: u64) -> f64 {
        faces as f64 / f64::from(self.0)
    }
}

impl TryFrom<u32> for Target {
    type Error = CalibrationError;

    fn try_from(faces: u32) -> Result<Self, Self::Error> {
        Self::one_in(faces)
    }
}

impl From<Target> for u32 {
    fn from(target: Target) -> Self {
        target.0
    }
}

/// What a comparison score is measured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// The cosine of two templates, -1..=1.
    Cosine,
    /// That cosine against what both sides score with their nearest strangers; see [`crate::cohort`]. Mostly -8..=20.
    Normalised,
}

/// The lowest score that counts as a match for one number of references, and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatingPoint {
    pub scale: Scale,
    pub threshold: f32,
    /// The population that needs it.
    pub population: String,
    /// How many powers of ten rarer the target's false match rate is than what the population's data shows ten times;
    /// below zero where the data reaches further than the target.
    pub decades_beyond_data: f32,
    /// What a score must gain to be ten times as rare among strangers.
    pub decade: f32,
}

impl OperatingPoint {
    pub fn passes(&self, score: f32) -> bool {
        score >= self.threshold
    }

    /// How many powers of ten rarer `score` is among strangers than the threshold.
    pub fn decades_above(&self, score: f32) -> f32 {
        (score - self.threshold) / self.decade
    }
}

/// What was measured of one embedder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    pub model: ModelId,
    pub pipeline: PipelineVersion,
    /// The day on which the scores were measured, as yyyy-mm-dd.
    pub measured: String,
    pub cosine: Curve,
    pub normalised: Curve,
}

impl Calibration {
    pub fn check(&self, space: &TemplateSpace) -> Result<(), CalibrationError> {
        if self.model != space.model || self.pipeline != space.pipeline {
            return Err(CalibrationError::OtherModel {
                model: self.model.clone(),
                pipeline: self.pipeline,
            });
        }
        self.cosine.check()?;
        self.normalised.check()
    }

    /// The operating point at which a single comparison of strangers matches at most as often as `fmr`, in every
    /// population.
    pub fn at(&self, scale: Scale, fmr: f64) -> OperatingPoint {
        let curve = match scale {
            Scale::Cosine => &self.cosine,
            Scale::Normalised => &self.normalised,
        };
        curve.at(scale, fmr)
    }
}

/// False match rates on one scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// What the scores are, in words.
    pub score: String,
    pub populations: Vec<Population>,
}

impl Curve {
    /// Fits every population of `histograms` that has enough comparisons. The largest lends its tail to those with few.
    pub fn fit(score: String, histograms: &[(String, Histogram)]) -> Result<Self, CalibrationError> {
        let mut ordered: Vec<_> = histograms.iter().collect();
        ordered.sort_by_key(|(name, histogram)| (std::cmp::Reverse(histogram.pairs()), name.clone()));
        let mut populations: Vec<Population> = Vec::new();
        for (name, histogram) in ordered {
            if histogram.pairs() < Population::FEWEST_PAIRS && !populations.is_empty() {
                continue;
            }
            let lender = populations.first().map(|p| p.decade);
            populations.push(Population::fit(name.clone(), histogram, lender)?);
        }
        let curve = Self { score, populations };
        curve.check()?;
        Ok(curve)
    }

    fn check(&self) -> Result<(), CalibrationError> {
        if self.populations.is_empty() {
            return Err(CalibrationError::Damaged("it names no population"));
        }
        self.populations.iter().try_for_each(Population::check)
    }

    fn at(&self, scale: Scale, fmr: f64) -> OperatingPoint {
        let points = self.populations.iter().map(|population| OperatingPoint {
            scale,
            threshold: population.threshold(fmr),
            population: population.name.clone(),
            decades_beyond_data: (Population::SEEN / population.pairs as f64 / fmr).log10() as f32,
            decade: population.decade,
        });
        // `check` refuses a curve without populations; were there none, nothing would match.
        points
            .max_by(|a, b| a.threshold.total_cmp(&b.threshold))
            .unwrap_or(OperatingPoint {
                scale,
                threshold: f32::INFINITY,
                population: String::new(),
                decades_beyond_data: f32::INFINITY,
                decade: 1.0,
            })
    }
}

/// Comparisons of different people in bins of score, from low to high.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// The lower edge of the first bin.
    pub start: f32,
    pub width: f32,
    pub counts: Vec<u64>,
}

impl Histogram {
    pub fn pairs(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The score that `count` comparisons reach, between bin edges in proportion.
    fn reached_by(&self, count: f64) -> f32 {
        let mut above = 0.0;
        for (bin, n) in self.counts.iter().enumerate().rev() {
            let n = *n as f64;
            if above + n >= count && n > 0.0 {
                let share = ((count - above) / n) as f32;
                return self.start + (bin as f32 + 1.0 - share) * self.width;
            }
            above += n;
        }
        self.start
    }

    /// How far the comparisons above the first bin edge from `score` on are above that edge, on average, and how many
    /// there are.
    fn excess(&self, score: f32) -> (f32, f64) {
        let first = ((score - self.start) / self.width).ceil().max(0.0) as usize;
        let (mut sum, mut count) = (0.0, 0.0);
        for (bin, n) in self.counts.iter().skip(first).enumerate() {
            sum += (bin as f64 + 0.5) * f64::from(self.width) * *n as f64;
            count += *n as f64;
        }
        (if count > 0.0 { (sum / count) as f32 } else { 0.0 }, count)
    }
}

/// How often comparisons within one population, or across it, reach a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Population {
    pub name: String,
    /// Comparisons of different people.
    pub pairs: u64,
    /// Scores at false match rates of [`Population::LEVELS`], from often to rare.
    pub scores: Vec<f32>,
    /// Beyond the last level: what a score must gain to be ten times as rare.
    pub decade: f32,
}

impl Population {
    /// With fewer pairs the last level rests on less than ten of them.
    pub const FEWEST_PAIRS: u64 = 10_000;
    /// False match rates between which scores are read off the data. Beyond the last one they are extrapolated: an
    /// exponential tail from 1e-3 predicted the scores at 1e-5 and 1e-6 of nine million pairs of mixed adults to within
    /// 0.03 (cosine) and 0.2 (normalised), more often too strict than too lax; a Gaussian tail fitted the cosine better
    /// and the normalised score worse, on the lax side.
    pub const LEVELS: [f64; 6] = [0.5, 0.2, 0.1, 0.03, 0.01, 0.001];
    /// A rate is taken as seen in the data where this many comparisons showed it.
    const SEEN: f64 = 10.0;
    /// A tail fitted to fewer comparisons is too uncertain; the largest population's scale stands in for it.
    const FEWEST_IN_TAIL: f64 = 300.0;
    /// One-sided 95 % of a normal distribution.
    const CONFIDENCE: f64 = 1.645;

    /// Scores at the levels, each at the upper end of its 95 % interval (counts are Poisson), and the tail's mean excess
    /// likewise.
    fn fit(name: String, histogram: &Histogram, lender: Option<f32>) -> Result<Self, CalibrationError> {
        let pairs = histogram.pairs();
        if pairs < Self::FEWEST_PAIRS {
            return Err(CalibrationError::TooFew {
                population: name,
                pairs,
            });
        }
        let scores = Self::LEVELS.map(|level| {
            let reached = pairs as f64 * level;
            histogram.reached_by((reached - Self::CONFIDENCE * reached.sqrt()).max(1.0))
        });
        let last = pairs as f64 * Self::LEVELS[Self::LEVELS.len() - 1];
        let (excess, count) = histogram.excess(histogram.reached_by(last));
        let own = excess * (1.0 + Self::CONFIDENCE / count.max(1.0).sqrt()) as f32 * std::f32::consts::LN_10;
        let decade = match lender {
            Some(lent) if count < Self::FEWEST_IN_TAIL => lent,
            _ => own,
        };
        let population = Self {
            name,
            pairs,
            scores: scores.to_vec(),
            decade,
        };
        population.check()?;
        Ok(population)
    }

    fn check(&self) -> Result<(), CalibrationError> {
        let rising = self.scores.windows(2).all(|pair| pair[0] <= pair[1]);
        let finite = self.scores.iter().all(|s| s.is_finite()) && self.decade.is_finite();
        if self.scores.len() != Self::LEVELS.len() || !rising || !finite || self.decade <= 0.0 {
            return Err(CalibrationError::Damaged(
                "a population's scores do not rise with their rarity",
            ));
        }
        Ok(())
    }

    fn threshold(&self, fmr: f64) -> f32 {
        let levels = Self::LEVELS.windows(2).zip(self.scores.windows(2));
        for (level, score) in levels {
            if fmr >= level[1] {
                let share = ((level[0] / fmr).log10() / (level[0] / level[1]).log10()).max(0.0);
                return score[0] + share as f32 * (score[1] - score[0]);
            }
        }
        let last = Self::LEVELS.len() - 1;
        self.scores[last] + self.decade * (Self::LEVELS[last] / fmr).log10() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Scores of an exponential tail with that decade above 0.3, for `pairs` comparisons.
    fn exponential(pairs: u64, decade: f64) -> Histogram {
        let width = 0.005;
        let reached = |score: f64| pairs as f64 * 0.5 * 10f64.powf(-(score - 0.3).max(0.0) / decade);
        let mut counts = vec![0u64; 60];
        counts[59] = pairs / 2;
        let mut left = pairs - pairs / 2;
        for bin in 0..200 {
            let low = 0.3 + f64::from(bin) * width;
            let n = ((reached(low) - reached(low + width)).round() as u64).min(left);
            counts.push(n);
            left -= n;
        }
        counts[0] += left;
        Histogram {
            start: 0.0,
            width: width as f32,
            counts,
        }
    }

    fn curve(sets: &[(&str, Histogram)]) -> Curve {
        let sets: Vec<_> = sets.iter().map(|(name, h)| ((*name).to_owned(), h.clone())).collect();
        Curve::fit("test".into(), &sets).unwrap()
    }

    #[test]
    fn a_target_is_never_looser_than_one_in_a_thousand() {
        assert_eq!(Target::one_in(999), Err(CalibrationError::TooLoose));
        assert_eq!(Target::one_in(1_000), Ok(Target::LOOSEST));
        assert_eq!(Target::DEFAULT.faces(), 6_000);
    }

    #[test]
    fn a_known_tail_is_found_again_beyond_the_data() {
        let found = curve(&[("all", exponential(10_000_000, 0.06))]).at(Scale::Cosine, 1e-8);
        let truth = 0.3 + 0.06 * (0.5f64 / 1e-8).log10() as f32;
        assert!(
            found.threshold >= truth && found.threshold < truth + 0.02,
            "{found:?} {truth}"
        );
        assert!((found.decades_beyond_data - 2.0).abs() < 0.01);
    }

    #[test]
    fn the_least_favourable_population_rules_and_small_ones_borrow_the_tail() {
        let mut shifted = exponential(20_000, 0.06);
        shifted.start += 0.1;
        let curve = curve(&[
            ("small", shifted),
            ("all", exponential(10_000_000, 0.06)),
            ("few", exponential(900, 0.3)),
        ]);
        let names: Vec<_> = curve.populations.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["all", "small"]);
        assert_eq!(curve.populations[0].decade, curve.populations[1].decade);
        let point = curve.at(Scale::Normalised, 1e-6);
        assert_eq!(point.population, "small");
        let alone = curve.populations[0].threshold(1e-6);
        assert!(point.threshold > alone + 0.09 && point.threshold < alone + 0.15);
    }

    #[test]
    fn too_little_data_is_no_calibration() {
        let sets = [("few".to_owned(), exponential(900, 0.06))];
        assert!(matches!(
            Curve::fit("test".into(), &sets),
            Err(CalibrationError::TooFew { pairs: 900, .. })
        ));
        assert!(Curve::fit("test".into(), &[]).is_err());
    }

    proptest! {
        #[test]
        fn rarer_is_higher_and_longer_lists_are_stricter(a in -9.0f64..-0.4, b in -9.0f64..-0.4, n in 1usize..200_000) {
            let curve = curve(&[("all", exponential(1_000_000, 0.06))]);
            let at = |exponent: f64| curve.at(Scale::Cosine, 10f64.powf(exponent)).threshold;
            let (rare, often) = (a.min(b), a.max(b));
            prop_assert!(at(rare) >= at(often));
            let target = Target::DEFAULT;
            prop_assert!(target.fmr(n + 1, 1.0) <= target.fmr(n, 1.0));
            let fpir = 1.0 - (1.0 - target.fmr(n, 1.0)).powf(n as f64);
            prop_assert!((fpir * 6_000.0 - 1.0).abs() < 1e-3);
        }

        #[test]
        fn a_score_one_decade_above_is_ten_times_as_rare(exponent in -8.0f64..-3.5) {
            let curve = curve(&[("all", exponential(1_000_000, 0.06))]);
            let (here, rarer) = (10f64.powf(exponent), 10f64.powf(exponent - 1.0));
            let point = curve.at(Scale::Cosine, here);
            let above = point.decades_above(curve.at(Scale::Cosine, rarer).threshold);
            prop_assert!((above - 1.0).abs() < 1e-3);
        }
    }
}
