//! Faces of the last minutes, for whoever looks on.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// Whole minutes that are remembered beside the present one.
const REMEMBERED: i64 = 30;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Minute {
    /// Since 1970.
    number: i64,
    pub(crate) faces: u64,
    pub(crate) not_assessable: u64,
    /// Whether any device's camera was known to look: without one, no face is no sign of calm.
    pub(crate) watched: bool,
}

impl Minute {
    pub(crate) fn begins_at(self) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(self.number)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Minutes(VecDeque<Minute>);

fn number(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

impl Minutes {
    pub(crate) fn count(&mut self, now: Timestamp, faces: u64, not_assessable: u64) {
        self.change(now, |minute| {
            minute.faces += faces;
            minute.not_assessable += not_assessable;
            minute.watched |= faces > 0;
        });
    }

    pub(crate) fn watch(&mut self, now: Timestamp) {
        self.change(now, |minute| minute.watched = true);
    }

    fn change(&mut self, now: Timestamp, change: impl FnOnce(&mut Minute)) {
        let number = number(now);
        if self.0.back().is_none_or(|last| last.number < number) {
            self.0.push_back(Minute {
                number,
                ..Minute::default()
            });
        }
        // A clock that was set back counts into the last minute that there was.
        if let Some(last) = self.0.back_mut() {
            change(last);
        }
        while self.0.front().is_some_and(|first| first.number < number - REMEMBERED) {
            self.0.pop_front();
        }
    }

    /// Each of the last minutes, oldest first, those without a face too; the present one last.
    pub(crate) fn until(&self, now: Timestamp) -> Vec<Minute> {
        let present = number(now);
        let counted = |number| self.0.iter().find(|minute| minute.number == number);
        (present - REMEMBERED..=present)
            .map(|number| {
                counted(number).copied().unwrap_or(Minute {
                    number,
                    ..Minute::default()
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_minute_has_its_faces_and_old_ones_are_forgotten() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let mut minutes = Minutes::default();
        minutes.count(at(59), 1, 0);
        minutes.count(at(60), 2, 1);
        minutes.count(at(119), 3, 0);
        minutes.count(at(180), 4, 4);
        let seen = minutes.until(at(190));
        assert_eq!(seen.len(), 31);
        let last: Vec<_> = seen.iter().skip(27).map(|m| (m.faces, m.not_assessable)).collect();
        assert_eq!(last, [(1, 0), (5, 1), (0, 0), (4, 4)]);
        assert_eq!(seen.last().unwrap().begins_at(), at(180));
        assert!(seen.iter().skip(27).map(|m| m.watched).eq([true, true, false, true]));
        minutes.watch(at(185));
        minutes.count(at(245), 0, 0);
        let seen = minutes.until(at(246));
        assert!(seen.iter().skip(28).map(|m| m.watched).eq([false, true, false]));
        minutes.count(at(60 * 100), 1, 0);
        assert_eq!(minutes.0.len(), 1);
        assert!(minutes.until(at(60 * 200)).iter().all(|minute| minute.faces == 0));
    }
}
