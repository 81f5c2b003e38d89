//! Alerts about somebody who is no longer looked for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vedette_core::id::UserId;

/// Why nobody looks for the person any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unlisted {
    /// Taken off the list by whoever keeps it. So is a look-alike that is merged or dropped, about whom there is no alert: until that
    /// is decided nobody is matched to them, and of whoever was matched it isn't asked any more.
    Removed,
    /// Not among those who are still wanted, by the system that the list comes from.
    NotWanted,
    /// An authorising officer did not consent when that was asked for anew, because the journal doesn't tell who filled the list.
    Refused,
}

/// What was still to be done about an alert when its person was taken off the list was withdrawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    pub at: Timestamp,
    /// Nothing where it was nobody with an account.
    pub by: Option<(UserId, String)>,
    pub why: Unlisted,
}
