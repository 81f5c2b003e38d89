//! A possible match put before officers: open, then adjudicated.

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::{AlertId, UserId};
use vedette_store::row::{AlertRow, AlertState};

pub(crate) use vedette_store::row::{Band, Verdict};

/// How long after an alert the device may send the matched crop.
pub(crate) const CROP_WITHIN: SignedDuration = SignedDuration::from_secs(30);

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
}

/// A person's answer.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) verdict: Verdict,
    pub(crate) by: UserId,
    pub(crate) by_name: String,
    pub(crate) at: Timestamp,
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

/// An alert with a person's decision. Final.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Adjudicated {
    row: AlertRow,
    verdict: Verdict,
    by: String,
}

impl Adjudicated {
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Alert {
    Open(Open),
    Adjudicated(Adjudicated),
}

impl Open {
    pub(super) fn adjudicate(self, decision: Decision) -> Adjudicated {
        let (verdict, by) = (decision.verdict, decision.by_name.clone());
        let row = AlertRow {
            state: AlertState::Adjudicated {
                verdict,
                by: decision.by,
                by_name: decision.by_name,
                at: decision.at,
            },
            version: self.row.version.saturating_add(1),
            ..self.row
        };
        Adjudicated { row, verdict, by }
    }

    pub(super) fn id(&self) -> AlertId {
        self.row.id
    }
}

impl Alert {
    /// The alert while it can be decided. `version`: the one that the person saw.
    pub(super) fn open(self, version: u32) -> Result<Open, AlertError> {
        match self {
            Self::Adjudicated(done) => Err(AlertError::AlreadyAdjudicated { by: done.by }),
            // A crop that arrives between look and decision raises the version without changing what was decided.
            Self::Open(open) if version == 0 || version > open.row.version => Err(AlertError::VersionChanged),
            Self::Open(open) => Ok(open),
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
}

pub(crate) fn wants_crop(row: &AlertRow, now: Timestamp) -> bool {
    !row.has_probe && now <= row.raised_at + CROP_WITHIN
}

impl From<AlertRow> for Alert {
    fn from(row: AlertRow) -> Self {
        match &row.state {
            AlertState::Open => Self::Open(Open { row }),
            AlertState::Adjudicated { verdict, by_name, .. } => {
                let (verdict, by) = (*verdict, by_name.clone());
                Self::Adjudicated(Adjudicated { row, verdict, by })
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
            Alert::Open(open) => open.row,
            Alert::Adjudicated(done) => done.row,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use uuid::Uuid;
    use vedette_core::id::{DeploymentId, DeviceId, EntryId, TrackId};

    pub(crate) fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    pub(crate) fn raised() -> AlertRow {
        let id = Uuid::from_u128(7);
        AlertRow {
            id: AlertId::new(id),
            deployment: DeploymentId::new(id),
            entry: EntryId::new(id),
            entry_name: None,
            subject: None,
            device: DeviceId::new(id),
            device_name: "Gate".into(),
            track: TrackId::new(id),
            raised_at: at(100),
            band: Band::Strong,
            has_probe: false,
            contradicts: Vec::new(),
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
}
