//! Complaints: recorded, then closed with an outcome; their words go some time after (R98).

use jiff::Timestamp;
use vedette_core::id::UserId;
use vedette_store::rights::{ComplaintOutcome, ComplaintRow, ComplaintState};

use super::hold::By;
use super::retention::COMPLAINTS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ComplaintError {
    #[error("This complaint is closed already. Reload the page to see its outcome.")]
    Closed,
    #[error(
        "You recorded this complaint, or wrote the plan that it is about. Ask another authorising officer to close it."
    )]
    Own,
    #[error("A complaint isn't received before it is recorded. Change the time at which it was received.")]
    Received,
    #[error("That alert is none of this deployment. Choose another, or none.")]
    OtherAlert,
}

/// What came of one.
#[derive(Clone, Debug)]
pub(crate) struct Closure {
    pub(crate) outcome: ComplaintOutcome,
    pub(crate) words: String,
    pub(crate) by: By,
    pub(crate) at: Timestamp,
}

/// `authors`: who wrote the plan of the operation that it is about. Neither they nor whoever recorded it settle it, for what
/// was frozen goes with that.
pub(crate) fn close(
    mut complaint: ComplaintRow,
    authors: &[UserId],
    closure: Closure,
) -> Result<ComplaintRow, ComplaintError> {
    if complaint.state != ComplaintState::Open {
        return Err(ComplaintError::Closed);
    }
    if is_own(&complaint, authors, closure.by.id) {
        return Err(ComplaintError::Own);
    }
    complaint.state = ComplaintState::Closed {
        at: closure.at,
        by: closure.by.id,
        by_name: closure.by.name,
        outcome: closure.outcome,
    };
    if let Some(words) = &mut complaint.words {
        words.outcome = Some(closure.words);
    }
    Ok(complaint)
}

/// Whether somebody recorded it, or is one of the `authors` of the plan that it is about.
pub(crate) fn is_own(complaint: &ComplaintRow, authors: &[UserId], who: UserId) -> bool {
    complaint.recorded_by == who || authors.contains(&who)
}

/// Closed before this, it loses its words.
pub(crate) fn forgotten_before(now: Timestamp) -> Timestamp {
    now - COMPLAINTS.period.lasts()
}

pub(crate) fn forgotten(complaint: ComplaintRow) -> ComplaintRow {
    ComplaintRow {
        words: None,
        ..complaint
    }
}
