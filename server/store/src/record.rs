//! The record of an operation: what was asked for, who signed for it, what was seen to before the start, and what came of
//! it. Plain data; the rules are the server's.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vedette_core::id::UserId;

use crate::sketch::Sketch;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Record {
    pub plan: Plan,
    /// Everybody who wrote on the plan.
    pub authors: Vec<UserId>,
    /// Everybody who put people or photographs onto the watchlist.
    #[serde(default)]
    pub listers: Vec<UserId>,
    pub stage: Stage,
    pub signage: Option<Signage>,
    /// When somebody last confirmed that everybody on the watchlist is still wanted.
    pub checked: Option<Mark>,
    pub withdrawal: Option<Reasoned>,
    pub review: Option<Review>,
}

/// Who filled an operation's list, as the journal tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListersTold {
    pub listers: Vec<UserId>,
    /// Whether it names somebody for everybody, and for every photograph, on the list.
    pub whole: bool,
}

/// Who, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    pub by: UserId,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reasoned {
    #[serde(flatten)]
    pub mark: Mark,
    pub reason: String,
}

/// How far the plan has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Stage {
    /// Being written; sent back, if it was refused.
    Planned {
        refusal: Option<Reasoned>,
    },
    Submitted {
        submission: Mark,
    },
    Authorised {
        submission: Mark,
        signature: Signature,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    pub starts_at: Timestamp,
    pub purpose: String,
    pub legal_basis: String,
    pub use_case: String,
    /// Where each camera stands, and what it looks at.
    pub cameras: Vec<String>,
    /// Who may be on the watchlist: its entries' categories.
    pub categories: Vec<String>,
    /// Faces expected to pass.
    pub footfall: u32,
    pub necessity: String,
    pub proportionality: String,
    /// Why nothing less intrusive would do.
    pub alternatives: String,
    pub documents: Vec<Document>,
    pub notice: Option<Notice>,
    /// Why one person's judgement is enough before somebody is engaged. Without it, it takes two people's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub single_person: Option<String>,
    /// Where cameras, zone, signs and exits are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub sketch: Option<Sketch>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub kind: DocumentKind,
    /// Where it is found.
    pub reference: String,
    pub version: String,
    /// The last day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub review_by: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    DataProtectionImpactAssessment,
    EqualityImpactAssessment,
    AppropriatePolicyDocument,
    LegalMandate,
    OperatingProcedure,
}

/// What the public was told before the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub text: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub published_on: Date,
}

/// An authorising officer's, over what she saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Signature {
    #[serde(flatten)]
    pub mark: Mark,
    pub name: String,
    pub rank: String,
    /// SHA-256 of the signed content, in hexadecimal.
    pub content: String,
    /// On the watchlist then.
    pub people: u64,
    /// Of these, below 18 or possibly so.
    #[serde(default)]
    pub minors: u64,
    pub photos: u64,
    pub threshold: f32,
    /// At most, for the expected footfall.
    pub false_alerts: f64,
}

/// A named officer saw the signs stand before the zone of recognition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Signage {
    #[serde(flatten)]
    pub mark: Mark,
    pub name: String,
    /// SHA-256 of the photograph, in hexadecimal.
    pub photo: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Review {
    #[serde(flatten)]
    pub mark: Mark,
    pub outcomes: String,
    pub complaints: u32,
    pub lessons: String,
    pub sign_off: Option<SignOff>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOff {
    #[serde(flatten)]
    pub mark: Mark,
    pub name: String,
    pub rank: String,
}
