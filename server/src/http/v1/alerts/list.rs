use axum::Json;
use axum::extract::State;
use vedette_core::id::{AlertId, DeploymentId};
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};

/// Lists the deployment's alerts.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/alerts",
    tag = "alerts",
    operation_id = "alerts_list",
    params(("id" = AlertId, Path, description = "The alert")),
    responses(
        (status = 200, description = "Alerts, newest first", body = Vec<dto::Alert>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    _: Reviewer,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<Vec<dto::Alert>>, Error> {
    let mut tx = app.store.read().await?;
    tx.deployment(id).await?.ok_or(Error::NotFound)?;
    Ok(Json(tx.alerts(id).await?.into_iter().map(convert::alert).collect()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
