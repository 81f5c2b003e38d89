//! Alerts looked at afterwards: which are over, and what is left of their pictures.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_store::engagement::SightVerdict;
use vedette_store::row::{AlertRow, AlertState, Verdict};

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

/// Whether it waits for nobody's decision about the pictures.
pub(crate) fn is_over(row: &AlertRow) -> bool {
    !matches!(row.state, AlertState::Open)
}

/// `ended_at`: of its deployment.
pub(crate) fn pictures(row: &AlertRow, ended_at: Option<Timestamp>) -> Pictures {
    let gone = |why, at| Pictures::Deleted { why, at };
    match (against(row), ended_at) {
        (Some((why, at)), _) => gone(why, Some(at)),
        (None, Some(at)) => gone(Gone::DeploymentEnded, Some(at)),
        (None, None) if row.entry_name.is_none() => gone(Gone::Unlisted, None),
        (None, None) if row.has_probe => Pictures::Kept,
        (None, None) => Pictures::NeverCame,
    }
}

/// What took the crop away before the deployment's end, and when.
fn against(row: &AlertRow) -> Option<(Gone, Timestamp)> {
    match &row.state {
        AlertState::Open => None,
        AlertState::NotAdjudicated { at } => Some((Gone::NotDecided, *at)),
        AlertState::Adjudicated {
            verdict: Verdict::False | Verdict::Inconclusive,
            at,
            ..
        } => Some((Gone::DecidedAgainst, *at)),
        AlertState::Adjudicated { sight, .. } => sight
            .as_ref()
            .filter(|sight| sight.verdict == SightVerdict::NotConfirmed)
            .map(|sight| (Gone::NotConfirmed, sight.at)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::alert::Alert;
    use super::super::alert::tests::{at, raised, says};
    use super::*;

    fn decided(verdict: Verdict) -> AlertRow {
        let seen = Alert::from(raised()).take_crop(at(101)).unwrap();
        let row: AlertRow = Alert::from(seen)
            .open(2)
            .unwrap()
            .adjudicate(says(verdict, "Ann"))
            .into();
        row
    }

    fn gone(why: Gone, when: Option<i64>) -> Pictures {
        Pictures::Deleted { why, at: when.map(at) }
    }

    #[test]
    fn r77_a_reviewed_alert_says_when_its_pictures_went_and_why() {
        let kept = decided(Verdict::True);
        assert_eq!(pictures(&kept, None), Pictures::Kept);
        let ended = gone(Gone::DeploymentEnded, Some(500));
        assert_eq!(pictures(&kept, Some(at(500))), ended);
        for verdict in [Verdict::False, Verdict::Inconclusive] {
            let row = decided(verdict);
            let expected = gone(Gone::DecidedAgainst, Some(110));
            assert_eq!(pictures(&row, None), expected);
            assert_eq!(pictures(&row, Some(at(500))), expected, "the first reason stays");
        }
        let unlisted = AlertRow {
            entry_name: None,
            ..kept.clone()
        };
        assert_eq!(pictures(&unlisted, None), gone(Gone::Unlisted, None));
        let without = AlertRow {
            has_probe: false,
            ..kept
        };
        assert_eq!(pictures(&without, None), Pictures::NeverCame);
        let lapsed = AlertRow {
            state: AlertState::NotAdjudicated { at: at(220) },
            ..raised()
        };
        assert_eq!(pictures(&lapsed, None), gone(Gone::NotDecided, Some(220)));
    }

    #[test]
    fn an_alert_that_waits_is_not_reviewed() {
        assert!(!is_over(&raised()));
        assert!(is_over(&decided(Verdict::True)));
    }
}
