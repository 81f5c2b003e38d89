use std::collections::HashMap;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;
use vedette_store::row::Actor;

use crate::app::App;
use crate::http::access::JournalReader;
use crate::http::dto;
use crate::http::problem::StorageFailed;

/// Entries of one answer.
const PAGE: u32 = 100;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Before {
    /// Number of the entry before which to read on; the journal's end without it.
    before: Option<i64>,
}

/// Reads the journal, the last entry first, a hundred at a time (R97).
#[utoipa::path(
    get,
    path = "/v1/journal",
    tag = "journal",
    operation_id = "journal_list",
    params(Before),
    responses(
        (status = 200, description = "Entries, last first", body = Vec<dto::JournalEntry>),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    JournalReader(_who): JournalReader,
    query: Result<Query<Before>, QueryRejection>,
) -> Result<Json<Vec<dto::JournalEntry>>, StorageFailed> {
    let before = query.ok().and_then(|Query(page)| page.before).unwrap_or(i64::MAX);
    let mut tx = app.store.read().await?;
    let users: HashMap<_, _> = tx.users().await?.into_iter().map(|user| (user.id, user.name)).collect();
    let devices: HashMap<_, _> = tx
        .devices()
        .await?
        .into_iter()
        .map(|device| (device.id, device.name))
        .collect();
    let summaries = tx.deployment_summaries().await?.into_iter();
    let deployments: HashMap<_, _> = summaries
        .map(|summary| (summary.deployment.id.to_string(), summary.deployment.name))
        .collect();
    let rows = tx.audit_before(before, PAGE).await?;
    let entries = rows.into_iter().map(|row| {
        let (user, device) = match row.actor {
            Actor::User(user) => (Some(user), None),
            Actor::Device(device, user) => (Some(user), Some(device)),
            Actor::Server | Actor::CommandLine => (None, None),
        };
        dto::JournalEntry {
            seq: row.seq,
            at: row.at,
            user,
            user_name: user.and_then(|user| users.get(&user).cloned()),
            device_name: device.and_then(|device| devices.get(&device).cloned()),
            action: row.action,
            subject_name: deployments.get(&row.subject).cloned(),
            subject: row.subject,
            detail: row.detail,
        }
    });
    Ok(Json(entries.collect()))
}
