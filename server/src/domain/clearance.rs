//! Entries that somebody must decide about before they are matched. Some need the reasons of whoever keeps the list and the
//! consent of an authorising officer, who is somebody else; some the reasons alone.

use vedette_core::id::{EntryId, UserId};
use vedette_store::clearance::{Clearance, Kind, State};
use vedette_store::record::{ListersTold, Mark, Reasoned};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ClearanceError {
    #[error("Nothing like that is to be decided about this entry. Reload the page.")]
    NotNeeded,
    #[error("Somebody has decided about this already. Reload the page.")]
    Decided,
    #[error("Nobody has said yet why this entry should stay. Ask the list manager for the reason.")]
    NotRequested,
    #[error("Somebody else has asked for this already. An authorising officer decides now.")]
    Requested,
    #[error("You asked for this, so somebody else must decide.")]
    OwnRequest,
    #[error("You put people onto this watchlist. Ask an authorising officer who didn't to decide.")]
    OwnList,
}

/// Of those whom an entry looks like, so many are shown, best first: nobody compares more of them by eye.
pub(crate) const MOST_SHOWN: usize = 12;

/// Whether an authorising officer must consent (R22, R23, R25).
pub(crate) fn takes_two(kind: Kind) -> bool {
    match kind {
        Kind::Minor | Kind::Vulnerability | Kind::SensitiveSource | Kind::AddedWhileLive => true,
        Kind::PoorImage | Kind::PossibleDuplicate => false,
    }
}

pub(crate) fn needed(entry: EntryId, kind: Kind) -> Clearance {
    Clearance {
        entry,
        kind,
        resembles: Vec::new(),
        state: State::Needed,
    }
}

/// An image below the floor is used for a reason (R26).
pub(crate) fn overridden(entry: EntryId, reason: Reasoned) -> Clearance {
    let state = State::Cleared {
        request: reason,
        approval: None,
    };
    Clearance {
        state,
        ..needed(entry, Kind::PoorImage)
    }
}

/// For one image more: each keeps its reason, a line each.
pub(crate) fn overridden_too(before: Clearance, more: Reasoned) -> Clearance {
    let reason = match before.state {
        State::Needed => more.reason,
        State::Requested { request } | State::Cleared { request, .. } => format!("{}\n{}", request.reason, more.reason),
    };
    overridden(before.entry, Reasoned { reason, ..more })
}

/// The entry looks like these (R29).
pub(crate) fn possible_duplicate(entry: EntryId, resembles: Vec<EntryId>) -> Clearance {
    Clearance {
        resembles,
        ..needed(entry, Kind::PossibleDuplicate)
    }
}

/// Until it is decided, better reasons take the place of others.
pub(crate) fn requested(clearance: Clearance, request: Reasoned) -> Result<Clearance, ClearanceError> {
    if !takes_two(clearance.kind) {
        return Err(ClearanceError::NotNeeded);
    }
    match clearance.state {
        // Whoever asked stays on record: else she could approve what somebody else worded anew.
        State::Requested { request: earlier } if earlier.mark.by != request.mark.by => Err(ClearanceError::Requested),
        State::Needed | State::Requested { .. } => Ok(Clearance {
            state: State::Requested { request },
            ..clearance
        }),
        State::Cleared { .. } => Err(ClearanceError::Decided),
    }
}

/// `listers`: who put people onto the watchlist. None of them consents (R115).
pub(crate) fn approved(clearance: Clearance, approval: Mark, listers: &[UserId]) -> Result<Clearance, ClearanceError> {
    if !takes_two(clearance.kind) {
        return Err(ClearanceError::NotNeeded);
    }
    if clearance.state.is_open() && listers.contains(&approval.by) {
        return Err(ClearanceError::OwnList);
    }
    match clearance.state {
        State::Needed => Err(ClearanceError::NotRequested),
        State::Requested { request } if request.mark.by == approval.by => Err(ClearanceError::OwnRequest),
        State::Requested { request } => Ok(Clearance {
            state: State::Cleared {
                request,
                approval: Some(approval),
            },
            ..clearance
        }),
        State::Cleared { .. } => Err(ClearanceError::Decided),
    }
}

/// The clearance once the journal told who filled the list: what whoever consented may have filled waits for consent anew, for the
/// same reasons (R115). Nothing where it stays as it is.
pub(crate) fn attributed(clearance: Clearance, told: &ListersTold) -> Option<Clearance> {
    match clearance.state {
        State::Cleared {
            request,
            approval: Some(approval),
        } if !told.whole || told.listers.contains(&approval.by) => Some(Clearance {
            state: State::Requested { request },
            ..clearance
        }),
        State::Needed | State::Requested { .. } | State::Cleared { .. } => None,
    }
}

/// The entry goes.
pub(crate) fn may_refuse(clearance: &Clearance) -> Result<(), ClearanceError> {
    match clearance.state {
        _ if !takes_two(clearance.kind) => Err(ClearanceError::NotNeeded),
        State::Needed | State::Requested { .. } => Ok(()),
        State::Cleared { .. } => Err(ClearanceError::Decided),
    }
}

/// Two people who look alike, or one who is on the list for two reasons.
pub(crate) fn kept_both(clearance: Clearance, reason: Reasoned) -> Result<Clearance, ClearanceError> {
    may_resolve(&clearance)?;
    Ok(Clearance {
        state: State::Cleared {
            request: reason,
            approval: None,
        },
        ..clearance
    })
}

/// A possible duplicate that is undecided can be kept, merged or dropped.
pub(crate) fn may_resolve(clearance: &Clearance) -> Result<(), ClearanceError> {
    if clearance.kind != Kind::PossibleDuplicate {
        return Err(ClearanceError::NotNeeded);
    }
    match clearance.state.is_open() {
        true => Ok(()),
        false => Err(ClearanceError::Decided),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;
    use vedette_core::id::UserId;

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Request(u128),
        Approve(u128),
        KeepBoth(u128),
    }

    fn mark(by: u128) -> Mark {
        Mark {
            by: UserId::new(Uuid::from_u128(by)),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn because(by: u128) -> Reasoned {
        Reasoned {
            mark: mark(by),
            reason: "Somebody may come to harm".into(),
        }
    }

    proptest! {
        /// R22, R23, R25: whatever is tried in whatever order.
        #[test]
        fn r23_what_takes_two_is_cleared_by_somebody_else_after_a_reason_and_stays_so(
            kind in proptest::sample::select(Kind::ALL.as_slice()),
            steps in proptest::collection::vec(
                prop_oneof![
                    (0..3u128).prop_map(Step::Request), (0..3u128).prop_map(Step::Approve), (0..3u128).prop_map(Step::KeepBoth),
                ],
                0..12,
            ),
        ) {
            let mut now = needed(EntryId::new(Uuid::nil()), kind);
            let mut asked = Vec::new();
            for step in steps {
                let before = now.clone();
                let next = match step {
                    Step::Request(by) => requested(now.clone(), because(by)),
                    Step::Approve(by) => approved(now.clone(), mark(by), &[]),
                    Step::KeepBoth(by) => kept_both(now.clone(), because(by)),
                };
                if !before.state.is_open() {
                    prop_assert!(next.is_err());
                }
                if let Ok(next) = next {
                    if let Step::Request(by) = step {
                        asked.push(mark(by).by);
                    }
                    now = next;
                }
            }
            match now.state {
                State::Cleared { request, approval: Some(approval) } => {
                    prop_assert!(takes_two(kind) && request.mark.by != approval.by);
                    // Nor anybody who ever asked.
                    prop_assert!(!asked.contains(&approval.by));
                }
                State::Cleared { approval: None, .. } => prop_assert_eq!(kind, Kind::PossibleDuplicate),
                State::Requested { .. } => prop_assert!(takes_two(kind)),
                State::Needed => {}
            }
        }
    }

    #[test]
    fn what_is_cleared_is_not_refused_afterwards() {
        let open = needed(EntryId::new(Uuid::nil()), Kind::Minor);
        assert_eq!(may_refuse(&open), Ok(()));
        let cleared = approved(requested(open, because(1)).unwrap(), mark(2), &[]).unwrap();
        assert_eq!(may_refuse(&cleared), Err(ClearanceError::Decided));
        let duplicate = possible_duplicate(EntryId::new(Uuid::nil()), Vec::new());
        assert_eq!(may_refuse(&duplicate), Err(ClearanceError::NotNeeded));
    }

    #[test]
    fn r115_a_consent_of_whoever_may_have_filled_the_list_is_asked_for_anew_for_the_same_reasons() {
        let asked = requested(needed(EntryId::new(Uuid::nil()), Kind::Minor), because(1)).unwrap();
        let consented = approved(asked.clone(), mark(2), &[]).unwrap();
        let after = |clearance: &Clearance, listers: &[u128], whole| {
            let listers = listers.iter().map(|n| mark(*n).by).collect();
            attributed(clearance.clone(), &ListersTold { listers, whole })
        };
        assert_eq!(after(&consented, &[1, 3], true), None);
        assert_eq!(after(&consented, &[2, 3], true), Some(asked.clone()));
        // Of somebody on the list nobody knows who put them there.
        assert_eq!(after(&consented, &[], false), Some(asked.clone()));
        assert_eq!(after(&asked, &[2], false), None);
        let alone = overridden(EntryId::new(Uuid::nil()), because(2));
        assert_eq!(after(&alone, &[2], false), None, "nobody's consent was needed");
    }
}
