//! Times in which a live deployment compares nobody. Plain data; the rules are the server's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vedette_core::id::UserId;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::record::Mark;

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
        /// Sealed; gone with the deployment's end.
        #[serde(default)]
        reason: Option<String>,
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
        mark: Mark,
        /// Sealed; gone with the deployment's end.
        #[serde(default)]
        reason: Option<String>,
        /// Faces that had false alerts by then, and so were known to whoever resumed.
        false_alerts: u64,
    },
    /// The deployment ended, or its plan changed.
    Stopped { at: Timestamp },
}

/// What was typed of one pause: why it began, and why it went on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Reasons {
    pub(crate) paused: Option<String>,
    pub(crate) resumed: Option<String>,
}

impl Pause {
    pub(crate) fn reason_mut(&mut self) -> Option<&mut Option<String>> {
        match &mut self.cause {
            PauseCause::Person { reason, .. } => Some(reason),
            PauseCause::FalseAlerts { .. } => None,
        }
    }
}

impl PastPause {
    pub(crate) fn take_reasons(&mut self) -> Reasons {
        Reasons {
            paused: self.pause.reason_mut().and_then(Option::take),
            resumed: match &mut self.over {
                PauseOver::Resumed { reason, .. } => reason.take(),
                PauseOver::Stopped { .. } => None,
            },
        }
    }

    pub(crate) fn give_reasons(&mut self, mut reasons: Reasons) {
        if let Some(reason) = self.pause.reason_mut() {
            *reason = reasons.paused.take();
        }
        if let PauseOver::Resumed { reason, .. } = &mut self.over {
            *reason = reasons.resumed.take();
        }
    }

    pub fn until(&self) -> Timestamp {
        match &self.over {
            PauseOver::Resumed { mark, .. } => mark.at,
            PauseOver::Stopped { at } => *at,
        }
    }
}
