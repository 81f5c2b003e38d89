//! What a device counts of the faces and the visits before it, a report at a time.

use serde::Serialize;
use vedette_store::row::{Counters, KioskCounters};

/// In one report. Devices report every few seconds.
const MOST: u64 = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Tally {
    faces: u64,
    not_assessable: u64,
    kiosk: KioskCounters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A report counts at most {MOST} faces, and as many visits. Reload the page.")]
pub(crate) struct TooMany;

impl Tally {
    pub(crate) fn new(faces: u64, not_assessable: u64, kiosk: KioskCounters) -> Result<Self, TooMany> {
        let KioskCounters {
            visits,
            unclear,
            unproven,
            staffed,
        } = kiosk;
        let all = [faces, not_assessable, visits, unclear, unproven, staffed];
        if all.iter().any(|count| *count > MOST) {
            return Err(TooMany);
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
            assert_eq!(Tally::new(faces, not_assessable, kiosk), Err(TooMany));
        }
    }
}
