//! Alerts looked at afterwards: which are over, and what is left of their pictures.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_store::engagement::SightVerdict;
use vedette_store::row::{AlertRow, AlertState, DeploymentRow, DeploymentState, Verdict};

use super::engagement::Judges;

/// What of a deployment tells how far its alerts have come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    judges: Judges,
    ended_at: Option<Timestamp>,
}

impl Setting {
    pub(crate) fn of(deployment: &DeploymentRow) -> Self {
        Self {
            judges: Judges::of(deployment.record.as_ref()),
            ended_at: match deployment.state {
                DeploymentState::Ended { ended_at, .. } => Some(ended_at),
                DeploymentState::Draft | DeploymentState::Live { .. } | DeploymentState::Paused { .. } => None,
            },
        }
    }
}

/// What is left of an alert's two pictures, by the retention table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReviewedPictures)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Pictures {
    /// Both are there, to be compared.
    Kept,
    /// The device never sent the crop.
    NeverCame,
    Deleted {
        why: Gone,
        /// Null where only the journal tells.
        at: Option<Timestamp>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PicturesGone)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Gone {
    /// Decided false or inconclusive.
    DecidedAgainst,
    NotConfirmed,
    NotDecided,
    /// The person was taken off the watchlist.
    Unlisted,
    DeploymentEnded,
}

/// Whether it waits for nobody's judgement: about the pictures, or of a second person on sight. Once its deployment has ended nobody
/// is asked any more.
pub(crate) fn is_over(row: &AlertRow, setting: Setting) -> bool {
    match &row.state {
        AlertState::Open => false,
        AlertState::Adjudicated {
            verdict: Verdict::True,
            sight: None,
            engagement: None,
            withdrawn: None,
            ..
        } => setting.judges == Judges::One || setting.ended_at.is_some(),
        AlertState::Adjudicated { .. } | AlertState::NotAdjudicated { .. } | AlertState::Withdrawn(_) => true,
    }
}

/// `came`: whether the device ever sent the crop.
pub(crate) fn pictures(row: &AlertRow, setting: Setting, came: bool) -> Pictures {
    let gone = |why, at| Pictures::Deleted { why, at };
    match (against(row), setting.ended_at) {
        _ if !came => Pictures::NeverCame,
        (Some((why, at)), _) => gone(why, Some(at)),
        (None, Some(at)) => gone(Gone::DeploymentEnded, Some(at)),
        (None, None) if row.entry_name.is_none() => gone(Gone::Unlisted, None),
        (None, None) => Pictures::Kept,
    }
}

/// What took the crop away before the deployment's end, and when.
fn against(row: &AlertRow) -> Option<(Gone, Timestamp)> {
    match &row.state {
        AlertState::Open => None,
        AlertState::NotAdjudicated { at } => Some((Gone::NotDecided, *at)),
        AlertState::Withdrawn(withdrawal) => Some((Gone::Unlisted, withdrawal.at)),
        AlertState::Adjudicated {
            verdict: Verdict::False | Verdict::Inconclusive,
            at,
            ..
        } => Some((Gone::DecidedAgainst, *at)),
        AlertState::Adjudicated { sight, withdrawn, .. } => sight
            .as_ref()
            .filter(|sight| sight.verdict == SightVerdict::NotConfirmed)
            .map(|sight| (Gone::NotConfirmed, sight.at))
            .or(withdrawn.as_ref().map(|withdrawal| (Gone::Unlisted, withdrawal.at))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::alert::Alert;
    use super::super::alert::tests::{at, raised, says};
    use super::*;
    use uuid::Uuid;
    use vedette_core::id::UserId;
    use vedette_store::engagement::{Engagement, Outcome, Sight, Texts};

    fn decided(verdict: Verdict) -> AlertRow {
        let seen = Alert::from(raised()).take_crop(at(101)).unwrap();
        let row: AlertRow = Alert::from(seen)
            .open(2)
            .unwrap()
            .adjudicate(says(verdict, "Ann"))
            .into();
        row
    }

    fn setting(judges: Judges, ended: Option<i64>) -> Setting {
        Setting {
            judges,
            ended_at: ended.map(at),
        }
    }

    fn gone(why: Gone, when: Option<i64>) -> Pictures {
        Pictures::Deleted { why, at: when.map(at) }
    }

    #[test]
    fn r77_a_reviewed_alert_says_when_its_pictures_went_and_why() {
        let kept = decided(Verdict::True);
        let pictures = |row: &AlertRow, ended| pictures(row, setting(Judges::Two, ended), true);
        assert_eq!(pictures(&kept, None), Pictures::Kept);
        let ended = gone(Gone::DeploymentEnded, Some(500));
        assert_eq!(pictures(&kept, Some(500)), ended);
        for verdict in [Verdict::False, Verdict::Inconclusive] {
            let row = decided(verdict);
            let expected = gone(Gone::DecidedAgainst, Some(110));
            assert_eq!(pictures(&row, None), expected);
            assert_eq!(pictures(&row, Some(500)), expected, "the first reason stays");
        }
        let unlisted = AlertRow {
            entry_name: None,
            ..kept
        };
        assert_eq!(pictures(&unlisted, None), gone(Gone::Unlisted, None));
        let lapsed = AlertRow {
            state: AlertState::NotAdjudicated { at: at(220) },
            ..raised()
        };
        assert_eq!(pictures(&lapsed, None), gone(Gone::NotDecided, Some(220)));
    }

    #[test]
    fn r77_a_picture_that_never_came_was_not_deleted() {
        let lapsed = AlertRow {
            state: AlertState::NotAdjudicated { at: at(220) },
            ..raised()
        };
        let unlisted = AlertRow {
            entry_name: None,
            ..decided(Verdict::True)
        };
        for row in [raised(), lapsed, decided(Verdict::False), unlisted] {
            for ended in [None, Some(500)] {
                let found = pictures(&row, setting(Judges::Two, ended), false);
                assert_eq!(found, Pictures::NeverCame);
            }
        }
    }

    #[test]
    fn r64_an_alert_that_waits_for_anybody_is_not_reviewed() {
        let (one, two) = (setting(Judges::One, None), setting(Judges::Two, None));
        assert!(!is_over(&raised(), one));
        let right = decided(Verdict::True);
        assert!(is_over(&right, one));
        assert!(!is_over(&right, two), "for a second person, on sight");
        assert!(is_over(&right, setting(Judges::Two, Some(500))));
        assert!(is_over(&decided(Verdict::False), two));
        let sight = Sight {
            verdict: SightVerdict::Confirmed,
            by: UserId::new(Uuid::from_u128(10)),
            by_name: "Ben".into(),
            at: at(120),
        };
        let seen = Alert::from(right.clone()).confirm(right.version, Some(at(100)), sight);
        assert!(is_over(&AlertRow::from(seen.unwrap()), two));
        let lost = Engagement {
            by: UserId::new(Uuid::from_u128(9)),
            by_name: "Ann".into(),
            at: at(130),
            outcome: Outcome::Lost,
            observed: false,
            texts: Texts::default(),
        };
        let lost = Alert::from(right.clone()).engage(right.version, Judges::Two, lost);
        assert!(is_over(&AlertRow::from(lost.unwrap()), two));
    }
}
