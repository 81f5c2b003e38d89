use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};

/// Shows one deployment.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}",
    tag = "deployments",
    operation_id = "deployments_show",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "The deployment", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: SignedIn,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, Error> {
    let mut tx = app.store.read().await?;
    let found = convert::deployment_now(&mut *tx, id, &app, who.is_administrator()).await?;
    found.map(Json).ok_or(Error::NotFound)
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
