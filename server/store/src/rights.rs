//! Who is responsible, what people complain about, and what is kept for them beyond a deployment's end. Plain data; the
//! rules are the server's.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vedette_core::id::{AlertId, ComplaintId, DeploymentId, HoldId, UserId};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The controller, as public papers name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub name: String,
    /// In Welsh, where it has such a name.
    pub name_cy: Option<String>,
    /// Where people ask about their data.
    pub contact: String,
    /// Where they complain.
    pub complaints: String,
    pub privacy_url: Option<String>,
    /// How many days after a deployment's end a hold lasts at most.
    pub hold_days: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldPicture {
    Probe,
    Reference,
}

/// Evidence of one alert, kept beyond its deployment's end.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldRow {
    pub id: HoldId,
    pub alert: AlertId,
    pub deployment: DeploymentId,
    /// Of which it is the evidence, if it is of one.
    pub complaint: Option<ComplaintId>,
    /// A complaint froze it, and nobody has renewed it: it goes when the complaint is closed.
    pub freezes: bool,
    /// For how long after the deployment's end it was placed. None once it is renewed: its time runs from then.
    pub after_end: Option<SignedDuration>,
    /// Who answers for it: who placed it, or renewed it last.
    pub by: UserId,
    pub by_name: String,
    pub placed_at: Timestamp,
    pub state: HoldState,
    /// Gone once it is over, and for one that a complaint placed until it is renewed.
    pub note: Option<HoldNote>,
    pub has_probe: bool,
    pub has_reference: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoldState {
    Held { until: Timestamp },
    Released { at: Timestamp, by: UserId, by_name: String },
    Expired { at: Timestamp },
}

/// Why it is kept. Overwritten when dropped; its Debug shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct HoldNote {
    pub case_reference: String,
    pub reason: String,
}

impl std::fmt::Debug for HoldNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HoldNote")
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ComplaintRow {
    pub id: ComplaintId,
    pub deployment: DeploymentId,
    /// The alert that it is about, if it is about one.
    pub alert: Option<AlertId>,
    pub received_at: Timestamp,
    pub recorded_by: UserId,
    pub recorded_by_name: String,
    pub recorded_at: Timestamp,
    pub state: ComplaintState,
    /// Gone some time after it was closed.
    pub words: Option<ComplaintWords>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComplaintState {
    Open,
    Closed {
        at: Timestamp,
        by: UserId,
        by_name: String,
        outcome: ComplaintOutcome,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ComplaintOutcome {
    Upheld,
    PartlyUpheld,
    NotUpheld,
    Withdrawn,
}

/// What was said, by whom it was received, and what came of it. Overwritten when dropped; its Debug shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct ComplaintWords {
    pub received_by: String,
    pub text: String,
    pub outcome: Option<String>,
}

impl std::fmt::Debug for ComplaintWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ComplaintWords")
    }
}
