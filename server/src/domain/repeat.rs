//! The same face again: a track that matches what another track matched a moment ago joins that one's alerts, so that one
//! person who walks through two cameras is one card.

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::EntryId;
use vedette_store::engagement::{Outcome, Sighting};
use vedette_store::row::{AlertRow, AlertState};

use super::alert::{Verdict, holds, truth, withdrawal};
use super::conflict::stands;

/// Since the face was last seen.
pub(crate) const WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// Whether a face seen now may be that of the alert. Not once somebody has ruled it out, or could not tell, or lost the person:
/// then somebody else may come, or the same one must be found again. Nor while two faces claim to be that person, nor once nobody
/// looks for them.
fn goes_on(row: &AlertRow, now: Timestamp) -> bool {
    let asked = match &row.state {
        AlertState::Open => row.entry_name.is_some(),
        AlertState::NotAdjudicated { .. } | AlertState::Withdrawn(_) => false,
        AlertState::Adjudicated { engagement, .. } => {
            let lost = engagement.as_ref().is_some_and(|done| done.outcome == Outcome::Lost);
            holds(row) && !lost && withdrawal(row).is_none()
        }
    };
    asked && row.contradicts.is_empty() && now <= row.last_seen_at + WINDOW
}

/// Whether the answer that found the face's one person said that it isn't this one.
fn is_ruled_out(row: &AlertRow, face: &AlertRow) -> bool {
    holds(face) && truth(row) == Some(Verdict::False)
}

/// The alerts of one face that a new one is taken for: one for each entry that the new one matches, but for those that were ruled out
/// when the face was decided to be one of them. None when there is no such face, or when another one in view may be one of these
/// people: then it takes a person to tell which.
///
/// `known`: alerts about those entries, and all others of the same faces, the last seen first. `beside`: what the other faces in view were taken for.
pub(crate) fn joins(
    matched: &[EntryId],
    known: &[AlertRow],
    beside: &[AlertRow],
    now: Timestamp,
) -> Option<Vec<AlertRow>> {
    if beside.iter().any(|row| matched.contains(&row.entry) && stands(row)) {
        return None;
    }
    let of_one_face = |face: &AlertRow| {
        let mut joined = Vec::new();
        for entry in matched {
            let same = |row: &&AlertRow| (row.entry, row.device, row.track) == (*entry, face.device, face.track);
            let row = known.iter().find(same)?;
            if goes_on(row, now) {
                joined.push(row.clone());
            } else if !is_ruled_out(row, face) {
                return None;
            }
        }
        (!joined.is_empty()).then_some(joined)
    };
    known.iter().filter(|row| goes_on(row, now)).find_map(of_one_face)
}

/// The alert after one more sighting.
pub(crate) fn seen_again(row: AlertRow, sighting: &Sighting, device_name: &str) -> AlertRow {
    AlertRow {
        repeats: row.repeats.saturating_add(1),
        last_seen_at: row.last_seen_at.max(sighting.seen_at),
        last_seen_device: sighting.device,
        last_seen_device_name: device_name.to_owned(),
        version: row.version.saturating_add(1),
        ..row
    }
}

/// The alert when a face that was taken for its own turns out to need alerts of its own. `before`: the last sighting that is left,
/// with the device's name.
pub(crate) fn not_seen_again(row: AlertRow, before: Option<(Sighting, String)>) -> AlertRow {
    let (at, device, device_name) = match before {
        Some((sighting, device_name)) => (sighting.seen_at, sighting.device, device_name),
        None => (row.raised_at, row.device, row.device_name.clone()),
    };
    AlertRow {
        repeats: row.repeats.saturating_sub(1),
        last_seen_at: at,
        last_seen_device: device,
        last_seen_device_name: device_name,
        version: row.version.saturating_add(1),
        ..row
    }
}

#[cfg(test)]
mod tests {
    use super::super::alert::tests::{at, raised, says, withdrawal};
    use super::super::alert::{Alert, Verdict};
    use super::super::conflict::{Conflict, Seen};
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;
    use vedette_core::id::{AlertId, DeviceId, TrackId, UserId};
    use vedette_store::engagement::{Engagement, NotEngaged, Sight, SightVerdict, Texts};
    use vedette_store::row::Band;

    fn entry(n: u128) -> EntryId {
        EntryId::new(Uuid::from_u128(n))
    }

    /// About entry `about`, of track `track`, last seen at 100 seconds.
    fn alert(track: u128, about: u128) -> AlertRow {
        AlertRow {
            id: AlertId::new(Uuid::from_u128(100 * track + about)),
            track: TrackId::new(Uuid::from_u128(track)),
            entry: entry(about),
            entry_name: Some("Somebody".into()),
            ..raised()
        }
    }

    fn decided(row: AlertRow, verdict: Verdict) -> AlertRow {
        let conflict = Conflict {
            alert: row,
            same_face: Vec::new(),
            same_entry: Vec::new(),
        };
        let seen = Seen {
            version: 1,
            others: &[],
            since: Some(at(100)),
        };
        conflict
            .adjudicate(seen, says(verdict, "Ann"))
            .unwrap()
            .remove(0)
            .into()
    }

    /// What became of a person who was found.
    fn told(row: AlertRow, seen: Option<SightVerdict>, outcome: Option<Outcome>) -> AlertRow {
        let (by, by_name, at) = (UserId::new(Uuid::from_u128(9)), "Ann".to_owned(), at(130));
        let AlertState::Adjudicated { verdict, factors, .. } = row.state else {
            unreachable!()
        };
        let sight = seen.map(|verdict| Sight {
            verdict,
            by,
            by_name: by_name.clone(),
            at,
        });
        let engagement = outcome.map(|outcome| {
            Box::new(Engagement {
                by,
                by_name: by_name.clone(),
                at,
                outcome,
                observed: false,
                texts: Texts::default(),
            })
        });
        let state = AlertState::Adjudicated {
            verdict,
            by,
            by_name,
            at,
            factors,
            sight,
            engagement,
            withdrawn: None,
        };
        AlertRow { state, ..row }
    }

    fn ids(joined: Option<Vec<AlertRow>>) -> Option<Vec<AlertId>> {
        joined.map(|rows| rows.iter().map(|row| row.id).collect())
    }

    #[test]
    fn r69_a_face_seen_again_within_the_window_joins() {
        let known = [alert(1, 7)];
        for (now, joined) in [(100, true), (160, true), (161, false)] {
            assert_eq!(joins(&[entry(7)], &known, &[], at(now)).is_some(), joined, "{now}");
        }
        assert_eq!(joins(&[entry(8)], &known, &[], at(101)), None);
    }

    #[test]
    fn r69_nobody_joins_what_was_ruled_out_or_is_in_conflict() {
        let in_conflict = AlertRow {
            contradicts: vec![AlertId::new(Uuid::from_u128(9))],
            ..alert(1, 7)
        };
        let Alert::Open(open) = Alert::from(alert(1, 7)) else {
            unreachable!()
        };
        for (row, joined) in [
            (alert(1, 7), true),
            (decided(alert(1, 7), Verdict::True), true),
            (decided(alert(1, 7), Verdict::False), false),
            (decided(alert(1, 7), Verdict::Inconclusive), false),
            (open.lapse(at(120)), false),
            (in_conflict, false),
        ] {
            assert_eq!(joins(&[entry(7)], &[row], &[], at(120)).is_some(), joined);
        }
    }

    #[test]
    fn r69_what_became_of_a_person_says_whether_a_face_may_still_be_theirs() {
        let found = decided(alert(1, 7), Verdict::True);
        let not_engaged = Outcome::NotEngaged {
            reason: NotEngaged::NoOfficerFree,
        };
        for (case, row, goes_on) in [
            (
                "confirmed on sight",
                told(found.clone(), Some(SightVerdict::Confirmed), None),
                true,
            ),
            (
                "not confirmed on sight",
                told(found.clone(), Some(SightVerdict::NotConfirmed), None),
                false,
            ),
            ("written up", told(found.clone(), None, Some(not_engaged)), true),
            ("lost", told(found.clone(), None, Some(Outcome::Lost)), false),
        ] {
            let known = [row];
            let joined = |now| joins(&[entry(7)], &known, &[], at(now)).is_some();
            assert_eq!(joined(160), goes_on, "{case}");
            assert!(!joined(161), "{case}");
        }
    }

    #[test]
    fn r21_no_face_is_taken_for_somebody_who_is_off_the_list() {
        let found = decided(alert(1, 7), Verdict::True);
        for row in [
            alert(1, 7),
            found.clone(),
            told(found, Some(SightVerdict::Confirmed), None),
        ] {
            assert!(joins(&[entry(7)], std::slice::from_ref(&row), &[], at(120)).is_some());
            let off = Alert::from(row).withdraw(withdrawal()).unwrap();
            assert_eq!(joins(&[entry(7)], std::slice::from_ref(&off), &[], at(120)), None);
            // Nor does its face keep another one from being that person.
            assert!(joins(&[entry(7)], &[alert(2, 7)], &[off], at(120)).is_some());
        }
    }

    #[test]
    fn r69_a_face_that_was_told_from_its_look_alike_joins_though_it_matches_both_again() {
        let both = [entry(7), entry(8)];
        let found = [
            decided(alert(1, 7), Verdict::True),
            decided(alert(1, 8), Verdict::False),
        ];
        assert_eq!(ids(joins(&both, &found, &[], at(101))), Some(vec![found[0].id]));
        assert_eq!(
            joins(&[entry(8)], &found, &[], at(101)),
            None,
            "it may be the look-alike's own"
        );
        assert_eq!(
            joins(&[entry(7), entry(9)], &found, &[], at(101)),
            None,
            "one that was never compared"
        );
        let elsewhere = [
            decided(alert(1, 7), Verdict::True),
            decided(alert(2, 8), Verdict::False),
        ];
        assert_eq!(
            joins(&both, &elsewhere, &[], at(101)),
            None,
            "ruled out for another face"
        );
    }

    #[test]
    fn r69_two_faces_in_view_are_two_people_whatever_was_seen_before() {
        let known = [alert(1, 7)];
        assert_eq!(joins(&[entry(7)], &known, &known, at(101)), None);
        let other = [alert(2, 7)];
        assert_eq!(
            joins(&[entry(7)], &known, &other, at(101)),
            None,
            "one of three, and two are in view"
        );
        let ruled_out = [decided(alert(2, 7), Verdict::False)];
        assert!(joins(&[entry(7)], &known, &ruled_out, at(101)).is_some());
        assert!(joins(&[entry(7)], &known, &[alert(2, 8)], at(101)).is_some());
    }

    #[test]
    fn r69_a_face_that_matches_several_entries_joins_one_face_that_does_too() {
        let twins = [alert(1, 7), alert(1, 8)];
        let joined = ids(joins(&[entry(7), entry(8)], &twins, &[], at(101)));
        assert_eq!(joined, Some(twins.iter().map(|row| row.id).collect()));
        assert!(joins(&[entry(8)], &twins, &[], at(101)).is_some());
        let two_faces = [alert(1, 7), alert(2, 8)];
        assert_eq!(joins(&[entry(7), entry(8)], &two_faces, &[], at(101)), None);
    }

    proptest! {
        /// Whatever is known: what is joined is one face's, open or true, in time, and about each matched entry once, if it is not
        /// ruled out.
        #[test]
        fn r69_what_is_joined_is_one_face(
            known in proptest::collection::vec((0u128..4, 0u128..4, 0u8..4, 40i64..160), 0..8),
            matched in proptest::collection::btree_set(0u128..4, 1..3),
        ) {
            let known: Vec<_> = known
                .into_iter()
                .map(|(track, about, state, seen)| {
                    let row = alert(track, about);
                    let row = match state {
                        0 => decided(row, Verdict::False),
                        1 => decided(row, Verdict::True),
                        _ => row,
                    };
                    AlertRow { last_seen_at: at(seen), ..row }
                })
                .collect();
            let matched: Vec<_> = matched.into_iter().map(entry).collect();
            if let Some(joined) = joins(&matched, &known, &[], at(160)) {
                let face = joined[0].track;
                for about in &matched {
                    let times = joined.iter().filter(|row| row.entry == *about).count();
                    let ruled_out = |row: &AlertRow| (row.entry, row.track) == (*about, face) && truth(row) == Some(Verdict::False);
                    prop_assert!(times == 1 || (times == 0 && known.iter().any(ruled_out)));
                }
                prop_assert!(joined.iter().all(|row| row.track == face && stands(row)));
                prop_assert!(joined.iter().all(|row| row.state != AlertState::Open || row.last_seen_at >= at(100)));
            }
        }
    }

    #[test]
    fn a_sighting_counts_and_is_taken_back() {
        let sighting = Sighting {
            alert: alert(1, 7).id,
            entry: entry(7),
            device: DeviceId::new(Uuid::from_u128(3)),
            track: TrackId::new(Uuid::from_u128(2)),
            seen_at: at(130),
            band: Band::Moderate,
        };
        let seen = seen_again(alert(1, 7), &sighting, "Gate 3");
        assert_eq!(
            (
                seen.repeats,
                seen.last_seen_at,
                seen.last_seen_device_name.as_str(),
                seen.version
            ),
            (1, at(130), "Gate 3", 2)
        );
        let of = |row: &AlertRow| {
            (
                row.repeats,
                row.last_seen_at,
                row.last_seen_device_name.clone(),
                row.version,
            )
        };
        let back = not_seen_again(seen.clone(), None);
        assert_eq!(of(&back), (0, at(100), "Gate".into(), 3), "where it was raised");
        let earlier = Sighting {
            seen_at: at(120),
            ..sighting
        };
        let back = not_seen_again(seen, Some((earlier, "Hall".into())));
        assert_eq!(of(&back), (0, at(120), "Hall".into(), 3));
    }
}
