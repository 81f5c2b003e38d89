//! What was measured, in the terms of ISO/IEC 19795-1. One table of rows is the source of the page, the JSON and the CSV.

use serde::{Serialize, Serializer};
use vedette_core::calibration::Scale;

use super::people::{Estimate, Rate};
use super::verification::DetPoint;

#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// When, as an RFC 3339 timestamp.
    pub(crate) made_at: String,
    pub(crate) version: &'static str,
    pub(crate) set: SetSummary,
    pub(crate) systems: Vec<System>,
    /// Second less first, where two models were measured.
    pub(crate) differences: Vec<Difference>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SetSummary {
    pub(crate) name: String,
    pub(crate) people: usize,
    pub(crate) images: usize,
    pub(crate) columns: Vec<String>,
    /// Crossings of groups that are left out, because too few people belong to them.
    pub(crate) crossings_too_small: usize,
    /// Pairs of the list; nothing where every image is compared with every other.
    pub(crate) listed_pairs: Option<usize>,
    /// Names and reasons.
    pub(crate) unreadable: Vec<(String, String)>,
    /// What lies in the set's folder and is no photograph of it: names and reasons.
    pub(crate) passed_over: Vec<(String, &'static str)>,
    /// Files with the same bytes.
    pub(crate) duplicates: Vec<Duplicate>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Duplicate {
    pub(crate) files: Vec<String>,
    pub(crate) different_people: bool,
}

/// One model on the set.
#[derive(Debug, Serialize)]
pub(crate) struct System {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) sha256: String,
    pub(crate) pipeline: u32,
    /// Why nothing is said by target, where it isn't.
    pub(crate) uncalibrated: Option<String>,
    /// Why nothing is said of normalised scores, where it isn't.
    pub(crate) not_normalised: Option<String>,
    pub(crate) rows: Vec<Row>,
    /// Why images were refused, and how many.
    pub(crate) refusals: Vec<Refused>,
    pub(crate) curves: Vec<Curve>,
    pub(crate) equal_errors: Vec<(Scale, f64)>,
    /// Listed pairs that were not compared, because an image was refused.
    pub(crate) pairs_not_compared: usize,
    pub(crate) suspects: Suspects,
}

#[derive(Debug, Serialize)]
pub(crate) struct Refused {
    pub(crate) reason: String,
    pub(crate) as_reference: usize,
    pub(crate) as_probe: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Curve {
    pub(crate) scale: Scale,
    pub(crate) points: Vec<DetPoint>,
}

/// For a person to look at; nothing was left out because of them.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Suspects {
    /// Labelled as different people, more alike than one in ten pairs of one person.
    pub(crate) alike_strangers: Vec<Suspect>,
    pub(crate) alike_strangers_in_all: usize,
    /// Less like every other picture of its label than one in a hundred strangers.
    pub(crate) unlike_own: Vec<Suspect>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Suspect {
    pub(crate) files: Vec<String>,
    pub(crate) cosine: f32,
}

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) measure: Measure,
    pub(crate) population: String,
    pub(crate) scale: Option<Scale>,
    /// Entries on the watchlist.
    pub(crate) list: Option<usize>,
    pub(crate) probe: Probe,
    pub(crate) condition: Condition,
    pub(crate) threshold: Option<f32>,
    #[serde(flatten)]
    pub(crate) rate: Rate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Measure {
    Fte,
    Fta,
    Fmr,
    /// True accept rate: one less FNMR.
    Tar,
    Fpir,
    Fnir,
    Tpir,
    /// Closed-set identification rate at a rank.
    Cmc,
}

impl Measure {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Fte => "FTE",
            Self::Fta => "FTA",
            Self::Fmr => "FMR",
            Self::Tar => "TAR",
            Self::Fpir => "FPIR",
            Self::Fnir => "FNIR",
            Self::Tpir => "TPIR",
            Self::Cmc => "CMC",
        }
    }
}

/// What is compared with a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Probe {
    /// Every photograph by itself.
    Each,
    /// Of people with three photographs, one.
    OneOfThree,
    /// The one of best quality.
    BestOfThree,
    /// All three, fused as the shots of a track are.
    ThreeFused,
}

impl Probe {
    pub(crate) const ALL: [Self; 4] = [Self::Each, Self::OneOfThree, Self::BestOfThree, Self::ThreeFused];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Each => "each photograph",
            Self::OneOfThree => "one of three",
            Self::BestOfThree => "best of three",
            Self::ThreeFused => "three fused",
        }
    }
}

/// At which setting a figure was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Condition {
    Always,
    /// At the threshold where the whole set has this FMR.
    Fmr(f64),
    /// At the threshold where the whole set has this FPIR.
    Fpir(f64),
    /// At the threshold that the calibration gives for one false alert in so many faces.
    Target(u32),
    Rank(usize),
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Always => f.write_str("always"),
            Self::Fmr(rate) => write!(f, "FMR {rate:.0e}"),
            Self::Fpir(rate) => write!(f, "FPIR {rate:.0e}"),
            Self::Target(faces) => write!(f, "target 1/{faces}"),
            Self::Rank(rank) => write!(f, "rank {rank}"),
        }
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct Difference {
    pub(crate) measure: Measure,
    pub(crate) scale: Scale,
    pub(crate) list: Option<usize>,
    pub(crate) condition: Condition,
    /// Second less first, with the ends of its 95 % interval; each replicate draws the same people for both.
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

pub(crate) const fn scale_name(scale: Scale) -> &'static str {
    match scale {
        Scale::Cosine => "cosine",
        Scale::Normalised => "normalised",
    }
}

impl Report {
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Every row of every system, one a line.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "model",
            "measure",
            "population",
            "score",
            "entries",
            "probe",
            "condition",
            "threshold",
            "value",
            "low",
            "high",
            "events",
            "trials",
            "people",
            "insufficient",
        ])?;
        for system in &self.systems {
            for row in &system.rows {
                let (value, low, high, why) = match &row.rate.estimate {
                    Estimate::Known { value, low, high } => {
                        (value.to_string(), low.to_string(), high.to_string(), String::new())
                    }
                    Estimate::Insufficient { why } => (String::new(), String::new(), String::new(), why.clone()),
                };
                writer.write_record([
                    system.name.clone(),
                    row.measure.name().to_owned(),
                    row.population.clone(),
                    row.scale.map(scale_name).unwrap_or_default().to_owned(),
                    row.list.map(|n| n.to_string()).unwrap_or_default(),
                    row.probe.name().to_owned(),
                    row.condition.to_string(),
                    row.threshold.map(|t| t.to_string()).unwrap_or_default(),
                    value,
                    low,
                    high,
                    row.rate.events.to_string(),
                    row.rate.trials.to_string(),
                    row.rate.people.to_string(),
                    why,
                ])?;
            }
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }
}
