//! What a true alert leads to: a second person's judgement on sight, and what was done. Nobody is engaged on one person's
//! judgement, unless whoever authorised the deployment allowed it.

use jiff::{SignedDuration, Timestamp};
use vedette_store::engagement::{
    Contact, Engagement, Observed, ObservedAge, ObservedEthnicity, ObservedSex, Outcome, Sight, SightVerdict,
};
use vedette_store::record::Record;
use vedette_store::row::{AlertRow, DeploymentState};

use super::alert::{Alert, AlertError, Decision, Verdict, check_version, decided, looked, with_state, withdrawal};
use super::operation;

/// Tablets' clocks and the server's differ.
pub(super) const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);
const LONGEST_MINUTES: u16 = 24 * 60;

/// An engagement that the end overtook can still be written down, because it is counted.
pub(crate) const WRITTEN_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Fewer people than this can be told who they are.
pub(crate) const SMALLEST_CELL: u32 = 5;

/// How many people's judgement it takes before somebody is engaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judges {
    One,
    Two,
}

impl Judges {
    /// Volunteers of an exercise agreed to be spoken to; in an operation whoever signed the plan permits it, and nobody
    /// while it isn't signed.
    pub(crate) fn of(record: Option<&Record>) -> Self {
        match record {
            None => Self::One,
            Some(record) if operation::signer(record).is_some() && record.plan.single_person.is_some() => Self::One,
            Some(_) => Self::Two,
        }
    }
}

/// A true alert that a second person has judged on sight. Final, unless it is confirmed: then it leads on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sighted {
    /// Its state says the rest.
    pub(super) row: AlertRow,
    pub(super) decision: Decision,
    pub(super) sight: Sight,
}

/// A true alert of which somebody has written down what was done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Engaged {
    /// Its state says the rest.
    pub(super) row: AlertRow,
    pub(super) decision: Decision,
    pub(super) sight: Option<Sight>,
    pub(super) engagement: Box<Engagement>,
}

impl Alert {
    /// A second person's judgement. `version` and `since`: of what she had on her own screen, and since when.
    pub(crate) fn confirm(self, version: u32, since: Option<Timestamp>, sight: Sight) -> Result<Sighted, AlertError> {
        let adjudicated = match self {
            Self::Open(_) => return Err(AlertError::NotTrue),
            Self::Lapsed(_) => return Err(AlertError::NotInTime),
            Self::Withdrawn(_) => return Err(AlertError::NotListed),
            Self::Sighted(Sighted { sight, .. }) => return Err(AlertError::AlreadyConfirmed { by: sight.by_name }),
            Self::Engaged(engaged) => return Err(engaged.taken()),
            Self::Adjudicated(adjudicated) => adjudicated,
        };
        let (row, decision) = (adjudicated.row, adjudicated.decision);
        if decision.verdict != Verdict::True {
            return Err(AlertError::NotTrue);
        }
        if withdrawal(&row).is_some() {
            return Err(AlertError::NotListed);
        }
        if decision.by == sight.by {
            return Err(AlertError::OwnDecision);
        }
        check_version(&row, version)?;
        // There was nothing to confirm before the first decision, however long she looks already.
        looked(since.map(|since| since.max(decision.at)), sight.at)?;
        let row = with_state(row, decided(decision.clone(), Some(sight.clone()), None, None));
        Ok(Sighted { row, decision, sight })
    }

    /// Whether somebody may be spoken to, or asked who they are.
    pub(crate) fn may_engage(&self, judges: Judges) -> Result<(), AlertError> {
        let (decision, sight) = match self {
            Self::Open(_) => return Err(AlertError::NotTrue),
            Self::Lapsed(_) => return Err(AlertError::NotInTime),
            Self::Withdrawn(_) => return Err(AlertError::NotListed),
            Self::Adjudicated(adjudicated) => (&adjudicated.decision, None),
            Self::Sighted(sighted) => (&sighted.decision, Some(&sighted.sight)),
            Self::Engaged(engaged) => (&engaged.decision, engaged.sight.as_ref()),
        };
        match (decision.verdict, sight.map(|sight| sight.verdict), judges) {
            (Verdict::False | Verdict::Inconclusive, ..) => Err(AlertError::NotTrue),
            (Verdict::True, Some(SightVerdict::Confirmed), _) | (Verdict::True, None, Judges::One) => Ok(()),
            (Verdict::True, Some(SightVerdict::NotConfirmed), _) | (Verdict::True, None, Judges::Two) => {
                Err(AlertError::NotConfirmed)
            }
        }
    }

    /// What was done. Whoever wrote it down may correct it.
    pub(crate) fn engage(self, version: u32, judges: Judges, engagement: Engagement) -> Result<Engaged, AlertError> {
        match (&self, &engagement.outcome) {
            // That nobody was spoken to takes one person's judgement only.
            (Self::Adjudicated(adjudicated), Outcome::NotEngaged { .. } | Outcome::Lost) => {
                if adjudicated.decision.verdict != Verdict::True {
                    return Err(AlertError::NotTrue);
                }
            }
            (Self::Engaged(known), Outcome::NotEngaged { .. } | Outcome::Lost) if known.sight.is_none() => {}
            _ => self.may_engage(judges)?,
        }
        let (row, decision, sight, observed) = match self {
            Self::Open(_) => return Err(AlertError::NotTrue),
            Self::Lapsed(_) => return Err(AlertError::NotInTime),
            Self::Withdrawn(_) => return Err(AlertError::NotListed),
            Self::Adjudicated(adjudicated) => (adjudicated.row, adjudicated.decision, None, false),
            Self::Sighted(sighted) => (sighted.row, sighted.decision, Some(sighted.sight), false),
            Self::Engaged(known) if known.engagement.by != engagement.by => return Err(known.taken()),
            Self::Engaged(known) => (known.row, known.decision, known.sight, known.engagement.observed),
        };
        check_version(&row, version)?;
        if let Some(contact) = contact(&engagement.outcome) {
            happened(&row, contact.started_at, engagement.at)?;
            if contact.minutes > LONGEST_MINUTES {
                return Err(AlertError::Times);
            }
        }
        if observed && !matches!(engagement.outcome, Outcome::EngagedFalse { .. }) {
            return Err(AlertError::Observed);
        }
        let engagement = Engagement { observed, ..engagement };
        Ok(engaged(row, decision, sight, engagement))
    }

    /// What was observed of somebody who was engaged by mistake is counted once (R74).
    pub(crate) fn observe(self) -> Result<Engaged, AlertError> {
        match self {
            Self::Engaged(Engaged {
                row,
                decision,
                sight,
                engagement,
            }) if !engagement.observed && matches!(engagement.outcome, Outcome::EngagedFalse { .. }) => {
                let engagement = Engagement {
                    observed: true,
                    ..*engagement
                };
                Ok(engaged(row, decision, sight, engagement))
            }
            _ => Err(AlertError::NotObserved),
        }
    }
}

impl Engaged {
    fn taken(self) -> AlertError {
        AlertError::AlreadyEngaged {
            by: self.engagement.by_name,
        }
    }
}

fn engaged(row: AlertRow, decision: Decision, sight: Option<Sight>, engagement: Engagement) -> Engaged {
    let engagement = Box::new(engagement);
    let withdrawn = withdrawal(&row).cloned();
    let state = decided(decision.clone(), sight.clone(), Some(engagement.clone()), withdrawn);
    let row = with_state(row, state);
    Engaged {
        row,
        decision,
        sight,
        engagement,
    }
}

/// Whether the person of a true alert was off the list at that time for certain, however much clocks differ.
fn off_the_list(row: &AlertRow, at: Timestamp) -> bool {
    withdrawal(row).is_some_and(|withdrawal| at > withdrawal.at + CLOCKS_DIFFER)
}

/// Whether somebody may have been asked at `at` who they are: not once they were off the list, when there is no match that it could
/// follow from. What was asked of whoever was spoken to all the same stands in the note of that.
pub(crate) fn may_check(row: &AlertRow, judges: Judges, at: Timestamp) -> Result<(), AlertError> {
    Alert::from(row.clone()).may_engage(judges)?;
    match off_the_list(row, at) {
        true => Err(AlertError::NotListed),
        false => Ok(()),
    }
}

/// Whether somebody was spoken to who was off the list when it began. That was not to be, but whoever did it writes it down: what
/// was done to a person is never lost.
pub(crate) fn unlisted_contact(row: &AlertRow, outcome: &Outcome) -> bool {
    contact(outcome).is_some_and(|contact| off_the_list(row, contact.started_at))
}

pub(crate) fn contact(outcome: &Outcome) -> Option<&Contact> {
    match outcome {
        Outcome::EngagedTrue { contact } | Outcome::EngagedFalse { contact } => Some(contact),
        Outcome::NotEngaged { .. } | Outcome::Lost => None,
    }
}

/// Whether something can have happened then, because of that alert.
pub(crate) fn happened(row: &AlertRow, at: Timestamp, now: Timestamp) -> Result<(), AlertError> {
    if (row.raised_at - CLOCKS_DIFFER..=now + CLOCKS_DIFFER).contains(&at) {
        Ok(())
    } else {
        Err(AlertError::Times)
    }
}

/// Whether something can still be written down about a deployment's alerts. `texts`: whether that has names or notes, which
/// the end deletes.
pub(crate) fn may_write(deployment: &DeploymentState, texts: bool, now: Timestamp) -> Result<(), AlertError> {
    match deployment {
        DeploymentState::Ended { ended_at, .. } if now > *ended_at + WRITTEN_WITHIN => Err(AlertError::TooLate),
        DeploymentState::Ended { .. } if texts => Err(AlertError::TextsOver),
        _ => Ok(()),
    }
}

/// Until when what was done can be written down of a deployment that has ended.
pub(crate) fn written_until(deployment: &DeploymentState) -> Option<Timestamp> {
    match deployment {
        DeploymentState::Ended { ended_at, .. } => Some(*ended_at + WRITTEN_WITHIN),
        DeploymentState::Draft | DeploymentState::Live { .. } | DeploymentState::Paused { .. } => None,
    }
}

/// Whether what was done can still be written down or corrected: not once somebody has signed the review of it.
pub(crate) fn may_differ(record: Option<&Record>) -> Result<(), AlertError> {
    let review = record.and_then(|record| record.review.as_ref());
    match review.is_some_and(|review| review.sign_off.is_some()) {
        true => Err(AlertError::Reviewed),
        false => Ok(()),
    }
}

/// Whether a second person can still judge: there is nothing to compare with once the deployment has ended.
pub(crate) fn may_judge(deployment: &DeploymentState) -> Result<(), AlertError> {
    match deployment {
        DeploymentState::Ended { .. } => Err(AlertError::Ended),
        _ => Ok(()),
    }
}

/// Counts with those left out by which few people could be told: none where there are fewer than [`SMALLEST_CELL`]. Where
/// one count alone would be missing, the smallest of the others goes too, else the total would tell it.
fn suppressed<T: Copy>(counts: &[(T, u32)]) -> Vec<(T, Option<u32>)> {
    let mut cells: Vec<_> = counts
        .iter()
        .map(|(value, people)| (*value, (*people >= SMALLEST_CELL).then_some(*people)))
        .collect();
    if cells.iter().filter(|(_, people)| people.is_none()).count() == 1
        && let Some((_, people)) = cells
            .iter_mut()
            .filter(|(_, people)| people.is_some())
            .min_by_key(|(_, people)| *people)
    {
        *people = None;
    }
    cells
}

/// As [`Observed`], with small counts left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Disclosed {
    pub(crate) total: Option<u32>,
    pub(crate) sex: Vec<(ObservedSex, Option<u32>)>,
    pub(crate) age_band: Vec<(ObservedAge, Option<u32>)>,
    pub(crate) ethnicity: Vec<(ObservedEthnicity, Option<u32>)>,
}

pub(crate) fn disclosed(observed: &Observed) -> Disclosed {
    Disclosed {
        total: (observed.total >= SMALLEST_CELL).then_some(observed.total),
        sex: suppressed(&observed.sex),
        age_band: suppressed(&observed.age_band),
        ethnicity: suppressed(&observed.ethnicity),
    }
}

impl From<Sighted> for AlertRow {
    fn from(alert: Sighted) -> Self {
        alert.row
    }
}

impl From<Engaged> for AlertRow {
    fn from(alert: Engaged) -> Self {
        alert.row
    }
}

#[cfg(test)]
mod tests {
    use super::super::alert::tests::{at, raised, says};
    use super::super::conflict::{Conflict, Seen};
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;
    use vedette_core::id::UserId;
    use vedette_store::engagement::{Disposal, NotEngaged, Texts};
    use vedette_store::row::{AlertState, EndReason};
    use vedette_store::withdrawal::{Unlisted, Withdrawal};

    fn somebody(n: u128) -> UserId {
        UserId::new(Uuid::from_u128(n))
    }

    /// Everybody looked long enough.
    const SINCE: i64 = 100;

    fn adjudicated(verdict: Verdict) -> Alert {
        let conflict = Conflict {
            alert: raised(),
            same_face: Vec::new(),
            same_entry: Vec::new(),
        };
        let seen = Seen {
            version: 1,
            others: &[],
            since: Some(at(SINCE)),
        };
        let done = conflict.adjudicate(seen, says(verdict, "Ann")).unwrap().remove(0);
        AlertRow::from(done).into()
    }

    fn sight(verdict: SightVerdict, by: u128) -> Sight {
        Sight {
            verdict,
            by: somebody(by),
            by_name: "Ben".into(),
            at: at(120),
        }
    }

    fn sighted(verdict: SightVerdict) -> Alert {
        let done = adjudicated(Verdict::True).confirm(2, Some(at(SINCE)), sight(verdict, 10));
        AlertRow::from(done.unwrap()).into()
    }

    fn met(disposal: Disposal) -> Contact {
        Contact {
            started_at: at(125),
            minutes: 3,
            explanation_given: true,
            leaflet_given: false,
            force_used: false,
            complaint: false,
            disposal,
        }
    }

    fn wrote(outcome: Outcome, by: u128) -> Engagement {
        Engagement {
            by: somebody(by),
            by_name: "Ben".into(),
            at: at(200),
            outcome,
            observed: false,
            texts: Texts::default(),
        }
    }

    const LOST: Outcome = Outcome::Lost;

    fn right() -> Outcome {
        Outcome::EngagedTrue {
            contact: met(Disposal::Arrest),
        }
    }

    fn wrong() -> Outcome {
        Outcome::EngagedFalse {
            contact: met(Disposal::NoFurtherAction),
        }
    }

    /// R64.
    #[test]
    fn r64_only_somebody_else_confirms_and_only_what_was_decided_to_be_true() {
        let confirm = |alert: Alert, by| alert.confirm(1, Some(at(SINCE)), sight(SightVerdict::Confirmed, by));
        assert_eq!(confirm(adjudicated(Verdict::True), 9), Err(AlertError::OwnDecision));
        assert!(confirm(adjudicated(Verdict::True), 10).is_ok());
        for verdict in [Verdict::False, Verdict::Inconclusive] {
            assert_eq!(confirm(adjudicated(verdict), 10), Err(AlertError::NotTrue));
        }
        assert_eq!(confirm(raised().into(), 10), Err(AlertError::NotTrue));
        let answered = Err(AlertError::AlreadyConfirmed { by: "Ben".into() });
        assert_eq!(confirm(sighted(SightVerdict::NotConfirmed), 11), answered);
        let too_soon = adjudicated(Verdict::True).confirm(1, Some(at(119)), sight(SightVerdict::Confirmed, 10));
        assert_eq!(too_soon, Err(AlertError::TooSoon));
        let early = Sight {
            at: at(111),
            ..sight(SightVerdict::Confirmed, 10)
        };
        let asked_just_now = adjudicated(Verdict::True).confirm(1, Some(at(SINCE)), early);
        assert_eq!(asked_just_now, Err(AlertError::TooSoon), "decided a second ago");
        let unseen = adjudicated(Verdict::True).confirm(9, Some(at(SINCE)), sight(SightVerdict::Confirmed, 10));
        assert_eq!(unseen, Err(AlertError::VersionChanged));
    }

    /// R21.
    #[test]
    fn r21_nobody_confirms_somebody_who_is_on_the_list_no_more_and_what_was_done_is_written_down() {
        let withdrawal = Withdrawal {
            at: at(115),
            by: None,
            why: Unlisted::NotWanted,
        };
        let waits: Alert = adjudicated(Verdict::True).withdraw(withdrawal.clone()).unwrap().into();
        for verdict in [SightVerdict::Confirmed, SightVerdict::NotConfirmed] {
            let confirmed = waits.clone().confirm(3, Some(at(SINCE)), sight(verdict, 10));
            assert_eq!(confirmed, Err(AlertError::NotListed));
        }
        let spoken = waits.clone().engage(3, Judges::Two, wrote(right(), 10));
        assert_eq!(spoken, Err(AlertError::NotConfirmed));
        let seen: Alert = sighted(SightVerdict::Confirmed)
            .withdraw(withdrawal.clone())
            .unwrap()
            .into();
        for (alert, outcome) in [(waits, LOST), (seen, right())] {
            let row = AlertRow::from(alert.engage(3, Judges::Two, wrote(outcome, 10)).unwrap());
            assert_eq!(super::withdrawal(&row), Some(&withdrawal));
            assert_eq!(Alert::from(row).withdraw(withdrawal.clone()), None, "it is done");
        }
        assert_eq!(sighted(SightVerdict::NotConfirmed).withdraw(withdrawal), None);
    }

    /// R21: 415 is as long after the withdrawal as clocks may differ.
    #[test]
    fn r21_who_is_off_the_list_is_asked_nothing_and_that_they_were_spoken_to_is_taken_and_told() {
        let withdrawal = Withdrawal {
            at: at(115),
            by: None,
            why: Unlisted::Removed,
        };
        let seen = sighted(SightVerdict::Confirmed);
        let off = seen.clone().withdraw(withdrawal.clone()).unwrap();
        let never = Alert::from(raised()).withdraw(withdrawal).unwrap();
        for (row, asked, may) in [
            (&off, 415, Ok(())),
            (&off, 416, Err(AlertError::NotListed)),
            (&AlertRow::from(seen.clone()), 416, Ok(())),
            (&never, 115, Err(AlertError::NotListed)),
        ] {
            assert_eq!(may_check(row, Judges::Two, at(asked)), may, "{asked}");
        }
        let off = Alert::from(off);
        for (alert, started, unlisted) in [(&off, 415, false), (&off, 416, true), (&seen, 416, false)] {
            let contact = Contact {
                started_at: at(started),
                ..met(Disposal::NoFurtherAction)
            };
            for outcome in [Outcome::EngagedTrue { contact }, Outcome::EngagedFalse { contact }] {
                let row = AlertRow::from(alert.clone().engage(3, Judges::Two, wrote(outcome, 10)).unwrap());
                assert_eq!(unlisted_contact(&row, &outcome), unlisted, "{started}");
                assert!(!unlisted_contact(&row, &LOST));
            }
        }
    }

    /// R64: all states by all numbers of judges.
    #[test]
    fn r64_nobody_is_engaged_before_as_many_as_it_takes_have_judged() {
        let lapsed = match Alert::from(raised()) {
            Alert::Open(open) => Alert::from(open.lapse(at(300))),
            _ => unreachable!(),
        };
        let ok = Ok(());
        let no = |error: AlertError| Err(error);
        for (alert, one, two) in [
            (raised().into(), no(AlertError::NotTrue), no(AlertError::NotTrue)),
            (lapsed, no(AlertError::NotInTime), no(AlertError::NotInTime)),
            (
                adjudicated(Verdict::False),
                no(AlertError::NotTrue),
                no(AlertError::NotTrue),
            ),
            (
                adjudicated(Verdict::Inconclusive),
                no(AlertError::NotTrue),
                no(AlertError::NotTrue),
            ),
            (adjudicated(Verdict::True), ok.clone(), no(AlertError::NotConfirmed)),
            (sighted(SightVerdict::Confirmed), ok.clone(), ok),
            (
                sighted(SightVerdict::NotConfirmed),
                no(AlertError::NotConfirmed),
                no(AlertError::NotConfirmed),
            ),
        ] {
            assert_eq!(alert.may_engage(Judges::One), one);
            assert_eq!(alert.may_engage(Judges::Two), two);
            for outcome in [right(), wrong()] {
                for (judges, allowed) in [(Judges::One, &one), (Judges::Two, &two)] {
                    let done = alert.clone().engage(1, judges, wrote(outcome, 10));
                    assert_eq!(done.map(|_| ()), *allowed, "{judges:?}");
                }
            }
        }
    }

    #[test]
    fn r65_that_nobody_was_spoken_to_takes_one_judgement() {
        for outcome in [
            LOST,
            Outcome::NotEngaged {
                reason: NotEngaged::NotSafe,
            },
        ] {
            let engage = |alert: Alert| alert.engage(1, Judges::Two, wrote(outcome, 9)).map(|_| ());
            assert_eq!(engage(adjudicated(Verdict::True)), Ok(()));
            assert_eq!(engage(adjudicated(Verdict::False)), Err(AlertError::NotTrue));
            assert_eq!(engage(raised().into()), Err(AlertError::NotTrue));
        }
    }

    #[test]
    fn r72_whoever_wrote_it_corrects_it_and_nobody_else() {
        let written = sighted(SightVerdict::Confirmed)
            .engage(3, Judges::Two, wrote(right(), 10))
            .unwrap();
        let alert = Alert::from(AlertRow::from(written));
        let corrected = alert.clone().engage(4, Judges::Two, wrote(wrong(), 10)).unwrap();
        assert_eq!(corrected.engagement.outcome, wrong());
        assert_eq!(AlertRow::from(corrected).version, 5);
        let other = alert.engage(4, Judges::Two, wrote(wrong(), 11));
        assert_eq!(other, Err(AlertError::AlreadyEngaged { by: "Ben".into() }));
    }

    #[test]
    fn r72_times_that_cannot_be_are_refused() {
        for (started, minutes, fits) in [
            (125, 3, true),
            (-200, 3, true),
            (-201, 3, false),
            (500, 3, true),
            (501, 3, false),
            (125, 1440, true),
            (125, 1441, false),
        ] {
            let contact = Contact {
                started_at: at(started),
                minutes,
                ..met(Disposal::Arrest)
            };
            let engagement = wrote(Outcome::EngagedTrue { contact }, 10);
            let done = sighted(SightVerdict::Confirmed).engage(3, Judges::Two, engagement);
            assert_eq!(done.is_ok(), fits, "{started} {minutes}");
        }
    }

    #[test]
    fn r74_an_observation_is_counted_once_and_only_of_a_mistake() {
        let engage = |outcome| {
            let done = sighted(SightVerdict::Confirmed).engage(3, Judges::Two, wrote(outcome, 10));
            Alert::from(AlertRow::from(done.unwrap()))
        };
        for outcome in [right(), LOST] {
            assert_eq!(engage(outcome).observe(), Err(AlertError::NotObserved));
        }
        assert_eq!(adjudicated(Verdict::True).observe(), Err(AlertError::NotObserved));
        let observed = Alert::from(AlertRow::from(engage(wrong()).observe().unwrap()));
        assert_eq!(observed.clone().observe(), Err(AlertError::NotObserved));
        let corrected = observed.clone().engage(5, Judges::Two, wrote(right(), 10));
        assert_eq!(corrected, Err(AlertError::Observed));
        let again = observed.engage(5, Judges::Two, wrote(wrong(), 10)).unwrap();
        assert!(again.engagement.observed);
    }

    #[test]
    fn what_the_end_overtook_is_written_within_a_day_and_without_texts() {
        let ended = DeploymentState::Ended {
            ended_at: at(1000),
            reason: EndReason::Time,
        };
        let day = 24 * 3600;
        assert_eq!(may_write(&ended, false, at(1000 + day)), Ok(()));
        assert_eq!(may_write(&ended, false, at(1001 + day)), Err(AlertError::TooLate));
        assert_eq!(may_write(&ended, true, at(1001)), Err(AlertError::TextsOver));
        assert_eq!(may_judge(&ended), Err(AlertError::Ended));
        let live = DeploymentState::Live { started_at: at(1) };
        assert_eq!(
            (may_write(&live, true, at(1000 + 2 * day)), may_judge(&live)),
            (Ok(()), Ok(()))
        );
    }

    proptest! {
        /// R74: no count of fewer than five is told, nor can one be had by taking the others from the total.
        #[test]
        fn r74_no_small_count_can_be_told(counts in proptest::collection::vec(0u32..12, 3)) {
            let sex: Vec<_> = ObservedSex::ALL.into_iter().zip(counts.iter().copied()).collect();
            let total = counts.iter().sum();
            let observed = Observed {
                total,
                sex,
                age_band: vec![(ObservedAge::Under18, total)],
                ethnicity: vec![(ObservedEthnicity::White, total)],
            };
            let told = disclosed(&observed);
            prop_assert!(told.total.is_none_or(|total| total >= SMALLEST_CELL));
            let hidden = told.sex.iter().filter(|(_, people)| people.is_none()).count();
            for ((_, people), count) in told.sex.iter().zip(&counts) {
                prop_assert!(people.is_none_or(|people| people == *count && people >= SMALLEST_CELL));
            }
            prop_assert!(hidden != 1, "{:?}", told.sex);
        }

        /// Whatever is tried in whatever order: what was decided stays, no alert is engaged before its time, and each change
        /// raises the version by one and reads back as it was written.
        #[test]
        fn r64_an_alert_only_moves_forward(
            verdict in prop_oneof![Just(Verdict::True), Just(Verdict::False), Just(Verdict::Inconclusive)],
            two in any::<bool>(),
            steps in proptest::collection::vec((0u8..6, 9u128..12), 0..10),
        ) {
            let judges = if two { Judges::Two } else { Judges::One };
            let mut alert = adjudicated(verdict);
            for (step, by) in steps {
                let before = AlertRow::from(alert.clone());
                let next = match step {
                    0 => alert.clone().confirm(1, Some(at(SINCE)), sight(SightVerdict::Confirmed, by)).map(AlertRow::from),
                    1 => alert.clone().confirm(1, Some(at(SINCE)), sight(SightVerdict::NotConfirmed, by)).map(AlertRow::from),
                    2 => alert.clone().engage(1, judges, wrote(right(), by)).map(AlertRow::from),
                    3 => alert.clone().engage(1, judges, wrote(wrong(), by)).map(AlertRow::from),
                    4 => alert.clone().engage(1, judges, wrote(LOST, by)).map(AlertRow::from),
                    _ => alert.clone().observe().map(AlertRow::from),
                };
                let Ok(after) = next else { continue };
                prop_assert_eq!(after.version, before.version + 1);
                let AlertState::Adjudicated { verdict: then, by: judge, sight, engagement, .. } = &after.state else {
                    panic!("{after:?}")
                };
                prop_assert_eq!(*then, Verdict::True, "only a true one leads on");
                prop_assert!(sight.as_ref().is_none_or(|sight| sight.by != *judge));
                if let AlertState::Adjudicated { sight: Some(known), .. } = &before.state {
                    prop_assert_eq!(sight.as_ref(), Some(known), "a judgement is final");
                }
                if engagement.as_ref().is_some_and(|done| contact(&done.outcome).is_some()) {
                    let confirmed = sight.as_ref().map(|sight| sight.verdict == SightVerdict::Confirmed);
                    prop_assert!(confirmed.unwrap_or(!two));
                }
                alert = after.clone().into();
                prop_assert_eq!(AlertRow::from(alert.clone()), after);
            }
        }
    }
}
