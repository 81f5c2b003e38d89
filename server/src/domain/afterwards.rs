//! What a device tells of afterwards, because it had no server then. It says how long ago something was: its clock may be
//! wrong, but not its sense of time that has passed.

use jiff::{SignedDuration, Timestamp};
use vedette_store::row::{AlertRow, AlertState, DeploymentState, DeploymentSummary};

use super::alert::AlertError;

/// Devices forget what is older.
pub(crate) const TOLD_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// A time in which a device compared nobody, within the time that its deployment was live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interruption {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AfterwardsError {
    #[error("A time can't be right: it ends before it begins, or began more than a day ago. Reload the page.")]
    Times,
}

/// So long ago; nothing for what lies further back than devices tell of.
fn ago(age_ms: u64, now: Timestamp) -> Option<Timestamp> {
    let age = SignedDuration::from_millis(i64::try_from(age_ms).ok()?);
    (age <= TOLD_WITHIN).then(|| now - age)
}

/// Nothing where the deployment was not live meanwhile.
pub(crate) fn interruption(
    summary: &DeploymentSummary,
    (began_ms_ago, ended_ms_ago): (u64, u64),
    now: Timestamp,
) -> Result<Option<Interruption>, AfterwardsError> {
    let from = ago(began_ms_ago, now).ok_or(AfterwardsError::Times)?;
    let until = ago(ended_ms_ago, now).ok_or(AfterwardsError::Times)?;
    if until < from {
        return Err(AfterwardsError::Times);
    }
    let ends_at = match summary.deployment.state {
        DeploymentState::Ended { ended_at, .. } => ended_at,
        _ => summary.deployment.ends_at,
    };
    Ok(summary.started_at.and_then(|started_at| {
        let (from, until) = (from.max(started_at), until.min(ends_at));
        (from < until).then_some(Interruption { from, until })
    }))
}

/// When something about a match was written down: not before somebody had decided that it is one.
pub(crate) fn written(row: &AlertRow, age_ms: u64, now: Timestamp) -> Result<Timestamp, AlertError> {
    let at = ago(age_ms, now).ok_or(AlertError::Times)?;
    match &row.state {
        AlertState::Adjudicated { at: decided, .. } if at < *decided => Err(AlertError::Times),
        _ => Ok(at),
    }
}
