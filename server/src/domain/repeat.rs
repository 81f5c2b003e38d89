//! The same face again: a track that matches what another track matched a moment ago joins that one's alerts, so that one
//! person who walks through two cameras is one card.

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::{AlertId, EntryId};
use vedette_store::engagement::{Outcome, Sighting};
use vedette_store::row::{AlertRow, AlertState};

use super::alert::holds;

/// Since the face was last seen.
pub(crate) const WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// Whether a face seen now may be that of the alert. Not once somebody has ruled it out, or could not tell, or lost the person:
/// then somebody else may come, or the same one must be found again. Nor while two faces claim to be that person.
fn goes_on(row: &AlertRow, now: Timestamp) -> bool {
    let asked = match &row.state {
        AlertState::Open => row.entry_name.is_some(),
        AlertState::NotAdjudicated { .. } => false,
        AlertState::Adjudicated { engagement, .. } => {
            let lost = engagement.as_ref().is_some_and(|done| done.outcome == Outcome::Lost);
            holds(row) && !lost
        }
    };
    asked && row.contradicts.is_empty() && now <= row.last_seen_at + WINDOW
}

/// The alerts of one face that a new one is taken for: one for each entry that the new one matches. None when there is no such
/// face, or when it is in view beside the new one.
///
/// `known`: alerts about those entries, the last seen first. `beside`: alerts of the other faces in view.
pub(crate) fn joins(
    matched: &[EntryId],
    known: &[AlertRow],
    beside: &[AlertId],
    now: Timestamp,
) -> Option<Vec<AlertRow>> {
    let candidates: Vec<_> = known
        .iter()
        .filter(|row| goes_on(row, now) && !beside.contains(&row.id))
        .collect();
    let of_one_face = |face: &AlertRow| {
        let alert_about = |entry: &EntryId| {
            let same = |row: &&&AlertRow| (row.entry, row.device, row.track) == (*entry, face.device, face.track);
            candidates.iter().find(same).map(|row| (**row).clone())
        };
        matched.iter().map(alert_about).collect::<Option<Vec<_>>>()
    };
    candidates
        .iter()
        .find_map(|face| of_one_face(face))
        .filter(|alerts| !alerts.is_empty())
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

/// The alert when a face that was taken for its own turns out to need alerts of its own.
pub(crate) fn not_seen_again(row: AlertRow) -> AlertRow {
    AlertRow {
        repeats: row.repeats.saturating_sub(1),
        version: row.version.saturating_add(1),
        ..row
    }
}
