use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::domain::deployment::{DeploymentError, EndReason};
use crate::http::access::Administrator;
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};
use crate::retention::{self, EndError};
use crate::unbroken::unbroken;

/// Ends the deployment and deletes its watchlist, templates, photos and crops.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/end",
    tag = "deployments",
    operation_id = "deployments_end",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Ended", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-ended", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Administrator(who): Administrator,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, Error> {
    let (ending, by) = (app.clone(), who.actor());
    unbroken(async move { retention::end(&ending, id, EndReason::ByPerson, by).await }).await?;
    let mut tx = app.store.read().await?;
    convert::deployment_now(&mut *tx, id, &app, true)
        .await?
        .map(Json)
        .ok_or(Error::NotFound)
}

impl From<EndError> for Error {
    fn from(error: EndError) -> Self {
        match error {
            EndError::Storage(error) => Self::Storage(error),
            EndError::Domain(error) => Self::Domain(error),
            EndError::NotFound => Self::NotFound,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
