//! How long a person stays signed in.

use jiff::{SignedDuration, Timestamp};
use vedette_store::row::SessionRow;

use super::retention::{IDLE_SESSIONS, PAIRING_CODES, SESSIONS};

/// A shift.
pub(crate) const LONGEST: SignedDuration = SESSIONS.period.lasts();
pub(crate) const LONGEST_IDLE: SignedDuration = IDLE_SESSIONS.period.lasts();
/// Use is written down at most this often, so that reading stays reading.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Pairing codes are for somebody who stands there with the tablet.
pub(crate) const PAIRING_CODE_LASTS: SignedDuration = PAIRING_CODES.period.lasts();

pub(crate) fn is_valid(session: &SessionRow, now: Timestamp) -> bool {
    now < session.created_at + LONGEST && now < session.last_seen_at + LONGEST_IDLE
}

/// Whether the time of last use should be written down.
pub(crate) fn is_stale(session: &SessionRow, now: Timestamp) -> bool {
    now >= session.last_seen_at + SEEN_EVERY
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;
    use vedette_core::id::UserId;
    use vedette_store::row::{Digest, UserRow};

    fn session(created: i64, seen: i64) -> SessionRow {
        SessionRow {
            token: Digest([0; 32]),
            user: UserRow {
                id: UserId::new(Uuid::from_u128(1)),
                name: "Ann".into(),
                roles: Vec::new(),
                created_at: Timestamp::UNIX_EPOCH,
            },
            created_at: Timestamp::from_second(created).unwrap(),
            last_seen_at: Timestamp::from_second(seen).unwrap(),
        }
    }

    #[test]
    fn a_session_ends_when_idle_and_after_a_shift() {
        let now = |s| Timestamp::from_second(s).unwrap();
        assert!(is_valid(&session(0, 0), now(899)));
        assert!(!is_valid(&session(0, 0), now(900)));
        assert!(is_valid(&session(0, 43_000), now(43_199)));
        assert!(!is_valid(&session(0, 43_000), now(43_200)));
    }
}
