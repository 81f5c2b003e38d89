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
    /// Fits every population of `histograms` that has enough comparisons. The family of the tail is the one that better
    /// predicts the largest population's rarest scores from its commoner ones; that population lends its tail to those
    /// with few comparisons.
    pub fn fit(score: String, histograms: &[(String, Histogram)]) -> Result<Self, CalibrationError> {
        let mut ordered: Vec<_> = histograms.iter().collect();
        ordered.sort_by_key(|(name, histogram)| (std::cmp::Reverse(histogram.pairs()), name.clone()));
        let Some((name, largest)) = ordered.first() else {
            return Err(CalibrationError::Damaged("it names no population"));
        };
        let [exponential, gaussian] = [Tail::exponential(largest), Tail::gaussian(largest)];
        let best = if gaussian.error(largest) < exponential.error(largest) {
            Tail::gaussian
        } else {
            Tail::exponential
        };
        let lent = best(largest);
        let mut populations = vec![Population::fit(name.clone(), largest, lent)?];
        for (name, histogram) in ordered
            .iter()
            .skip(1)
            .filter(|(_, h)| h.pairs() >= Population::FEWEST_PAIRS)
        {
            let in_tail = histogram.pairs() as f64 * Population::LAST;
            let tail = if in_tail < Tail::FEWEST { lent } else { best(histogram) };
            populations.push(Population::fit(name.clone(), histogram, tail)?);
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
        let points = self.populations.iter().map(|population| {
            let threshold = population.threshold(fmr);
            OperatingPoint {
                scale,
                threshold,
                population: population.name.clone(),
                decades_beyond_data: (Population::SEEN / population.pairs as f64 / fmr).log10() as f32,
                decade: population.threshold(fmr / 10.0) - threshold,
            }
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

/// How scores go on beyond [`Population::LAST`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "family", rename_all = "snake_case")]
pub enum Tail {
    /// A score that is ten times as rare is higher by `decade`, ever again.
    Exponential { decade: f32 },
    /// As in a normal distribution with that standard deviation.
    Gaussian { deviation: f32 },
}

impl Tail {
    /// With fewer comparisons above the last level a tail of one's own is too uncertain.
    const FEWEST: f64 = 300.0;
    /// One-sided 95 % of a normal distribution.
    const CONFIDENCE: f64 = 1.645;

    /// By the mean excess, at the upper end of its 95 % interval.
    fn exponential(histogram: &Histogram) -> Self {
        let last = histogram.pairs() as f64 * Population::LAST;
        let (excess, count) = histogram.excess(histogram.reached_by(last));
        let upper = excess * (1.0 + Self::CONFIDENCE / count.max(1.0).sqrt()) as f32;
        Self::Exponential {
            decade: upper * std::f32::consts::LN_10,
        }
    }

    /// By the distance between the last two levels, likewise.
    fn gaussian(histogram: &Histogram) -> Self {
        let pairs = histogram.pairs() as f64;
        let before = Population::LEVELS[Population::LEVELS.len() - 2];
        let distance = histogram.reached_by(pairs * Population::LAST) - histogram.reached_by(pairs * before);
        let upper = 1.0 + Self::CONFIDENCE / (2.0 * pairs * Population::LAST).max(1.0).sqrt();
        Self::Gaussian {
            deviation: distance * upper as f32 / (deviations(Population::LAST) - deviations(before)) as f32,
        }
    }

    /// What a score at [`Population::LAST`] must gain to be as rare as `fmr`.
    fn gain(self, fmr: f64) -> f32 {
        match self {
            Self::Exponential { decade } => decade * (Population::LAST / fmr).log10() as f32,
            Self::Gaussian { deviation } => deviation * (deviations(fmr) - deviations(Population::LAST)) as f32,
        }
    }

    /// The largest error in predicting scores that the data still shows.
    fn error(self, histogram: &Histogram) -> f32 {
        let pairs = histogram.pairs() as f64;
        let last = histogram.reached_by(pairs * Population::LAST);
        [1e-4, 1e-5, 1e-6]
            .iter()
            .filter(|fmr| pairs * **fmr >= Population::SEEN.min(9.0))
            .map(|fmr| (last + self.gain(*fmr) - histogram.reached_by(pairs * fmr)).abs())
            .fold(0.0, f32::max)
    }

    const fn is_sound(self) -> bool {
        let (Self::Exponential { decade: size } | Self::Gaussian { deviation: size }) = self;
        size.is_finite() && size > 0.0
    }
}

/// How many standard deviations above the mean of a normal distribution a value lies that is exceeded with probability
/// `rate`, 0 < rate < 1.
fn deviations(rate: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 40.0);
    for _ in 0..64 {
        let middle = 0.5 * (low + high);
        if 0.5 * libm::erfc(middle / std::f64::consts::SQRT_2) > rate {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// How often comparisons within one population, or across it, reach a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Population {
    pub name: String,
    /// Comparisons of different people.
    pub pairs: u64,
    /// Scores at false match rates of [`Population::LEVELS`], from often to rare.
    pub scores: Vec<f32>,
    pub tail: Tail,
}

impl Population {
    /// With fewer pairs the last level rests on less than ten of them.
    pub const FEWEST_PAIRS: u64 = 10_000;
    /// False match rates between which scores are read off the data.
    pub const LEVELS: [f64; 6] = [0.5, 0.2, 0.1, 0.03, 0.01, Self::LAST];
    /// Rarer scores are extrapolated by the tail.
    pub const LAST: f64 = 1e-3;
    /// A rate is taken as seen in the data where this many comparisons showed it.
    const SEEN: f64 = 10.0;

    /// Scores at the levels, each at the upper end of its 95 % interval (counts are Poisson).
    fn fit(name: String, histogram: &Histogram, tail: Tail) -> Result<Self, CalibrationError> {
        let pairs = histogram.pairs();
        if pairs < Self::FEWEST_PAIRS {
            return Err(CalibrationError::TooFew {
                population: name,
                pairs,
            });
        }
        let scores = Self::LEVELS.map(|level| {
            let reached = pairs as f64 * level;
            histogram.reached_by((reached - Tail::CONFIDENCE * reached.sqrt()).max(1.0))
        });
        let population = Self {
            name,
            pairs,
            scores: scores.to_vec(),
            tail,
        };
        population.check()?;
        Ok(population)
    }

    fn check(&self) -> Result<(), CalibrationError> {
        let rising = self.scores.windows(2).all(|pair| pair[0] <= pair[1]);
        let finite = self.scores.iter().all(|s| s.is_finite());
        if self.scores.len() != Self::LEVELS.len() || !rising || !finite || !self.tail.is_sound() {
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
        self.scores[Self::LEVELS.len() - 1] + self.tail.gain(fmr)
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
    fn the_family_of_the_tail_is_what_the_data_shows() {
        let normal = |pairs: f64| Histogram {
            start: -0.4,
            width: 0.005,
            counts: (0..220)
                .map(|bin| {
                    let above = |edge: i32| {
                        0.5 * libm::erfc((-0.4 + 0.005 * f64::from(edge) - 0.1) / 0.1 / std::f64::consts::SQRT_2)
                    };
                    (pairs * (above(bin) - above(bin + 1))).round() as u64
                })
                .collect(),
        };
        let found = curve(&[("normal", normal(1e7))]);
        assert!(matches!(found.populations[0].tail, Tail::Gaussian { deviation } if (deviation - 0.1).abs() < 0.003));
        let truth = 0.1 + 0.1 * deviations(1e-8) as f32;
        let threshold = found.at(Scale::Cosine, 1e-8).threshold;
        assert!(threshold >= truth && threshold < truth + 0.01, "{threshold} {truth}");
        let found = curve(&[("exponential", exponential(10_000_000, 0.06))]);
        assert!(matches!(found.populations[0].tail, Tail::Exponential { .. }));
    }

    #[test]
    fn deviations_are_those_of_a_normal_distribution() {
        for (rate, expected) in [
            (0.5, 0.0),
            (0.05, 1.644_853_627),
            (1e-3, 3.090_232_306),
            (1e-9, 5.997_807_015),
        ] {
            assert!((deviations(rate) - expected).abs() < 1e-8, "{rate}");
        }
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
        assert_eq!(curve.populations[0].tail, curve.populations[1].tail);
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
