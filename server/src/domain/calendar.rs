//! Days and years as people here count them: those of the United Kingdom's clocks, which documents, training and reports go
//! by. Instants and durations need none of it.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Greenwich Mean Time, and British Summer Time from the last Sunday of March to the last of October (Summer Time Order
/// 2002). As a rule, so that no server depends on the time zones of its system.
const UNITED_KINGDOM: &str = "GMT0BST,M3.5.0/1,M10.5.0/2";

static HERE: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::posix(UNITED_KINGDOM).unwrap_or(TimeZone::UTC));

pub(crate) fn local(at: Timestamp) -> Zoned {
    at.to_zoned(HERE.clone())
}

/// The day on which it is, here.
pub(crate) fn day(at: Timestamp) -> Date {
    local(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_lasts_until_local_midnight_in_winter_and_in_summer() {
        for (instant, date) in [
            ("2027-01-15T23:59:59Z", "2027-01-15"),
            ("2027-01-16T00:00:00Z", "2027-01-16"),
            ("2027-07-15T22:59:59Z", "2027-07-15"),
            ("2027-07-15T23:00:00Z", "2027-07-16"),
            // Midnights on both sides of the days on which the clocks change.
            ("2027-03-27T23:59:59Z", "2027-03-27"),
            ("2027-03-28T00:00:00Z", "2027-03-28"),
            ("2027-03-28T22:59:59Z", "2027-03-28"),
            ("2027-03-28T23:00:00Z", "2027-03-29"),
            ("2027-10-30T22:59:59Z", "2027-10-30"),
            ("2027-10-30T23:00:00Z", "2027-10-31"),
            ("2027-10-31T23:59:59Z", "2027-10-31"),
            ("2027-11-01T00:00:00Z", "2027-11-01"),
        ] {
            assert_eq!(day(at(instant)), date.parse().unwrap(), "{instant}");
        }
    }

    #[test]
    fn the_clocks_change_at_one_in_the_morning_utc() {
        for (instant, hour) in [
            ("2027-03-28T00:59:59Z", 0),
            ("2027-03-28T01:00:00Z", 2),
            ("2027-10-31T00:59:59Z", 1),
            ("2027-10-31T01:00:00Z", 1),
            ("2027-10-31T02:00:00Z", 2),
        ] {
            assert_eq!(local(at(instant)).hour(), hour, "{instant}");
        }
    }
}
