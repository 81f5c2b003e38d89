//! Histograms of comparison scores by population, as files beside a model: what a calibration is fitted to.

use serde::{Deserialize, Serialize};
use vedette_core::calibration::{CalibrationError, Curve, Histogram, Scale};
use vedette_core::template::{ModelId, PipelineVersion, TemplateSpace};

use super::cells::Cells;
use super::people::FEWEST_PEOPLE;
use super::verification::Verification;

/// Histograms of one score on several populations.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Scores {
    /// What the score is, in words.
    pub(crate) score: String,
    pub(crate) model: ModelId,
    pub(crate) pipeline: PipelineVersion,
    /// The day, as yyyy-mm-dd.
    pub(crate) measured: String,
    /// What it was measured on, in words.
    data: String,
    bin_start: f32,
    bin_width: f32,
    pub(crate) sets: Vec<Set>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) comparisons: Comparisons,
    pairs: u64,
    #[serde(default)]
    people: Option<usize>,
    /// Why the set does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_out: Option<String>,
    first_bin: u32,
    pub(crate) counts: Vec<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Comparisons {
    #[serde(rename = "same person")]
    Genuine,
    #[serde(rename = "different people")]
    Impostor,
}

/// The file's name in a folder of scores.
pub(crate) const fn file_name(scale: Scale) -> &'static str {
    match scale {
        Scale::Cosine => "cosine.json",
        Scale::Normalised => "normalised.json",
    }
}

impl Scores {
    pub(crate) fn of(
        verification: &Verification,
        cells: &Cells,
        space: &TemplateSpace,
        measured: String,
        data: String,
    ) -> Self {
        let mut sets = Vec::new();
        for (name, scores) in cells.names.iter().zip(&verification.scores) {
            for (comparisons, histogram) in [
                (Comparisons::Impostor, &scores.impostor),
                (Comparisons::Genuine, &scores.genuine),
            ] {
                let filled = |at: &usize| histogram.counts[*at] > 0;
                let bins = 0..histogram.counts.len();
                let (Some(first), Some(last)) = (bins.clone().find(filled), bins.rev().find(filled)) else {
                    continue;
                };
                sets.push(Set {
                    name: name.clone(),
                    comparisons,
                    pairs: histogram.pairs(),
                    people: Some(scores.people),
                    left_out: None,
                    first_bin: first as u32,
                    counts: histogram.counts[first..=last].to_vec(),
                });
            }
        }
        let bins = &verification.scores[0].impostor;
        Self {
            score: match verification.scale {
                Scale::Cosine => "cosine of two templates".to_owned(),
                Scale::Normalised => "adaptive symmetric normalisation of the cosine against other people of the set, \
                                      one image each, nearest sixth"
                    .to_owned(),
            },
            model: space.model.clone(),
            pipeline: space.pipeline,
            measured,
            data,
            bin_start: bins.start,
            bin_width: bins.width,
            sets,
        }
    }

    /// Of different people, by name; without those that do not count, or that are of too few people.
    pub(crate) fn impostors(&self) -> Vec<(String, Histogram)> {
        // Comparisons of a few people are many and say little.
        let few = |set: &Set| set.people.is_some_and(|people| people < FEWEST_PEOPLE);
        let used = self
            .sets
            .iter()
            .filter(|s| s.comparisons == Comparisons::Impostor && s.left_out.is_none() && !few(s));
        used.map(|set| (set.name.clone(), self.histogram(set))).collect()
    }

    fn histogram(&self, set: &Set) -> Histogram {
        Histogram {
            start: self.bin_start + set.first_bin as f32 * self.bin_width,
            width: self.bin_width,
            counts: set.counts.clone(),
        }
    }

    pub(crate) fn curve(&self) -> Result<Curve, CalibrationError> {
        Curve::fit(self.score.clone(), &self.impostors())
    }
}
