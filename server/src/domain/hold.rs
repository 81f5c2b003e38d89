//! Evidence that is kept beyond a deployment's end, and for how long (R77).

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::{ComplaintId, UserId};
use vedette_store::rights::{HoldNote, HoldRow, HoldState, Organisation};

use super::retention::HOLDS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HoldError {
    #[error("This hold is over, and what it held is deleted.")]
    Over,
    #[error("This hold keeps the evidence of a complaint that is still open. Close the complaint first.")]
    ComplaintOpen,
    #[error("No picture of this alert is left to hold. Nothing was kept.")]
    NothingLeft,
    #[error(
        "A hold lasts one day at least, and as many as the retention table allows at most. Choose another number of days."
    )]
    Days,
}

/// How long one lasts after the deployment's end: the table's period, which a controller may shorten. It binds a hold when it
/// is placed or renewed: what is set later leaves it as it is.
pub(crate) fn longest(organisation: Option<&Organisation>) -> SignedDuration {
    let most = HOLDS.period.lasts();
    organisation.map_or(most, |organisation| {
        most.min(SignedDuration::from_hours(24 * i64::from(organisation.hold_days)))
    })
}

/// So many days; the longest time where no number is given.
pub(crate) fn lasts(days: Option<u8>, longest: SignedDuration) -> Result<SignedDuration, HoldError> {
    let asked = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    match asked {
        Some(asked) if asked > longest || asked <= SignedDuration::ZERO => Err(HoldError::Days),
        Some(asked) => Ok(asked),
        None => Ok(longest),
    }
}

/// Who does something to a hold.
#[derive(Clone, Debug)]
pub(crate) struct By {
    pub(crate) id: UserId,
    pub(crate) name: String,
}

/// A hold that lasts.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    row: HoldRow,
    until: Timestamp,
}

impl Held {
    pub(crate) fn complaint(&self) -> Option<ComplaintId> {
        self.row.complaint
    }

    /// Longer, or shorter, for a reason that whoever renews it answers for.
    pub(crate) fn renew(self, until: Timestamp, note: HoldNote, by: By) -> HoldRow {
        HoldRow {
            state: HoldState::Held { until },
            freezes: false,
            after_end: None,
            note: Some(note),
            by: by.id,
            by_name: by.name,
            ..self.row
        }
    }

    /// Nobody lets go of the evidence of a complaint that is open (R98).
    pub(crate) fn release(self, complaint_open: bool, by: By, at: Timestamp) -> Result<HoldRow, HoldError> {
        if complaint_open {
            return Err(HoldError::ComplaintOpen);
        }
        let state = HoldState::Released {
            at,
            by: by.id,
            by_name: by.name,
        };
        Ok(Self::over(self.row, state))
    }

    /// None while its time is not over.
    pub(crate) fn expire(self, now: Timestamp) -> Option<HoldRow> {
        (now >= self.until).then(|| Self::over(self.row, HoldState::Expired { at: now }))
    }

    fn over(row: HoldRow, state: HoldState) -> HoldRow {
        HoldRow {
            state,
            note: None,
            has_probe: false,
            has_reference: false,
            ..row
        }
    }
}

impl TryFrom<HoldRow> for Held {
    type Error = HoldError;

    fn try_from(row: HoldRow) -> Result<Self, HoldError> {
        match row.state {
            HoldState::Held { until } => Ok(Self { row, until }),
            HoldState::Released { .. } | HoldState::Expired { .. } => Err(HoldError::Over),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation(hold_days: u8) -> Organisation {
        Organisation {
            name: "Force".into(),
            name_cy: None,
            contact: "Desk".into(),
            complaints: "Desk".into(),
            privacy_url: None,
            hold_days,
        }
    }

    #[test]
    fn r77_a_controller_shortens_the_31_days_and_never_lengthens_them() {
        let days = |n: i64| SignedDuration::from_hours(24 * n);
        assert_eq!(longest(None), days(31));
        assert_eq!(longest(Some(&organisation(7))), days(7));
        assert_eq!(longest(Some(&organisation(200))), days(31));
    }

    #[test]
    fn r77_nobody_asks_for_more_days_than_there_are() {
        let longest = longest(Some(&organisation(7)));
        let days = |n: i64| SignedDuration::from_hours(24 * n);
        assert_eq!(lasts(Some(7), longest), Ok(days(7)));
        assert_eq!(lasts(None, longest), Ok(days(7)));
        assert_eq!(lasts(Some(8), longest), Err(HoldError::Days));
        assert_eq!(lasts(Some(0), longest), Err(HoldError::Days));
    }
}
