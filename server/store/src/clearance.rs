//! What must be decided about an entry before it is matched. Plain data; the rules are the server's.

use serde::{Deserialize, Serialize};
use vedette_core::id::EntryId;

use crate::record::{Mark, Reasoned};

/// Why an entry waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ClearanceKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Below 18 when the operation starts, or possibly so.
    Minor,
    /// A disability or vulnerability is on record.
    Vulnerability,
    /// An image from a sensitive source, or from somebody who is no public body.
    SensitiveSource,
    /// An image below the policy's floor.
    PoorImage,
    /// Added to a live operation.
    AddedWhileLive,
    /// As alike as a match to somebody on the list: the same person twice, or a relative.
    PossibleDuplicate,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::Minor,
        Self::Vulnerability,
        Self::SensitiveSource,
        Self::PoorImage,
        Self::AddedWhileLive,
        Self::PossibleDuplicate,
    ];
}

/// How far it has come. What is refused goes with its entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum State {
    Needed,
    /// Somebody who keeps the list says why the entry should stay.
    Requested {
        request: Reasoned,
    },
    Cleared {
        request: Reasoned,
        /// Nothing where the kind needs no second person.
        approval: Option<Mark>,
    },
}

impl State {
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Cleared { .. })
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Needed => "Needed",
            Self::Requested { .. } => "Requested",
            Self::Cleared { .. } => "Cleared",
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clearance {
    pub entry: EntryId,
    pub kind: Kind,
    /// Of a possible duplicate, whom it looks like.
    pub resembles: Vec<EntryId>,
    pub state: State,
}

/// How many entries of a deployment waited for one reason. Outlives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ClearanceCount))]
pub struct Count {
    pub kind: Kind,
    pub needed: u64,
    /// On the list now.
    pub listed: u64,
    /// Of these, undecided.
    pub open: u64,
    pub cleared: u64,
    pub refused: u64,
}
