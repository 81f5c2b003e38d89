//! Times in which a live deployment compares nobody. Plain data; the rules are the server's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vedette_core::id::UserId;

use crate::record::Reasoned;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pause {
    pub paused_at: Timestamp,
    pub cause: PauseCause,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PauseCause {
    Person {
        by: UserId,
        reason: String,
    },
    /// The server itself: more false alerts than the ceiling allows.
    FalseAlerts {
        /// Faces that they fell on: one, however many people it was taken for.
        false_alerts: u64,
        faces_seen: u64,
    },
}

/// A pause that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastPause {
    #[serde(flatten)]
    pub pause: Pause,
    pub over: PauseOver,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PauseOver {
    Resumed {
        #[serde(flatten)]
        by: Reasoned,
        /// Faces that had false alerts by then, and so were known to whoever resumed.
        false_alerts: u64,
    },
    /// The deployment ended, or its plan changed.
    Stopped { at: Timestamp },
}

impl PastPause {
    pub fn until(&self) -> Timestamp {
        match &self.over {
            PauseOver::Resumed { by, .. } => by.mark.at,
            PauseOver::Stopped { at } => *at,
        }
    }
}
