//! What a device counts of the faces and the visits before it, a report at a time.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use vedette_store::row::{Counters, DeploymentRow, DeploymentState, KioskCounters};

use super::afterwards::ago;

/// In one report. Devices report every few seconds.
const MOST: u64 = 10_000;

/// A device hears within seconds that its deployment stands still or has ended, and a visit to a kiosk that was under way is over.
const HEARD_WITHIN: SignedDuration = SignedDuration::from_mins(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Tally {
    faces: u64,
    not_assessable: u64,
    kiosk: KioskCounters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TallyError {
    #[error("A report counts at most {MOST} faces, and as many visits. Reload the page.")]
    TooMany,
    #[error("That was counted more than a day ago. Reload the page.")]
    TooOld,
    #[error("This deployment wasn't live when that was counted. Reload the page.")]
    NotLive,
    #[error("The review of this deployment is signed, and its counts stand. Reload the page.")]
    Reviewed,
}

/// When a report's last face or visit was counted: its deployment was live, or the device couldn't know yet that it was not.
/// `started_at`: when it first went live, also once it has ended.
pub(crate) fn counted(
    deployment: &DeploymentRow,
    started_at: Option<Timestamp>,
    age_ms: u64,
    now: Timestamp,
) -> Result<Timestamp, TallyError> {
    let at = ago(age_ms, now).ok_or(TallyError::TooOld)?;
    let until = match &deployment.state {
        DeploymentState::Draft => return Err(TallyError::NotLive),
        DeploymentState::Live { .. } => deployment.ends_at,
        DeploymentState::Paused { pause, .. } => pause.paused_at,
        DeploymentState::Ended { ended_at, .. } => deployment.ends_at.min(*ended_at),
    };
    if started_at.is_none_or(|started_at| at < started_at) || at > until + HEARD_WITHIN {
        return Err(TallyError::NotLive);
    }
    let review = deployment.record.as_ref().and_then(|record| record.review.as_ref());
    match review.is_some_and(|review| review.sign_off.is_some()) {
        true => Err(TallyError::Reviewed),
        false => Ok(at),
    }
}

impl Tally {
    pub(crate) fn new(faces: u64, not_assessable: u64, kiosk: KioskCounters) -> Result<Self, TallyError> {
        let KioskCounters {
            visits,
            unclear,
            unproven,
            staffed,
        } = kiosk;
        let all = [faces, not_assessable, visits, unclear, unproven, staffed];
        if all.iter().any(|count| *count > MOST) {
            return Err(TallyError::TooMany);
        }
        Ok(Self {
            faces,
            not_assessable,
            kiosk,
        })
    }

    /// Followed, and of these not assessable.
    pub(crate) fn faces(&self) -> (u64, u64) {
        (self.faces, self.not_assessable)
    }

    pub(crate) fn counters(&self) -> Counters {
        Counters {
            candidates: 0,
            faces_seen: self.faces,
            not_assessable: self.not_assessable,
            kiosk: self.kiosk,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_counts_no_more_than_passes_in_a_few_seconds() {
        let staffed = |staffed| KioskCounters {
            staffed,
            ..KioskCounters::default()
        };
        assert!(Tally::new(MOST, MOST, staffed(MOST)).is_ok());
        for (faces, not_assessable, kiosk) in [
            (MOST + 1, 0, staffed(0)),
            (0, MOST + 1, staffed(0)),
            (0, 0, staffed(MOST + 1)),
        ] {
            assert_eq!(Tally::new(faces, not_assessable, kiosk), Err(TallyError::TooMany));
        }
    }
}
