//! The ceiling of false alerts, while a deployment is live (R87).
//!
//! It is one in 1,000 faces seen, the loosest target that there is, for every deployment: a stricter target is what was
//! planned for, and an operation that errs twice as often by chance must not stand still for it. The rate is that of faces
//! taken for somebody by mistake, as officers decided, among faces seen, with its 95 % interval (Clopper and Pearson). A face
//! that resembles three people on the list is one mistake, not three, and a face that is somebody's on the list is none.
//!
//! Without a mistake its upper end only says how few faces have passed, so there is nothing to warn of.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_core::calibration::Target;
use vedette_store::pause::{PastPause, PauseOver};
use vedette_store::row::DeploymentRow;

use crate::publication::FalseAlerts;

pub(crate) const CEILING: Target = Target::LOOSEST;

/// Fewer faces are no ground to stop.
const PAUSES_FROM: u64 = 3;

/// How a deployment stands to the ceiling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    #[default]
    Within,
    /// There are false alerts, and the upper end of their rate's interval lies above the ceiling.
    Warning,
    /// The rate itself lies above it, after false alerts on three faces at least: it pauses, and an authorising officer
    /// decides.
    Paused,
}

/// `past`: an officer who resumed knew of the faces mistaken until then, so only a further one pauses again.
pub(crate) fn level(false_alerts: &FalseAlerts, past: &[PastPause]) -> Level {
    let ceiling = 1.0 / f64::from(CEILING.faces());
    let known = past.iter().filter_map(known).max().unwrap_or_default();
    let above = false_alerts.per_face.value.is_some_and(|rate| rate > ceiling);
    let mistaken = false_alerts.count;
    if above && mistaken >= PAUSES_FROM && mistaken > known {
        Level::Paused
    } else if mistaken > 0 && false_alerts.per_face.high > ceiling {
        Level::Warning
    } else {
        Level::Within
    }
}

/// The faces mistaken that whoever resumed after a pause knew of.
fn known(past: &PastPause) -> Option<u64> {
    match &past.over {
        PauseOver::Resumed { false_alerts, .. } => Some(*false_alerts),
        PauseOver::Stopped { .. } => None,
    }
}

/// Since when it is warned of anew: what a pause was about was told before it.
pub(crate) fn warned_from(row: &DeploymentRow) -> Timestamp {
    row.pauses.last().map_or(row.created_at, PastPause::until)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use vedette_core::id::UserId;
    use vedette_store::pause::{Pause, PauseCause};
    use vedette_store::record::Mark;
    use vedette_store::row::{Counters, Verdicts};

    use super::*;

    fn false_alerts(mistaken: u32, faces: u64) -> FalseAlerts {
        let verdicts = Verdicts {
            wrong: mistaken,
            ..Verdicts::default()
        };
        let counters = Counters {
            faces_seen: faces,
            ..Counters::default()
        };
        FalseAlerts::of(verdicts, mistaken.into(), counters)
    }

    fn resumed_at(false_alerts: u64) -> PastPause {
        let at = Timestamp::UNIX_EPOCH;
        PastPause {
            pause: Pause {
                paused_at: at,
                cause: PauseCause::FalseAlerts {
                    false_alerts,
                    faces_seen: 100,
                },
            },
            over: PauseOver::Resumed {
                mark: Mark {
                    by: UserId::new(Uuid::nil()),
                    at,
                },
                reason: Some("The light is better".into()),
                false_alerts,
            },
        }
    }

    #[test]
    fn r87_the_ceiling_is_one_in_a_thousand_and_three_false_alerts_pause() {
        for (wrong, faces, expected) in [
            // No false alert: nothing to warn of, however few faces passed.
            (0, 0, Level::Within),
            (0, 10, Level::Within),
            // One: the upper end of the interval is above 1/1,000 until 5,570 faces or so have passed.
            (1, 10, Level::Warning),
            (1, 5_000, Level::Warning),
            (1, 6_000, Level::Within),
            // Two above the ceiling don't pause yet, three do; exactly at the ceiling isn't above it.
            (2, 100, Level::Warning),
            (3, 100, Level::Paused),
            (3, 2_999, Level::Paused),
            (3, 3_000, Level::Warning),
            (4, 4_001, Level::Warning),
        ] {
            assert_eq!(level(&false_alerts(wrong, faces), &[]), expected, "{wrong} in {faces}");
        }
    }

    #[test]
    fn r87_who_resumed_knew_of_what_was_decided_until_then() {
        let past = [resumed_at(3)];
        assert_eq!(level(&false_alerts(3, 100), &past), Level::Warning);
        assert_eq!(level(&false_alerts(4, 100), &past), Level::Paused);
    }

    proptest! {
        #[test]
        fn r87_more_false_alerts_never_lower_the_level_and_more_faces_never_raise_it(
            wrong in 0..20u32, faces in 20..20_000u64, more in 1..5_000u64,
        ) {
            let rank = |level: Level| level as u8;
            let here = rank(level(&false_alerts(wrong, faces), &[]));
            prop_assert!(rank(level(&false_alerts(wrong + 1, faces), &[])) >= here);
            prop_assert!(rank(level(&false_alerts(wrong, faces + more), &[])) <= here);
        }
    }
}
