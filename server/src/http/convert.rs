//! Rows into what travels.

use vedette_core::id::{DeploymentId, DeviceId};
use vedette_core::shot::Shots;
use vedette_core::watchlist;
use vedette_store::row::{AlertRow, AlertState, DeploymentState, DeploymentSummary, DeviceRow, EntryRow, UserRow};
use vedette_store::{StoreError, Transaction};

use super::access::SignedIn;
use super::dto;
use crate::app::App;

pub(crate) fn user(row: UserRow) -> dto::User {
    dto::User {
        id: row.id,
        name: row.name,
        role: row.role,
    }
}

pub(crate) fn device_name(row: &DeviceRow) -> dto::Named<DeviceId> {
    dto::Named {
        id: row.id,
        name: row.name.clone(),
    }
}

pub(crate) fn device(row: DeviceRow) -> dto::Device {
    dto::Device {
        id: row.id,
        name: row.name,
        paired_at: row.paired_at,
        revoked_at: row.revoked_at,
    }
}

pub(crate) fn session(signed_in: &SignedIn) -> dto::Session {
    dto::Session {
        user: user(signed_in.user().clone()),
        device: signed_in.device().map(device_name),
    }
}

/// `app`: for what was counted and isn't written down yet. Officers see no operating point.
pub(crate) fn deployment(summary: DeploymentSummary, app: &App, for_administrator: bool) -> dto::Deployment {
    let DeploymentSummary {
        deployment: row,
        entries,
        photos,
        alerts,
        counters,
    } = summary;
    let pending = app.matcher.live(row.id).map(|live| live.counted()).unwrap_or_default();
    dto::Deployment {
        id: row.id,
        name: row.name,
        place: row.place,
        created_at: row.created_at,
        ends_at: row.ends_at,
        state: match row.state {
            DeploymentState::Draft => dto::DeploymentState::Draft,
            DeploymentState::Live { started_at } => dto::DeploymentState::Live { started_at },
            DeploymentState::Ended { ended_at, reason } => dto::DeploymentState::Ended { ended_at, reason },
        },
        entries,
        photos,
        counters: dto::Counters {
            candidates: counters.candidates + pending.candidates,
            alerts,
            faces_seen: counters.faces_seen + pending.faces_seen,
            not_assessable: counters.not_assessable + pending.not_assessable,
        },
        model: row.space.model,
        pipeline: row.space.pipeline,
        target_fpir_one_in: row.target,
        operating_point: for_administrator.then(|| {
            watchlist::operating_point(
                &app.models.calibration,
                row.target,
                (entries as usize, photos as usize),
                Shots::ALL[1],
            )
        }),
    }
}

/// Reads a deployment as it is now. None when there is none of that id.
pub(crate) async fn deployment_now(
    tx: &mut dyn Transaction,
    id: DeploymentId,
    app: &App,
    for_administrator: bool,
) -> Result<Option<dto::Deployment>, StoreError> {
    Ok(tx
        .deployment_summary(id)
        .await?
        .map(|summary| deployment(summary, app, for_administrator)))
}

pub(crate) fn entry(row: EntryRow) -> dto::Entry {
    dto::Entry {
        id: row.id,
        name: row.name,
        created_at: row.created_at,
        photos: row
            .photos
            .iter()
            .map(|photo| dto::Photo {
                id: photo.id,
                created_at: photo.created_at,
                quality: photo.quality,
            })
            .collect(),
        verdicts: row.verdicts,
    }
}

pub(crate) fn alert(row: AlertRow) -> dto::Alert {
    dto::Alert {
        id: row.id,
        deployment: row.deployment,
        entry: dto::AlertEntry {
            id: row.entry,
            name: row.entry_name,
        },
        device: dto::Named {
            id: row.device,
            name: row.device_name,
        },
        track: row.track,
        raised_at: row.raised_at,
        band: row.band,
        has_probe: row.has_probe,
        contradicts: row.contradicts,
        state: match row.state {
            AlertState::Open => dto::AlertState::Open,
            AlertState::Adjudicated {
                verdict,
                by,
                by_name,
                at,
            } => dto::AlertState::Adjudicated {
                verdict,
                by: dto::Named { id: by, name: by_name },
                at,
            },
        },
        version: row.version,
    }
}
