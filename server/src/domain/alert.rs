//! A possible match put before officers: open, then adjudicated by one person, or by nobody in time. What a true one leads
//! to is `engagement`'s.

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::{AlertId, DeviceId, UserId};
use vedette_store::engagement::{Engagement, Factors, Outcome, ReceiptRow, Sight, SightVerdict};
use vedette_store::row::{AlertRow, AlertState};
use vedette_store::withdrawal::Withdrawal;

use super::engagement::{Engaged, Sighted};

pub(crate) use vedette_store::row::{Band, Verdict};

/// How long after an alert the device may send the matched crop.
pub(crate) const CROP_WITHIN: SignedDuration = SignedDuration::from_secs(30);

/// Nobody has compared two faces in less (R67).
pub(crate) const LOOK_AT_LEAST: SignedDuration = SignedDuration::from_secs(2);

/// An alert that nobody has opened by then is told of again (R70).
pub(crate) const OPEN_WITHIN: SignedDuration = SignedDuration::from_secs(10);

/// After it was last seen. Who walks on is 150 metres away by then, where no officer finds them by a picture; and a decision
/// that nobody can act on would only be made to empty a list.
pub(crate) const DECIDE_WITHIN: SignedDuration = SignedDuration::from_secs(120);

/// A score is called strong when it is this many powers of ten rarer among strangers than the threshold.
const STRONG_DECADES: f32 = 1.5;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AlertError {
    #[error("{by} has decided already. Reload the page to see the decision.")]
    AlreadyAdjudicated { by: String },
    #[error("The alert is of another version than the one looked at. Reload the page and look again.")]
    VersionChanged,
    #[error("This alert has its crop, or has waited too long for it. Nothing need be done.")]
    CropNotWanted,
    #[error("Another alert has joined this one since. Look at all of them, then decide.")]
    Joined,
    #[error("{by} has decided that this face is {entry}. Reload the page to see the decision.")]
    FaceDecided { by: String, entry: String },
    #[error("{by} has decided that another face in view is {entry}. Reload the page to see the decision.")]
    EntryDecided { by: String, entry: String },
    #[error("Look at both pictures first. An answer is taken {} seconds after the alert was opened here.", LOOK_AT_LEAST.as_secs())]
    TooSoon,
    #[error("This person was taken off the watchlist, so nobody looks for them any more. Let them go.")]
    NotListed,
    #[error("Nobody decided in time, so this alert is closed. Wait for the next one.")]
    NotInTime,
    #[error("You decided about this alert, so somebody else must confirm it.")]
    OwnDecision,
    #[error("Nobody has decided that it is this person. Compare the pictures and decide first.")]
    NotTrue,
    #[error("{by} has seen the person and answered already. Reload the page to see the answer.")]
    AlreadyConfirmed { by: String },
    #[error("A second person must confirm on sight before anybody is engaged. Ask somebody to confirm.")]
    NotConfirmed,
    #[error("{by} has written down what was done. Ask them to correct it.")]
    AlreadyEngaged { by: String },
    #[error("A time can't be right: it lies before the alert, in the future, or lasted longer than a day. Correct it.")]
    Times,
    #[error("What was observed is counted once, when somebody was engaged by mistake. Nothing need be done.")]
    NotObserved,
    #[error("What was observed of the person was counted already, so the outcome stays as it is.")]
    Observed,
    #[error("The deployment has ended and its pictures are deleted, so nothing can be confirmed any more.")]
    Ended,
    #[error("The deployment has ended, so names and notes are no longer kept. Leave them out, and send the rest.")]
    TextsOver,
    #[error("The review of this operation is signed, so what was written about it stays as it is.")]
    Reviewed,
    #[error("The deployment ended more than a day ago. Put what was done into its review.")]
    TooLate,
}

/// A person's answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decision {
    pub(crate) verdict: Verdict,
    pub(crate) by: UserId,
    pub(crate) by_name: String,
    pub(crate) at: Timestamp,
    /// What she had regard to.
    pub(crate) factors: Factors,
}

/// `decades`: how many powers of ten rarer the score is among strangers than the threshold.
pub(crate) fn band(decades: f32) -> Band {
    if decades >= STRONG_DECADES {
        Band::Strong
    } else {
        Band::Moderate
    }
}

/// An alert that nobody has decided about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Open {
    row: AlertRow,
}

/// An alert that nobody decided about in time. Final.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lapsed {
    row: AlertRow,
}

/// An alert about somebody who was taken off the list before anybody decided. Final.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Withdrawn {
    row: AlertRow,
}

/// An alert with one person's decision. Final, unless it is true: then it leads on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Adjudicated {
    /// Its state is the decision.
    pub(super) row: AlertRow,
    pub(super) decision: Decision,
}

impl Adjudicated {
    pub(crate) fn verdict(&self) -> Verdict {
        self.decision.verdict
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Alert {
    Open(Open),
    Lapsed(Lapsed),
    Withdrawn(Withdrawn),
    Adjudicated(Adjudicated),
    Sighted(Sighted),
    Engaged(Engaged),
}

/// What time asks of an open alert.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Due {
    Escalated(AlertRow),
    Lapsed(AlertRow),
}

impl Open {
    pub(super) fn adjudicate(self, decision: Decision) -> Adjudicated {
        let row = with_state(self.row, decided(decision.clone(), None, None, None));
        Adjudicated { row, decision }
    }

    /// Nobody decides about it any more.
    pub(crate) fn lapse(self, now: Timestamp) -> AlertRow {
        with_state(self.row, AlertState::NotAdjudicated { at: now })
    }

    pub(super) fn id(&self) -> AlertId {
        self.row.id
    }
}

impl Alert {
    /// The alert while it can be decided. `version`: the one that the person saw.
    pub(super) fn open(self, version: u32) -> Result<Open, AlertError> {
        match self {
            Self::Open(open) => {
                check_version(&open.row, version)?;
                Ok(open)
            }
            Self::Lapsed(_) => Err(AlertError::NotInTime),
            Self::Withdrawn(_) => Err(AlertError::NotListed),
            Self::Adjudicated(Adjudicated { decision, .. })
            | Self::Sighted(Sighted { decision, .. })
            | Self::Engaged(Engaged { decision, .. }) => Err(AlertError::AlreadyAdjudicated { by: decision.by_name }),
        }
    }

    /// The alert when nobody looks for its person any more: nobody decides about it, nobody confirms it, and whom it was
    /// decided to be is let go. Nothing where nothing was still to be done.
    pub(crate) fn withdraw(self, withdrawal: Withdrawal) -> Option<AlertRow> {
        match self {
            Self::Open(Open { row }) => Some(with_state(row, AlertState::Withdrawn(withdrawal))),
            Self::Adjudicated(Adjudicated { row, decision }) if holds(&row) => {
                Some(with_state(row, decided(decision, None, None, Some(withdrawal))))
            }
            Self::Sighted(Sighted { row, decision, sight }) if holds(&row) => {
                Some(with_state(row, decided(decision, Some(sight), None, Some(withdrawal))))
            }
            Self::Lapsed(_) | Self::Withdrawn(_) | Self::Adjudicated(_) | Self::Sighted(_) | Self::Engaged(_) => None,
        }
    }

    /// The alert with its crop, if one is still wanted.
    pub(crate) fn take_crop(self, now: Timestamp) -> Result<AlertRow, AlertError> {
        let row = AlertRow::from(self);
        if wants_crop(&row, now) {
            Ok(AlertRow {
                has_probe: true,
                version: row.version.saturating_add(1),
                ..row
            })
        } else {
            Err(AlertError::CropNotWanted)
        }
    }

    /// What is due, of an alert that waits.
    pub(crate) fn due(self, now: Timestamp) -> Option<Due> {
        let Self::Open(open) = self else {
            return None;
        };
        if now >= open.row.last_seen_at + DECIDE_WITHIN {
            return Some(Due::Lapsed(open.lapse(now)));
        }
        let row = open.row;
        let opened = row.receipts.iter().any(|receipt| receipt.opened_at.is_some());
        let escalates = !opened && row.escalated_at.is_none() && now >= row.raised_at + OPEN_WITHIN;
        escalates.then(|| {
            Due::Escalated(AlertRow {
                escalated_at: Some(now),
                version: row.version.saturating_add(1),
                ..row
            })
        })
    }
}

pub(super) fn with_state(row: AlertRow, state: AlertState) -> AlertRow {
    AlertRow {
        state,
        version: row.version.saturating_add(1),
        ..row
    }
}

pub(super) fn decided(
    decision: Decision,
    sight: Option<Sight>,
    engagement: Option<Box<Engagement>>,
    withdrawn: Option<Withdrawal>,
) -> AlertState {
    AlertState::Adjudicated {
        verdict: decision.verdict,
        by: decision.by,
        by_name: decision.by_name,
        at: decision.at,
        factors: decision.factors,
        sight,
        engagement,
        withdrawn: withdrawn.map(Box::new),
    }
}

/// That of a true alert whose person was taken off the list since.
pub(super) fn withdrawal(row: &AlertRow) -> Option<&Withdrawal> {
    match &row.state {
        AlertState::Adjudicated { withdrawn, .. } => withdrawn.as_deref(),
        AlertState::Open | AlertState::NotAdjudicated { .. } | AlertState::Withdrawn(_) => None,
    }
}

/// `version`: the one that the person saw. An earlier one is as good: what raises it, a crop or one more sighting, changes
/// nothing of what is asked.
pub(super) fn check_version(row: &AlertRow, version: u32) -> Result<(), AlertError> {
    if version == 0 || version > row.version {
        return Err(AlertError::VersionChanged);
    }
    Ok(())
}

pub(crate) fn wants_crop(row: &AlertRow, now: Timestamp) -> bool {
    !row.has_probe && now <= row.raised_at + CROP_WITHIN
}

/// Whether somebody may be taken for this person: not once they were taken off the list.
pub(crate) fn still_listed(row: &AlertRow) -> Result<(), AlertError> {
    row.entry_name.as_ref().map(|_| ()).ok_or(AlertError::NotListed)
}

/// What is held to be so: the decision, unless somebody on the spot found otherwise. Nothing where nobody decided.
pub(crate) fn truth(row: &AlertRow) -> Option<Verdict> {
    match &row.state {
        AlertState::Open | AlertState::NotAdjudicated { .. } | AlertState::Withdrawn(_) => None,
        AlertState::Adjudicated {
            verdict: Verdict::True, ..
        } if !holds(row) => Some(Verdict::False),
        AlertState::Adjudicated { verdict, .. } => Some(*verdict),
    }
}

/// Whether it still holds that this is the person: decided so, and nobody on the spot found otherwise.
pub(super) fn holds(row: &AlertRow) -> bool {
    let AlertState::Adjudicated {
        verdict: Verdict::True,
        sight,
        engagement,
        ..
    } = &row.state
    else {
        return false;
    };
    let denied = sight
        .as_ref()
        .is_some_and(|sight| sight.verdict == SightVerdict::NotConfirmed);
    let mistaken = engagement
        .as_ref()
        .is_some_and(|engagement| matches!(engagement.outcome, Outcome::EngagedFalse { .. }));
    !denied && !mistaken
}

/// How far an alert has come on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    Received,
    Opened,
}

/// On whose screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Screen<'a> {
    pub(crate) device: Option<DeviceId>,
    pub(crate) user: UserId,
    pub(crate) user_name: &'a str,
}

fn receipt_of<'a>(row: &'a AlertRow, screen: Screen<'_>) -> Option<&'a ReceiptRow> {
    row.receipts
        .iter()
        .find(|receipt| receipt.device == screen.device && receipt.user == screen.user)
}

/// The receipt of that screen, unless it says nothing new.
pub(crate) fn receipt(row: &AlertRow, screen: Screen<'_>, arrival: Arrival, now: Timestamp) -> Option<ReceiptRow> {
    let known = receipt_of(row, screen);
    let opened = known.and_then(|receipt| receipt.opened_at);
    let news = match arrival {
        Arrival::Received => known.is_none(),
        Arrival::Opened => opened.is_none(),
    };
    news.then(|| ReceiptRow {
        device: screen.device,
        device_name: None,
        user: screen.user,
        user_name: screen.user_name.to_owned(),
        received_at: known.map_or(now, |receipt| receipt.received_at),
        opened_at: opened.or((arrival == Arrival::Opened).then_some(now)),
    })
}

/// When it was opened on that screen.
pub(crate) fn opened_at(row: &AlertRow, screen: Screen<'_>) -> Option<Timestamp> {
    receipt_of(row, screen).and_then(|receipt| receipt.opened_at)
}

/// Nobody answers before she could have looked.
pub(super) fn looked(opened_at: Option<Timestamp>, now: Timestamp) -> Result<(), AlertError> {
    match opened_at {
        Some(opened_at) if now >= opened_at + LOOK_AT_LEAST => Ok(()),
        _ => Err(AlertError::TooSoon),
    }
}

impl From<AlertRow> for Alert {
    fn from(row: AlertRow) -> Self {
        match row.state.clone() {
            AlertState::Open => Self::Open(Open { row }),
            AlertState::NotAdjudicated { .. } => Self::Lapsed(Lapsed { row }),
            AlertState::Withdrawn(_) => Self::Withdrawn(Withdrawn { row }),
            AlertState::Adjudicated {
                verdict,
                by,
                by_name,
                at,
                factors,
                sight,
                engagement,
                withdrawn: _,
            } => {
                let decision = Decision {
                    verdict,
                    by,
                    by_name,
                    at,
                    factors,
                };
                match (sight, engagement) {
                    (None, None) => Self::Adjudicated(Adjudicated { row, decision }),
                    (Some(sight), None) => Self::Sighted(Sighted { row, decision, sight }),
                    (sight, Some(engagement)) => Self::Engaged(Engaged {
                        row,
                        decision,
                        sight,
                        engagement,
                    }),
                }
            }
        }
    }
}

impl From<Adjudicated> for AlertRow {
    fn from(alert: Adjudicated) -> Self {
        alert.row
    }
}

impl From<Alert> for AlertRow {
    fn from(alert: Alert) -> Self {
        match alert {
            Alert::Open(Open { row })
            | Alert::Lapsed(Lapsed { row })
            | Alert::Withdrawn(Withdrawn { row })
            | Alert::Adjudicated(Adjudicated { row, .. })
            | Alert::Sighted(Sighted { row, .. })
            | Alert::Engaged(Engaged { row, .. }) => row,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::conflict;
    use super::*;
    use uuid::Uuid;
    use vedette_core::id::{DeploymentId, DeviceId, EntryId, TrackId};
    use vedette_store::withdrawal::Unlisted;

    pub(crate) fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    pub(crate) fn raised() -> AlertRow {
        let id = Uuid::from_u128(7);
        AlertRow {
            id: AlertId::new(id),
            deployment: DeploymentId::new(id),
            entry: EntryId::new(id),
            entry_name: Some("Zebedee".into()),
            namesake: None,
            subject: None,
            device: DeviceId::new(id),
            device_name: "Gate".into(),
            track: TrackId::new(id),
            raised_at: at(100),
            band: Band::Strong,
            has_probe: false,
            contradicts: Vec::new(),
            repeats: 0,
            last_seen_at: at(100),
            last_seen_device: DeviceId::new(id),
            last_seen_device_name: "Gate".into(),
            at_kiosk: false,
            escalated_at: None,
            receipts: Vec::new(),
            identity_checks: Vec::new(),
            state: AlertState::Open,
            version: 1,
        }
    }

    pub(crate) fn says(verdict: Verdict, by_name: &str) -> Decision {
        Decision {
            verdict,
            by: UserId::new(Uuid::from_u128(9)),
            by_name: by_name.into(),
            at: at(110),
            factors: Factors::default(),
        }
    }

    pub(crate) fn screen(device: u128, user: u128) -> Screen<'static> {
        Screen {
            device: Some(DeviceId::new(Uuid::from_u128(device))),
            user: UserId::new(Uuid::from_u128(user)),
            user_name: "Otto",
        }
    }

    #[test]
    fn the_second_officer_learns_who_decided() {
        let open = Alert::from(raised()).open(1).unwrap();
        let done = open.adjudicate(says(Verdict::False, "Ann"));
        let again = Alert::from(AlertRow::from(done));
        assert_eq!(
            again.open(2).unwrap_err(),
            AlertError::AlreadyAdjudicated { by: "Ann".into() }
        );
    }

    #[test]
    fn a_crop_between_look_and_decision_does_not_stop_the_officer() {
        let with_crop = Alert::from(raised()).take_crop(at(101)).unwrap();
        assert_eq!(with_crop.version, 2);
        let open = Alert::from(with_crop).open(1).unwrap();
        assert_eq!(AlertRow::from(open.adjudicate(says(Verdict::True, "Ann"))).version, 3);
    }

    #[test]
    fn a_version_that_never_was_is_refused() {
        for version in [0, 2] {
            assert_eq!(
                Alert::from(raised()).open(version).unwrap_err(),
                AlertError::VersionChanged
            );
        }
    }

    #[test]
    fn a_crop_is_taken_once_and_in_time() {
        assert_eq!(Alert::from(raised()).take_crop(at(131)), Err(AlertError::CropNotWanted));
        let with_crop = Alert::from(raised()).take_crop(at(130)).unwrap();
        assert_eq!(
            Alert::from(with_crop).take_crop(at(130)),
            Err(AlertError::CropNotWanted)
        );
    }

    #[test]
    fn a_band_says_no_more_than_strong_or_moderate() {
        assert_eq!(band(0.0), Band::Moderate);
        assert_eq!(band(1.5), Band::Strong);
    }

    /// R67.
    #[test]
    fn r67_an_answer_waits_two_seconds_from_the_opening_on_that_very_screen() {
        assert_eq!(looked(None, at(200)), Err(AlertError::TooSoon));
        assert_eq!(looked(Some(at(199)), at(200)), Err(AlertError::TooSoon));
        assert_eq!(looked(Some(at(198)), at(200)), Ok(()));
        let mut row = raised();
        row.receipts
            .extend(receipt(&row, screen(1, 2), Arrival::Opened, at(105)));
        assert_eq!(opened_at(&row, screen(1, 2)), Some(at(105)));
        assert_eq!(opened_at(&row, screen(3, 2)), None, "another device");
        assert_eq!(opened_at(&row, screen(1, 4)), None, "another person on that device");
    }

    /// R71.
    #[test]
    fn r71_a_receipt_is_written_once_and_its_times_stay() {
        let mut row = raised();
        let received = receipt(&row, screen(1, 2), Arrival::Received, at(101)).unwrap();
        assert_eq!((received.received_at, received.opened_at), (at(101), None));
        row.receipts = vec![received];
        assert_eq!(receipt(&row, screen(1, 2), Arrival::Received, at(102)), None);
        let opened = receipt(&row, screen(1, 2), Arrival::Opened, at(103)).unwrap();
        assert_eq!((opened.received_at, opened.opened_at), (at(101), Some(at(103))));
        row.receipts = vec![opened];
        for arrival in [Arrival::Received, Arrival::Opened] {
            assert_eq!(receipt(&row, screen(1, 2), arrival, at(104)), None);
        }
    }

    /// R70.
    #[test]
    fn r70_an_alert_that_nobody_opens_in_ten_seconds_is_told_of_again_once() {
        let due = |row: &AlertRow, now| Alert::from(row.clone()).due(at(now));
        let row = raised();
        assert_eq!(due(&row, 109), None);
        let Some(Due::Escalated(told)) = due(&row, 110) else {
            panic!("not escalated")
        };
        assert_eq!((told.escalated_at, told.version), (Some(at(110)), 2));
        assert_eq!(due(&told, 115), None);
        let mut received = row.clone();
        received
            .receipts
            .extend(receipt(&row, screen(1, 2), Arrival::Received, at(101)));
        assert!(due(&received, 110).is_some(), "received is not opened");
        let mut opened = row.clone();
        opened
            .receipts
            .extend(receipt(&row, screen(1, 2), Arrival::Opened, at(101)));
        assert_eq!(due(&opened, 110), None);
    }

    pub(crate) fn withdrawal() -> Withdrawal {
        Withdrawal {
            at: at(150),
            by: Some((UserId::new(Uuid::from_u128(12)), "Lena".into())),
            why: Unlisted::Removed,
        }
    }

    /// R21.
    #[test]
    fn r21_an_alert_about_somebody_who_is_on_the_list_no_more_is_withdrawn_and_waits_for_nobody() {
        let withdrawn = Alert::from(raised()).withdraw(withdrawal()).unwrap();
        assert_eq!(
            (&withdrawn.state, withdrawn.version),
            (&AlertState::Withdrawn(withdrawal()), 2)
        );
        let again = || Alert::from(withdrawn.clone());
        assert_eq!(again().due(at(1000)), None);
        assert_eq!(again().open(2).unwrap_err(), AlertError::NotListed);
        assert_eq!(again().withdraw(withdrawal()), None);
        assert_eq!(truth(&withdrawn), None);
        assert_eq!(conflict::contradicted(withdrawn), None);
    }

    /// R21: what was decided stays so.
    #[test]
    fn r21_of_a_decided_alert_only_what_is_still_to_be_done_is_withdrawn() {
        let open = || Alert::from(raised()).open(1).unwrap();
        let decided = |verdict| Alert::from(AlertRow::from(open().adjudicate(says(verdict, "Ann"))));
        for verdict in [Verdict::False, Verdict::Inconclusive] {
            assert_eq!(decided(verdict).withdraw(withdrawal()), None);
        }
        let row = decided(Verdict::True).withdraw(withdrawal()).unwrap();
        assert_eq!(super::withdrawal(&row), Some(&withdrawal()));
        assert_eq!(truth(&row), Some(Verdict::True));
        assert_eq!(Alert::from(open().lapse(at(220))).withdraw(withdrawal()), None);
    }

    /// R65.
    #[test]
    fn r65_what_nobody_decides_about_in_time_is_closed_and_stays_so() {
        let due = |row: &AlertRow, now| Alert::from(row.clone()).due(at(now));
        let seen_again = AlertRow {
            last_seen_at: at(150),
            escalated_at: Some(at(110)),
            ..raised()
        };
        assert_eq!(due(&seen_again, 269), None);
        let Some(Due::Lapsed(lapsed)) = due(&seen_again, 270) else {
            panic!("not closed")
        };
        assert_eq!(lapsed.state, AlertState::NotAdjudicated { at: at(270) });
        assert_eq!(due(&lapsed, 1000), None);
        assert_eq!(Alert::from(lapsed).open(1).unwrap_err(), AlertError::NotInTime);
        let open = Alert::from(seen_again).open(1).unwrap();
        let decided = AlertRow::from(open.adjudicate(says(Verdict::Inconclusive, "Ann")));
        assert_eq!(due(&decided, 1000), None);
    }
}
