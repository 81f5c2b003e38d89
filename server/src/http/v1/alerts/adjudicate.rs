use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use vedette_core::id::AlertId;
use vedette_store::StoreError;
use vedette_store::row::{AlertRow, EventKind, NewEvent};

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::alert::{Alert, AlertError};
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};

/// Records an officer's decision.
#[utoipa::path(
    post,
    path = "/v1/alerts/{id}/adjudication",
    tag = "alerts",
    operation_id = "alerts_adjudicate",
    params(("id" = AlertId, Path, description = "The alert"), ("if-match" = String, Header, description = "The version of the alert that the person saw, in quotes")),
    request_body = dto::Adjudication,
    responses(
        (status = 200, description = "Decided", body = dto::Alert),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "already-adjudicated", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "version-changed", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "version-required", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<AlertId>,
    headers: HeaderMap,
    body::Json(decision): body::Json<dto::Adjudication>,
) -> Result<Json<dto::Alert>, Error> {
    let version = version(&headers).ok_or(Error::VersionRequired)?;
    let now = app.now();
    let mut tx = app.store.write().await?;
    let alert: Alert = tx.alert(id).await?.ok_or(Error::NotFound)?.into();
    let done = alert.adjudicate(version, decision.verdict, who.user_id(), who.user().name.clone(), now)?;
    let row = AlertRow::from(done);
    tx.save_alert(&row).await?;
    let event = NewEvent {
        deployment: row.deployment,
        at: now,
        kind: EventKind::AlertAdjudicated,
        alert: Some(id),
    };
    tx.add_event(event).await?;
    audit::write(
        &mut *tx,
        now,
        who.actor(),
        Action::AlertAdjudicated(id, decision.verdict),
    )
    .await?;
    tx.commit().await?;
    app.live.wake(row.deployment);
    Ok(Json(convert::alert(row)))
}

fn version(headers: &HeaderMap) -> Option<u32> {
    headers
        .get(header::IF_MATCH)?
        .to_str()
        .ok()?
        .trim()
        .trim_matches('"')
        .parse()
        .ok()
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such alert. Reload the page.")]
    NotFound,
    #[error("Say in If-Match which version of the alert was looked at.")]
    VersionRequired,
    #[error(transparent)]
    Domain(#[from] AlertError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::VersionRequired => Kind::VersionRequired,
    Error::Domain(AlertError::AlreadyAdjudicated { .. }) => Kind::AlreadyAdjudicated,
    Error::Domain(AlertError::VersionChanged) => Kind::VersionChanged,
    Error::Domain(AlertError::CropNotWanted) => Kind::CropNotWanted,
    Error::Storage(error) => error,
});
