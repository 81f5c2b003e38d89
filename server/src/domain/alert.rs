//! A possible match put before officers: open, then adjudicated.

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::UserId;
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
    by: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Alert {
    Open(Open),
    Adjudicated(Adjudicated),
}

impl Open {
    fn adjudicate(self, verdict: Verdict, by: UserId, by_name: String, now: Timestamp) -> Adjudicated {
        let row = AlertRow {
            state: AlertState::Adjudicated {
                verdict,
                by,
                by_name: by_name.clone(),
                at: now,
            },
            version: self.row.version.saturating_add(1),
            ..self.row
        };
        Adjudicated { row, by: by_name }
    }
}

impl Alert {
    /// `version`: the version of the alert that the person saw.
    pub(crate) fn adjudicate(
        self,
        version: u32,
        verdict: Verdict,
        by: UserId,
        by_name: String,
        now: Timestamp,
    ) -> Result<Adjudicated, AlertError> {
        match self {
            Self::Adjudicated(done) => Err(AlertError::AlreadyAdjudicated { by: done.by }),
            // A crop that arrives between look and decision raises the version without changing what was decided.
            Self::Open(open) if version == 0 || version > open.row.version => Err(AlertError::VersionChanged),
            Self::Open(open) => Ok(open.adjudicate(verdict, by, by_name, now)),
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
            AlertState::Adjudicated { by_name, .. } => {
                let by = by_name.clone();
                Self::Adjudicated(Adjudicated { row, by })
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
mod tests {
    use super::*;
    use uuid::Uuid;
    use vedette_core::id::{AlertId, DeploymentId, DeviceId, EntryId, TrackId};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn raised() -> AlertRow {
        let id = Uuid::from_u128(7);
        AlertRow {
            id: AlertId::new(id),
            deployment: DeploymentId::new(id),
            entry: EntryId::new(id),
            entry_name: None,
            device: DeviceId::new(id),
            device_name: "Gate".into(),
            track: TrackId::new(id),
            raised_at: at(100),
            band: Band::Strong,
            has_probe: false,
            state: AlertState::Open,
            version: 1,
        }
    }

    fn officer() -> UserId {
        UserId::new(Uuid::from_u128(9))
    }

    #[test]
    fn the_second_officer_learns_who_decided() {
        let alert = Alert::from(raised());
        let done = alert
            .adjudicate(1, Verdict::False, officer(), "Ann".into(), at(110))
            .unwrap();
        let again = Alert::from(AlertRow::from(done));
        assert_eq!(
            again.adjudicate(2, Verdict::True, officer(), "Bob".into(), at(111)),
            Err(AlertError::AlreadyAdjudicated { by: "Ann".into() })
        );
    }

    #[test]
    fn a_crop_between_look_and_decision_does_not_stop_the_officer() {
        let with_crop = Alert::from(raised()).take_crop(at(101)).unwrap();
        assert_eq!(with_crop.version, 2);
        let done = Alert::from(with_crop)
            .adjudicate(1, Verdict::True, officer(), "Ann".into(), at(102))
            .unwrap();
        assert_eq!(AlertRow::from(done).version, 3);
    }

    #[test]
    fn a_version_that_never_was_is_refused() {
        for version in [0, 2] {
            let alert = Alert::from(raised());
            assert_eq!(
                alert.adjudicate(version, Verdict::True, officer(), "Ann".into(), at(101)),
                Err(AlertError::VersionChanged)
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
