use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::{DeploymentRow, EventKind, NewEvent};

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::http::access::Administrator;
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};
use crate::matcher::MatchError;

/// Goes live. Somebody must be enrolled.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/start",
    tag = "deployments",
    operation_id = "deployments_start",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Live", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-draft, deployment-ended, watchlist-empty", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Administrator(who): Administrator,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, Error> {
    let now = app.now();
    let _one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.write().await?;
    let deployment: Deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?.into();
    let live = deployment.start(tx.count_entries(id).await?, now)?;
    let row = DeploymentRow::from(Deployment::from(live));
    let references = tx.references(&row).await?;
    tx.set_deployment_state(id, row.state).await?;
    tx.add_event(NewEvent {
        deployment: id,
        at: now,
        kind: EventKind::DeploymentChanged,
        alert: None,
    })
    .await?;
    audit::write(&mut *tx, now, who.actor(), Action::DeploymentStarted(id)).await?;
    let answer = convert::deployment_now(&mut *tx, id, &app, true)
        .await?
        .ok_or(Error::NotFound)?;
    tx.commit().await?;
    app.matcher
        .open(&row, &references, app.models.calibration.clone())
        .await?;
    app.live.wake(id);
    Ok(Json(answer))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error("The server can't compare templates. Restart it.")]
    Matcher(#[from] MatchError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(error) => error,
    Error::Matcher(_) => Kind::Internal,
    Error::Storage(error) => error,
});
