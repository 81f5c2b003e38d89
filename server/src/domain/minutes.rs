//! Faces of the last minutes, for whoever looks on.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use vedette_store::row::MinuteRow;

use super::retention::MINUTES;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Minute {
    /// Since 1970.
    number: i64,
    pub(crate) faces: u64,
    pub(crate) not_assessable: u64,
    pub(crate) cameras: Cameras,
}

/// Whether no face in a minute is a sign of calm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cameras {
    /// At least one: no face is nobody who passed.
    Looked,
    /// None is known to have looked, and no outage is: also before the start, and while a pause lasted.
    NoneLooked,
    /// The server was off while faces should have been compared, and heard of none.
    NotKnown,
}

impl Minute {
    pub(crate) fn begins_at(self) -> Timestamp {
        begin(self.number)
    }
}

pub(crate) fn number(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

pub(crate) fn begin(number: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(number)
}

/// The first minute that is remembered.
pub(crate) fn first(now: Timestamp) -> i64 {
    number(now - MINUTES.period.lasts())
}

/// Each of the last minutes, oldest first, those without a face too; the present one last.
/// `counted`: those in which a camera looked; `off`: from when until when no server ran.
pub(crate) fn until(now: Timestamp, counted: &[MinuteRow], off: &[(Timestamp, Timestamp)]) -> Vec<Minute> {
    let missed = |number| {
        let overlaps = |(from, until): &(Timestamp, Timestamp)| *from < begin(number + 1) && *until > begin(number);
        off.iter().any(overlaps)
    };
    (first(now)..=number(now))
        .map(|number| match counted.iter().find(|row| row.number == number) {
            Some(row) => Minute {
                number,
                faces: row.faces,
                not_assessable: row.not_assessable,
                cameras: Cameras::Looked,
            },
            None => Minute {
                number,
                faces: 0,
                not_assessable: 0,
                cameras: if missed(number) {
                    Cameras::NotKnown
                } else {
                    Cameras::NoneLooked
                },
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r86_a_minute_of_which_nothing_is_known_is_no_calm_and_no_camera_that_was_off() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let row = |number, faces| MinuteRow {
            number,
            faces,
            not_assessable: 0,
        };
        // The server was off from the middle of the 98th minute until the end of the 99th.
        let off = [(at(98 * 60 + 30), at(100 * 60))];
        let counted = [row(60, 9), row(95, 4), row(96, 0), row(98, 2)];
        let seen = until(at(100 * 60 + 7), &counted, &off);
        assert_eq!(seen.len(), 31);
        assert_eq!(seen.last().unwrap().begins_at(), at(100 * 60));
        let last: Vec<_> = seen
            .iter()
            .skip(25)
            .map(|minute| (minute.faces, minute.cameras))
            .collect();
        assert_eq!(
            last,
            [
                (4, Cameras::Looked),
                (0, Cameras::Looked),
                (0, Cameras::NoneLooked),
                (2, Cameras::Looked),
                (0, Cameras::NotKnown),
                (0, Cameras::NoneLooked),
            ]
        );
        assert_eq!(seen.iter().map(|minute| minute.faces).sum::<u64>(), 6);
    }
}
