use std::collections::HashMap;

use vedette_core::id::{DeploymentId, EntryId, UserId};
use vedette_store::clearance::{Clearance, State};
use vedette_store::record::Mark;
use vedette_store::row::{EntryRow, PhotoRow};
use vedette_store::{StoreError, Transaction};

use crate::domain::clearance::MOST_SHOWN;
use crate::domain::roster::{self, Row};
use crate::enrolment::Ground;
use crate::http::dto;

/// `ground`: of an operation.
pub(crate) fn entry(row: EntryRow, ground: Option<&Ground>) -> dto::Entry {
    dto::Entry {
        id: row.id,
        waits: row.waits(),
        name: row.name,
        namesake: row.namesake,
        warnings: match (ground, &row.particulars) {
            (Some(ground), Some(particulars)) => roster::warnings(particulars, ground.rules()),
            _ => Vec::new(),
        },
        particulars: row.particulars,
        clearances: row
            .clearances
            .iter()
            .map(|clearance| dto::EntryClearance {
                kind: clearance.kind,
                state: state(&clearance.state),
            })
            .collect(),
        created_at: row.created_at,
        photos: row.photos.iter().map(photo).collect(),
        verdicts: row.verdicts,
    }
}

fn photo(row: &PhotoRow) -> dto::Photo {
    dto::Photo {
        id: row.id,
        created_at: row.created_at,
        quality: row.quality,
    }
}

fn state(state: &State) -> dto::ClearanceState {
    match state {
        State::Needed => dto::ClearanceState::Needed,
        State::Requested { .. } => dto::ClearanceState::Requested,
        State::Cleared { .. } => dto::ClearanceState::Cleared,
    }
}

pub(crate) fn roster_row(row: Row, listed: &HashMap<String, EntryId>) -> dto::RosterRow {
    dto::RosterRow {
        line: row.line,
        already_listed: listed.contains_key(&row.nominal_id),
        name: row.name,
        nominal_id: row.nominal_id,
        photos: row.photos,
        particulars: row.particulars,
        faults: row.faults,
        warnings: row.warnings,
        needs: row.needs,
    }
}

/// What is decided, or must be, about people on that list, with whom each looks like.
pub(crate) async fn clearances(
    tx: &mut dyn Transaction,
    id: DeploymentId,
    viewer: UserId,
    all: Vec<Clearance>,
) -> Result<Vec<dto::Clearance>, StoreError> {
    let users = tx.users().await?;
    let account = |id: UserId| dto::Account {
        id,
        name: users.iter().find(|user| user.id == id).map(|user| user.name.clone()),
    };
    let listers = tx
        .deployment(id)
        .await?
        .and_then(|row| row.record)
        .map(|record| record.listers);
    let built_list = listers.unwrap_or_default().contains(&viewer);
    let alike: Vec<_> = all.iter().flat_map(|one| one.resembles.iter().copied()).collect();
    let there = tx.entries_there(id, &alike).await?;
    let shown = |one: &Clearance| {
        let others = one.resembles.iter().copied().filter(|other| there.contains(other));
        others.take(MOST_SHOWN).collect::<Vec<_>>()
    };
    let people: Vec<_> = all
        .iter()
        .flat_map(|one| std::iter::once(one.entry).chain(shown(one)))
        .collect();
    let people = tx.entries_among(id, &people).await?;
    let people: HashMap<EntryId, dto::ClearanceEntry> =
        people.iter().map(|row| (row.id, clearance_entry(row))).collect();
    let clearance = |one: Clearance| {
        let (request, approval) = match &one.state {
            State::Needed => (None, None),
            State::Requested { request } => (Some(request), None),
            State::Cleared { request, approval } => (Some(request), *approval),
        };
        let others = shown(&one);
        let alike = one.resembles.iter().filter(|other| there.contains(other)).count();
        Some(dto::Clearance {
            entry: people.get(&one.entry)?.clone(),
            kind: one.kind,
            state: state(&one.state),
            rationale: request.map(|request| request.reason.clone()),
            requested_by: request.map(|request| account(request.mark.by)),
            requested_at: request.map(|request| request.mark.at),
            decided_by: approval.map(|Mark { by, .. }| account(by)),
            decided_at: approval.map(|Mark { at, .. }| at),
            others_left_out: alike - others.len(),
            others: others.iter().filter_map(|other| people.get(other).cloned()).collect(),
            own: built_list || request.is_some_and(|request| request.mark.by == viewer),
        })
    };
    Ok(all.into_iter().filter_map(clearance).collect())
}

fn clearance_entry(row: &EntryRow) -> dto::ClearanceEntry {
    dto::ClearanceEntry {
        id: row.id,
        name: row.name.clone(),
        namesake: row.namesake,
        particulars: row.particulars.clone(),
        photos: row.photos.iter().map(photo).collect(),
    }
}
