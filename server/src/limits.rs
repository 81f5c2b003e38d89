//! Limits on attempts, in bounded memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::DeviceId;
use vedette_store::row::Digest;

/// Attempts that may be made in [`WINDOW`].
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
const PER_CLIENT: usize = 30;
const PER_ACCOUNT: usize = 10;
/// Counters kept. Beyond it the oldest are thrown away.
const REMEMBERED: usize = 10_000;

/// Who tries. A paired device counts for itself, so that nobody at its address can lock its officer out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Client {
    Device(DeviceId),
    Address(IpAddr),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Attempt {
    SignIn(Client),
    /// An account, tried by one client, so that nobody can lock another out from afar.
    SignInAs(Client, Digest),
    Code(IpAddr),
}

impl Attempt {
    const fn most(self) -> usize {
        match self {
            Self::SignIn(_) => PER_CLIENT,
            Self::SignInAs(..) | Self::Code(_) => PER_ACCOUNT,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("There were too many attempts. Wait {seconds} seconds, then try again.")]
pub(crate) struct TooMany {
    seconds: i64,
}

#[derive(Debug, Default)]
pub(crate) struct Limits {
    attempts: Mutex<HashMap<Attempt, Vec<Timestamp>>>,
}

impl Limits {
    pub(crate) fn attempt(&self, attempt: Attempt, now: Timestamp) -> Result<(), TooMany> {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() >= REMEMBERED {
            attempts.retain(|_, times| times.last().is_some_and(|last| *last + WINDOW > now));
            if attempts.len() >= REMEMBERED {
                attempts.clear();
            }
        }
        let times = attempts.entry(attempt).or_default();
        times.retain(|time| *time + WINDOW > now);
        if times.len() >= attempt.most() {
            let until = times.first().map_or(now, |first| *first + WINDOW);
            return Err(TooMany {
                seconds: until.duration_since(now).as_secs().max(1),
            });
        }
        times.push(now);
        Ok(())
    }

    /// A success takes the count back.
    pub(crate) fn forgive(&self, attempt: Attempt) {
        self.attempts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&attempt);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_waits_and_others_go_on() {
        let limits = Limits::default();
        let start = Timestamp::UNIX_EPOCH;
        let [a, b] = [1, 2].map(|n| Attempt::Code(IpAddr::from([127, 0, 0, n])));
        for _ in 0..PER_ACCOUNT {
            assert_eq!(limits.attempt(a, start), Ok(()));
        }
        assert_eq!(
            limits.attempt(a, start + SignedDuration::from_secs(100)),
            Err(TooMany { seconds: 200 })
        );
        assert_eq!(limits.attempt(b, start), Ok(()));
        assert_eq!(limits.attempt(a, start + WINDOW), Ok(()));
    }

    #[test]
    fn a_success_takes_the_count_back() {
        let limits = Limits::default();
        let attempt = Attempt::SignIn(Client::Address(IpAddr::from([127, 0, 0, 1])));
        for _ in 0..PER_CLIENT {
            limits.attempt(attempt, Timestamp::UNIX_EPOCH).unwrap();
        }
        limits.forgive(attempt);
        assert!(limits.attempt(attempt, Timestamp::UNIX_EPOCH).is_ok());
    }
}
