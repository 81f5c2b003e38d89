//! Alerts of which at most one can be true: a face is one person's at most, and a person in view has one face.

use jiff::Timestamp;
use vedette_core::id::AlertId;
use vedette_store::row::{AlertRow, AlertState};

use super::alert::{Adjudicated, Alert, AlertError, Decision, Verdict, holds, looked, still_listed, withdrawal};

/// Alerts of one face that wait for a decision together. More references would help nobody compare.
pub(crate) const MOST_OPEN: usize = 3;

/// An alert with all that it rules out if it is true.
#[derive(Clone, Debug)]
pub(crate) struct Conflict {
    pub(crate) alert: AlertRow,
    /// About the same face and other entries.
    pub(crate) same_face: Vec<AlertRow>,
    /// About the same entry and other faces that were in view with this one.
    pub(crate) same_entry: Vec<AlertRow>,
}

/// What the person who decides had on the screen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    /// Of the alert that the answer names.
    pub(crate) version: u32,
    /// The other alerts that were shown to be in conflict with it.
    pub(crate) others: &'a [AlertId],
    /// Since when, on the screen where the answer was given.
    pub(crate) since: Option<Timestamp>,
}

impl Conflict {
    /// One answer decides about a face: it is this entry's person and no other's, or none of the entries', or nobody can
    /// tell. An answer that it is also says that no other face in view is that person's. The named alert comes first.
    ///
    /// Nothing is decided unseen: an open alert that the answer would decide must be among those seen.
    pub(crate) fn adjudicate(self, seen: Seen<'_>, decision: Decision) -> Result<Vec<Adjudicated>, AlertError> {
        let listed = still_listed(&self.alert);
        let named = Alert::from(self.alert).open(seen.version)?;
        looked(seen.since, decision.at)?;
        let (verdict, mut affected) = match decision.verdict {
            Verdict::True => {
                listed?;
                if let Some((by, entry)) = self.same_face.iter().find_map(decided_true) {
                    return Err(AlertError::FaceDecided { by, entry });
                }
                if let Some((by, entry)) = self.same_entry.iter().find_map(decided_true) {
                    return Err(AlertError::EntryDecided { by, entry });
                }
                (Verdict::False, self.same_entry)
            }
            all @ (Verdict::False | Verdict::Inconclusive) => (all, Vec::new()),
        };
        affected.extend(self.same_face);
        let others: Vec<_> = affected
            .into_iter()
            .filter_map(|row| match Alert::from(row) {
                Alert::Open(open) => Some(open),
                Alert::Lapsed(_)
                | Alert::Withdrawn(_)
                | Alert::Adjudicated(_)
                | Alert::Sighted(_)
                | Alert::Engaged(_) => None,
            })
            .collect();
        if others.iter().any(|open| !seen.others.contains(&open.id())) {
            return Err(AlertError::Joined);
        }
        let ruled_out = Decision {
            verdict,
            ..decision.clone()
        };
        let rest = others.into_iter().map(|open| open.adjudicate(ruled_out.clone()));
        Ok(std::iter::once(named.adjudicate(decision)).chain(rest).collect())
    }

    /// The named alert, and whatever the answer that decided about it decided too.
    pub(crate) fn answered(self) -> Vec<AlertRow> {
        let answer = |row: &AlertRow| match &row.state {
            AlertState::Adjudicated { by, at, .. } => Some((*by, *at)),
            AlertState::Open | AlertState::NotAdjudicated { .. } | AlertState::Withdrawn(_) => None,
        };
        let given = answer(&self.alert);
        let others = self.same_entry.into_iter().chain(self.same_face);
        let with_it = others.filter(|row| given.is_some() && answer(row) == given);
        std::iter::once(self.alert).chain(with_it).collect()
    }
}

/// Whether an alert about one more entry may be raised for a face that has these: not once a person has decided who it
/// is, also where that person is off the list since, and not beyond what can be compared at once.
pub(crate) fn may_join(of_face: &[AlertRow]) -> bool {
    // An entry that was removed has no reference to compare with.
    let compared = |row: &&AlertRow| row.state == AlertState::Open && row.entry_name.is_some();
    of_face.iter().filter(compared).count() < MOST_OPEN && !of_face.iter().any(|row| decided_true(row).is_some())
}

/// An alert when a new one is raised about the same entry and another face in view. None if both may be true: somebody has
/// ruled this one out.
pub(crate) fn contradicted(row: AlertRow) -> Option<AlertRow> {
    stands(&row).then(|| AlertRow {
        version: row.version.saturating_add(1),
        ..row
    })
}

/// Whether it may be that person, whom somebody looks for still: nobody has ruled it out.
pub(super) fn stands(row: &AlertRow) -> bool {
    row.state == AlertState::Open || (holds(row) && withdrawal(row).is_none())
}

/// Who decided so, and about whom.
fn decided_true(row: &AlertRow) -> Option<(String, String)> {
    match &row.state {
        AlertState::Adjudicated { by_name, .. } if holds(row) => {
            let entry = row.entry_name.clone();
            Some((
                by_name.clone(),
                entry.unwrap_or_else(|| "somebody removed since".into()),
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::alert::tests::{at, raised, says, withdrawal};
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> AlertId {
        AlertId::new(Uuid::from_u128(n))
    }

    fn open(n: u128) -> AlertRow {
        AlertRow {
            id: id(n),
            entry_name: Some(format!("Entry {n}")),
            ..raised()
        }
    }

    fn decided(n: u128, verdict: Verdict) -> AlertRow {
        let Alert::Open(alert) = Alert::from(open(n)) else {
            unreachable!()
        };
        alert.adjudicate(says(verdict, "Ann")).into()
    }

    /// Alert 1 with 2 and 3 about the same face, and 4 about the same entry.
    fn conflict() -> Conflict {
        Conflict {
            alert: open(1),
            same_face: vec![open(2), open(3)],
            same_entry: vec![open(4)],
        }
    }

    fn answer(conflict: Conflict, verdict: Verdict, seen: &[u128]) -> Result<Vec<(AlertId, Verdict)>, AlertError> {
        let others: Vec<_> = seen.iter().copied().map(id).collect();
        let seen = Seen {
            version: 1,
            others: &others,
            since: Some(at(100)),
        };
        let done = conflict.adjudicate(seen, says(verdict, "Bob"))?;
        Ok(done
            .into_iter()
            .map(|done| match AlertRow::from(done) {
                AlertRow {
                    id,
                    state: AlertState::Adjudicated { verdict, by_name, .. },
                    version: 2,
                    ..
                } if by_name == "Bob" => (id, verdict),
                other => panic!("{other:?}"),
            })
            .collect())
    }

    #[test]
    fn who_it_is_says_also_who_it_is_not() {
        let done = answer(conflict(), Verdict::True, &[2, 3, 4]).unwrap();
        assert_eq!(done[0], (id(1), Verdict::True));
        let rest: Vec<_> = [4, 2, 3].map(|n| (id(n), Verdict::False)).into();
        assert_eq!(done[1..], rest);
    }

    #[test]
    fn what_an_answer_decided_is_told_again_without_what_others_decided() {
        let waiting = conflict().answered();
        assert_eq!(waiting.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1)]);
        let since = AlertRow {
            state: match decided(3, Verdict::False).state {
                AlertState::Adjudicated {
                    verdict,
                    by,
                    by_name,
                    factors,
                    sight,
                    engagement,
                    withdrawn,
                    ..
                } => AlertState::Adjudicated {
                    verdict,
                    by,
                    by_name,
                    at: at(500),
                    factors,
                    sight,
                    engagement,
                    withdrawn,
                },
                other => other,
            },
            ..open(3)
        };
        let answered = Conflict {
            alert: decided(1, Verdict::True),
            same_face: vec![decided(2, Verdict::False), since, open(5)],
            same_entry: vec![decided(4, Verdict::False)],
        };
        let told: Vec<_> = answered.answered().iter().map(|row| row.id).collect();
        assert_eq!(told, [1, 4, 2].map(id));
    }

    #[test]
    fn none_of_these_is_about_the_face_and_says_nothing_of_other_faces() {
        for verdict in [Verdict::False, Verdict::Inconclusive] {
            let done = answer(conflict(), verdict, &[2, 3]).unwrap();
            assert_eq!(done, [1, 2, 3].map(|n| (id(n), verdict)));
        }
    }

    #[test]
    fn nothing_is_decided_unseen() {
        for seen in [&[][..], &[2, 3], &[2, 4], &[3, 4]] {
            assert_eq!(answer(conflict(), Verdict::True, seen), Err(AlertError::Joined));
        }
        assert_eq!(answer(conflict(), Verdict::False, &[2, 4]), Err(AlertError::Joined));
    }

    #[test]
    fn what_was_decided_before_stays_as_it_was_and_need_not_be_seen() {
        let conflict = Conflict {
            same_face: vec![decided(2, Verdict::False), decided(3, Verdict::Inconclusive)],
            same_entry: vec![decided(4, Verdict::Inconclusive)],
            ..conflict()
        };
        assert_eq!(answer(conflict, Verdict::True, &[]), Ok(vec![(id(1), Verdict::True)]));
    }

    #[test]
    fn a_face_and_an_entry_have_at_most_one_true_verdict() {
        let face_decided = Conflict {
            same_face: vec![decided(2, Verdict::True)],
            ..conflict()
        };
        assert_eq!(
            answer(face_decided.clone(), Verdict::True, &[2, 3, 4]),
            Err(AlertError::FaceDecided {
                by: "Ann".into(),
                entry: "Entry 2".into()
            })
        );
        assert!(answer(face_decided, Verdict::False, &[]).is_ok());
        let entry_decided = Conflict {
            same_entry: vec![decided(4, Verdict::True)],
            ..conflict()
        };
        assert!(matches!(
            answer(entry_decided.clone(), Verdict::True, &[2, 3, 4]),
            Err(AlertError::EntryDecided { .. })
        ));
        assert!(answer(entry_decided, Verdict::Inconclusive, &[2, 3]).is_ok());
    }

    #[test]
    fn a_face_that_somebody_has_named_raises_no_more_alerts() {
        assert!(may_join(&[]));
        assert!(may_join(&[open(1), open(2), decided(3, Verdict::False)]));
        assert!(!may_join(&[decided(1, Verdict::True)]));
        assert!(!may_join(&[open(1), open(2), open(3)]));
    }

    #[test]
    fn r21_who_is_off_the_list_stands_in_nobodys_way_and_a_face_that_was_theirs_stays_so() {
        let off = |row: AlertRow| Alert::from(row).withdraw(withdrawal()).unwrap();
        for row in [open(1), decided(1, Verdict::True)] {
            assert!(contradicted(row.clone()).is_some());
            assert_eq!(contradicted(off(row)), None);
        }
        assert!(may_join(&[off(open(1)), open(2), open(3)]));
        assert!(!may_join(&[off(decided(1, Verdict::True))]), "it is nobody else's");
    }

    #[test]
    fn an_entry_that_was_ruled_out_for_one_face_is_free_for_another() {
        assert_eq!(contradicted(open(1)).map(|row| row.version), Some(2));
        assert!(contradicted(decided(1, Verdict::True)).is_some());
        assert_eq!(contradicted(decided(1, Verdict::False)), None);
        assert_eq!(contradicted(decided(1, Verdict::Inconclusive)), None);
    }
}
