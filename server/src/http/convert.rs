//! Rows into what travels.

mod listed;

use vedette_core::calibration::{OperatingPoint, Target};
use vedette_core::id::{DeploymentId, DeviceId};
use vedette_core::shot::Shots;
use vedette_core::watchlist;
use vedette_store::row::{AlertRow, AlertState, DeploymentState, DeploymentSummary, DeviceRow, UserRow};
use vedette_store::{StoreError, Transaction};

pub(crate) use self::listed::{clearances, entry, roster_row};
use super::access::duties;
use super::dto;
use crate::app::App;
use crate::domain::deployment::Deployment;
use crate::domain::duty::Duty;
use crate::domain::operation;
use crate::operations::{ChangeError, cleared_minors, minors, surroundings};
use crate::publication::FalseAlerts;

pub(crate) fn user(row: UserRow) -> dto::User {
    dto::User {
        id: row.id,
        name: row.name,
        roles: row.roles,
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

pub(crate) fn session(who: UserRow, device: Option<&DeviceRow>, app: &App) -> dto::Session {
    dto::Session {
        duties: duties(&who, None, app.today()),
        user: user(who),
        device: device.map(device_name),
    }
}

/// `app`: for what was counted and isn't written down yet. Who captures sees no operating point.
async fn deployment(
    tx: &mut dyn Transaction,
    summary: DeploymentSummary,
    app: &App,
    viewer: &UserRow,
) -> Result<dto::Deployment, StoreError> {
    let DeploymentSummary {
        deployment: row,
        started_at,
        entries,
        photos,
        alerts,
        counters,
    } = summary;
    let pending = app.matcher.live(row.id).map(|live| live.counted()).unwrap_or_default();
    let whole = Deployment::from(row.clone());
    let counts = tx.clearance_counts(row.id).await?;
    let operation = match &row.record {
        None => None,
        Some(record) => Some(dto::Operation {
            content_sha256: whole.content().unwrap_or_default(),
            missing: operation::missing(&record.plan.documents, row.ends_at),
            blockers: match row.state {
                DeploymentState::Draft => whole.blockers(surroundings(tx, row.id).await?, app.now()),
                DeploymentState::Live { .. } | DeploymentState::Ended { .. } => Vec::new(),
            },
            changed_documents: match tx.past_operations().await?.iter().rev().find(|past| past.id != row.id) {
                Some(past) => operation::changed_documents(&row, past),
                None => Vec::new(),
            },
            own: record.authors.contains(&viewer.id),
            under_18s: match row.state {
                DeploymentState::Ended { .. } => cleared_minors(&counts),
                DeploymentState::Draft | DeploymentState::Live { .. } => minors(&counts),
            },
            open_clearances: counts.iter().map(|count| count.open).sum(),
            clearances: counts,
            record: record.clone(),
        }),
    };
    let duties = duties(viewer, Some(&row), app.today());
    let false_alerts = match started_at {
        Some(_) if duties.contains(&Duty::Certify) => Some(FalseAlerts::of(
            tx.verdicts(row.id).await?,
            alerts,
            counters.faces_seen + pending.faces_seen,
            counters.not_assessable + pending.not_assessable,
        )),
        _ => None,
    };
    let sees_threshold = duties.contains(&Duty::SeeOperatingPoint);
    Ok(dto::Deployment {
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
        duties,
        false_alerts,
        operation,
        operating_point: sees_threshold.then(|| operating_point(app, row.target, entries, photos)),
    })
}

/// What the target comes to at that length of the list, for two shots.
pub(crate) fn operating_point(app: &App, target: Target, people: u64, photos: u64) -> OperatingPoint {
    watchlist::operating_point(
        &app.models.calibration,
        target,
        (people as usize, photos as usize),
        Shots::ALL[1],
    )
}

/// All deployments as they are now, newest first.
pub(crate) async fn deployments_now(app: &App, viewer: &UserRow) -> Result<Vec<dto::Deployment>, StoreError> {
    let mut tx = app.store.read().await?;
    let mut all = Vec::new();
    for summary in tx.deployment_summaries().await? {
        all.push(deployment(&mut *tx, summary, app, viewer).await?);
    }
    Ok(all)
}

/// Reads a deployment as it is now.
pub(crate) async fn deployment_now(
    id: DeploymentId,
    app: &App,
    viewer: &UserRow,
) -> Result<dto::Deployment, ChangeError> {
    let mut tx = app.store.read().await?;
    let summary = tx.deployment_summary(id).await?.ok_or(ChangeError::NotFound)?;
    Ok(deployment(&mut *tx, summary, app, viewer).await?)
}

/// As `deployment_now`, in the view of `tx`; none when there is none of that id.
pub(crate) async fn deployment_within(
    tx: &mut dyn Transaction,
    id: DeploymentId,
    app: &App,
    viewer: &UserRow,
) -> Result<Option<dto::Deployment>, StoreError> {
    match tx.deployment_summary(id).await? {
        Some(summary) => deployment(tx, summary, app, viewer).await.map(Some),
        None => Ok(None),
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
        subject: row.subject,
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
