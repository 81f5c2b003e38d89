use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::AlertId;
use vedette_store::StoreError;
use vedette_store::engagement::Observation;
use vedette_store::row::{AlertRow, EventKind};

use crate::alerts;
use crate::app::App;
use crate::audit::Action;
use crate::domain::alert::{Alert, AlertError};
use crate::domain::engagement;
use crate::http::access::Reviewer;
use crate::http::body;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::unbroken::unbroken;

/// Counts what an officer saw of somebody who was engaged by mistake, once. It joins the deployment's counts, and the alert
/// says only that it was counted. Where a deployment has few mistakes, its counts tell whose it was to whoever reads the
/// database; answers leave small counts out.
#[utoipa::path(
    post,
    path = "/v1/alerts/{id}/observation",
    tag = "alerts",
    operation_id = "alerts_observe",
    params(("id" = AlertId, Path, description = "The alert")),
    request_body = Observation,
    responses(
        (status = 204, description = "Counted"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-wanted, deployment-ended", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: Reviewer,
    Ids(id): Ids<AlertId>,
    body::Json(observation): body::Json<Observation>,
) -> Result<StatusCode, Error> {
    unbroken(observe(app, who, id, observation)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn observe(app: App, who: Reviewer, id: AlertId, observation: Observation) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let row = tx.alert(id).await?.ok_or(Error::NotFound)?;
    let deployment = tx.deployment(row.deployment).await?.ok_or(Error::NotFound)?;
    engagement::may_write(&deployment.state, false, now)?;
    let row = AlertRow::from(Alert::from(row).observe()?);
    tx.save_alert(&row).await?;
    tx.count_observation(deployment.id, observation).await?;
    let action = Action::ObservationCounted(deployment.id);
    let about = (deployment.id, id);
    alerts::record(&mut *tx, about, EventKind::AlertEngaged, now, who.actor(), action).await?;
    tx.commit().await?;
    app.live.wake(deployment.id);
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such alert. Reload the page.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] AlertError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
