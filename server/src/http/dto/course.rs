//! Who began, paused, resumed and ended a deployment.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::Account;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Act {
    pub(crate) what: ActKind,
    pub(crate) at: Timestamp,
    /// Null where the server did it, by itself.
    pub(crate) by: Option<Account>,
    /// As it was given. Null where none was, and once it is deleted.
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ActKind {
    Started,
    Paused,
    Resumed,
    Ended,
}
