//! Reports of how models were measured, as far as they are shown beside the model's card: figures, and no name of a file or a
//! person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vedette_core::id::{EvaluationId, UserId};

#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationRow {
    pub id: EvaluationId,
    pub added_by: UserId,
    pub added_at: Timestamp,
    pub measured: Measured,
}

/// One model on one set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measured {
    pub made_at: Timestamp,
    /// Of the program that measured.
    pub version: String,
    /// What the set is called.
    pub set: String,
    pub people: u64,
    pub images: u64,
    /// Of the embedder's file, in hexadecimal.
    pub sha256: String,
    pub pipeline: u32,
    pub figures: Vec<Figure>,
}

/// One rate for one population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// As ISO/IEC 19795-1 calls it.
    pub measure: String,
    pub population: String,
    pub scale: Option<String>,
    /// Entries on the watchlist.
    pub list: Option<u64>,
    pub probe: String,
    pub condition: String,
    #[serde(flatten)]
    pub estimate: FigureEstimate,
    pub events: u64,
    pub trials: u64,
    pub people: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum FigureEstimate {
    /// With the ends of its 95 % interval over people.
    Known { value: f64, low: f64, high: f64 },
    /// Too few people to say.
    Insufficient { why: String },
}
