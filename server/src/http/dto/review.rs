//! Alerts as they are looked at afterwards: what was decided and done, without names and notes about anybody.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_core::id::{AlertId, DeviceId, TrackId, UserId};
use vedette_store::engagement::{Factors, Outcome};
use vedette_store::namesake::Namesake;
use vedette_store::particulars::Response;
use vedette_store::row::Verdict;

use super::{Named, Sight, Withdrawal};
use crate::domain::alert::Band;
use crate::domain::review::Pictures;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertReview {
    pub(crate) id: AlertId,
    pub(crate) device: Named<DeviceId>,
    /// Alerts of one face, which is one track of one device, are one card and count as one.
    pub(crate) track: TrackId,
    pub(crate) raised_at: Timestamp,
    pub(crate) band: Band,
    /// How often the same face was seen again.
    pub(crate) repeats: u32,
    /// When it was told of again, because nobody had opened it.
    pub(crate) escalated_at: Option<Timestamp>,
    /// Why the person was listed. Null in an exercise, and once the person is off the list.
    pub(crate) category: Option<String>,
    pub(crate) response: Option<Response>,
    /// Which it is of several people of one name who were put onto the list; not the name. Null where nobody else has it.
    pub(crate) namesake: Option<Namesake>,
    /// What is held to be so: what somebody found on the spot counts before the pictures. Null where nobody decided.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) course: AlertCourse,
    /// People whose identity was checked for it, each on a lawful basis of its own.
    pub(crate) identity_checks: u64,
    pub(crate) pictures: Pictures,
    /// Whether its pictures are held as evidence, or for a complaint.
    pub(crate) held: bool,
}

/// How it came to its end.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum AlertCourse {
    /// Nobody decided in time.
    NotAdjudicated { at: Timestamp },
    /// Before anybody decided, the person was taken off the watchlist.
    Withdrawn(Withdrawal),
    Adjudicated {
        verdict: Verdict,
        by: Named<UserId>,
        at: Timestamp,
        factors: Factors,
        sight: Option<Sight>,
        engagement: Option<Box<ReviewedEngagement>>,
        /// Before anybody wrote down what came of it, the person was taken off the watchlist.
        withdrawn: Option<Box<Withdrawal>>,
    },
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewedEngagement {
    pub(crate) by: Named<UserId>,
    pub(crate) at: Timestamp,
    pub(crate) outcome: Outcome,
}
