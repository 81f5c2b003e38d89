//! Who an entry of an operation is and why they are looked for. Plain data; the rules are the server's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an operation's entry must say. Its Debug shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Particulars {
    /// The person's number in the system that the entry comes from.
    pub nominal_id: String,
    /// One of the plan's.
    pub category: String,
    pub response: Response,
    pub lawful_basis: String,
    /// Such as an extant order with its reference.
    pub legal_status: String,
    pub source_system: String,
    /// Why the person is on the list.
    pub reason: String,
    /// Who looked at the entry and found it right.
    pub reviewer: String,
    pub image_source: String,
    /// Of the oldest of the person's images.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub image_taken_on: Date,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub born_on: Option<Date>,
    /// The age isn't known, and may be below 18.
    #[serde(default)]
    pub possible_minor: bool,
    /// A disability or vulnerability that is on record.
    #[serde(default)]
    pub vulnerability: Option<String>,
    /// An image comes from a sensitive source or from somebody who is no public body.
    #[serde(default)]
    pub sensitive_source: bool,
}

impl std::fmt::Debug for Particulars {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Particulars")
    }
}

/// What officers are to do, once a person has confirmed a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Act at once: somebody may come to harm.
    Red,
    /// Arrest.
    Amber,
    /// Establish who it is, and no more.
    Green,
}

/// What an alert knows of its entry beside the name. Its Debug shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    pub category: String,
    pub response: Response,
    pub image_taken_on: Date,
    pub born_on: Option<Date>,
    pub possible_minor: bool,
    pub vulnerable: bool,
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subject")
    }
}

impl From<Particulars> for Subject {
    fn from(all: Particulars) -> Self {
        Self {
            category: all.category,
            response: all.response,
            image_taken_on: all.image_taken_on,
            born_on: all.born_on,
            possible_minor: all.possible_minor,
            vulnerable: all.vulnerability.is_some(),
        }
    }
}
