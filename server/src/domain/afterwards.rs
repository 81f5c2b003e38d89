//! What a device tells of afterwards, because it had no server then. It says how long ago something was, because its clock may be
//! wrong.

use jiff::{SignedDuration, Timestamp};
use vedette_store::engagement::Outcome;
use vedette_store::row::{AlertRow, AlertState, DeploymentState, DeploymentSummary};

use super::alert::AlertError;
use super::engagement::{self, CLOCKS_DIFFER, Judges};

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
pub(super) fn ago(age_ms: u64, now: Timestamp) -> Option<Timestamp> {
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

/// When what was done was written down. What was written since stands.
pub(crate) fn engaged(
    row: &AlertRow,
    judges: Judges,
    outcome: &Outcome,
    age_ms: u64,
    now: Timestamp,
) -> Result<Timestamp, AlertError> {
    // That nobody was spoken to takes one person's judgement only.
    let judges = engagement::contact(outcome).map_or(Judges::One, |_| judges);
    let at = written(row, judges, age_ms, now)?;
    match &row.state {
        AlertState::Adjudicated {
            engagement: Some(known),
            ..
        } if known.at >= at => Err(AlertError::AlreadyEngaged {
            by: known.by_name.clone(),
        }),
        _ => Ok(at),
    }
}

/// When a check was written down, of an identity that was checked at `checked`, by the device's clock.
pub(crate) fn checked(
    row: &AlertRow,
    judges: Judges,
    checked: Timestamp,
    age_ms: u64,
    now: Timestamp,
) -> Result<Timestamp, AlertError> {
    let at = written(row, judges, age_ms, now)?;
    match confirmed(row, judges) {
        Some(confirmed) if checked + CLOCKS_DIFFER < confirmed => Err(AlertError::Times),
        _ => Ok(at),
    }
}

/// When something about a match was written down: not before as many as it takes had decided that it is one.
fn written(row: &AlertRow, judges: Judges, age_ms: u64, now: Timestamp) -> Result<Timestamp, AlertError> {
    let at = ago(age_ms, now).ok_or(AlertError::Times)?;
    let decided = match &row.state {
        AlertState::Adjudicated { at, .. } => Some(*at),
        _ => None,
    };
    match decided.max(confirmed(row, judges)) {
        Some(judged) if at < judged => Err(AlertError::Times),
        _ => Ok(at),
    }
}

/// When a second person judged, where it takes two.
fn confirmed(row: &AlertRow, judges: Judges) -> Option<Timestamp> {
    match (&row.state, judges) {
        (AlertState::Adjudicated { sight: Some(sight), .. }, Judges::Two) => Some(sight.at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::alert::tests::{at, raised, says};
    use super::super::alert::{Alert, Verdict};
    use super::super::conflict::{Conflict, Seen};
    use super::*;
    use uuid::Uuid;
    use vedette_core::id::UserId;
    use vedette_store::engagement::{Contact, Disposal, Engagement, Sight, SightVerdict, Texts};

    const NOW: i64 = 600;

    /// Decided at 110, confirmed by somebody else at 120.
    fn confirmed() -> AlertRow {
        let conflict = Conflict {
            alert: raised(),
            same_face: Vec::new(),
            same_entry: Vec::new(),
        };
        let seen = Seen {
            version: 1,
            others: &[],
            since: Some(at(100)),
        };
        let done = conflict.adjudicate(seen, says(Verdict::True, "Ann")).unwrap().remove(0);
        let sight = Sight {
            verdict: SightVerdict::Confirmed,
            by: UserId::new(Uuid::from_u128(10)),
            by_name: "Ben".into(),
            at: at(120),
        };
        let alert = Alert::from(AlertRow::from(done));
        alert.confirm(2, Some(at(100)), sight).unwrap().into()
    }

    fn spoken_to() -> Outcome {
        Outcome::EngagedTrue {
            contact: Contact {
                started_at: at(125),
                minutes: 3,
                explanation_given: true,
                leaflet_given: false,
                force_used: false,
                complaint: false,
                disposal: Disposal::Arrest,
            },
        }
    }

    fn age(second: i64) -> u64 {
        1_000 * u64::try_from(NOW - second).unwrap()
    }

    #[test]
    fn r64_r128_nothing_is_written_of_a_person_before_as_many_as_it_takes_have_judged() {
        let row = confirmed();
        let wrote = |judges, outcome, second| engaged(&row, judges, &outcome, age(second), at(NOW));
        let too_early = Err(AlertError::Times);
        assert_eq!(wrote(Judges::Two, spoken_to(), 119), too_early);
        assert_eq!(wrote(Judges::Two, spoken_to(), 120), Ok(at(120)));
        // Where one person's judgement is enough, the second's need not be waited for.
        assert_eq!(wrote(Judges::One, spoken_to(), 119), Ok(at(119)));
        assert_eq!(wrote(Judges::Two, Outcome::Lost, 119), Ok(at(119)));
        assert_eq!(wrote(Judges::Two, Outcome::Lost, 1), too_early);
        let check = |judges, then, second| checked(&row, judges, at(then), age(second), at(NOW));
        assert_eq!(check(Judges::Two, 120, 119), too_early);
        assert_eq!(check(Judges::Two, 120, 120), Ok(at(120)));
        let clocks = CLOCKS_DIFFER.as_secs();
        assert_eq!(check(Judges::Two, 120 - clocks, 130), Ok(at(130)));
        assert_eq!(check(Judges::Two, 119 - clocks, 130), too_early);
        assert_eq!(check(Judges::One, 119 - clocks, 119), Ok(at(119)));
    }

    #[test]
    fn r128_what_was_written_since_stands() {
        let engagement = Engagement {
            by: UserId::new(Uuid::from_u128(10)),
            by_name: "Ben".into(),
            at: at(200),
            outcome: spoken_to(),
            observed: false,
            texts: Texts::default(),
        };
        let done = Alert::from(confirmed()).engage(3, Judges::Two, engagement).unwrap();
        let row = AlertRow::from(done);
        let wrote = |second| engaged(&row, Judges::Two, &Outcome::Lost, age(second), at(NOW));
        let newer = Err(AlertError::AlreadyEngaged { by: "Ben".into() });
        assert_eq!(
            (wrote(199), wrote(200), wrote(201)),
            (newer.clone(), newer, Ok(at(201)))
        );
    }
}
