use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::DeploymentState;

use crate::app::App;
use crate::audit::certificate::NotCertified;
use crate::domain::engagement;
use crate::http::access::Certifier;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};

/// What officers saw of people who were engaged by mistake, counted. Only once the deployment has ended, so that no count can be
/// set against the time of an alert; counts of fewer than five are left out.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/observations",
    tag = "deployments",
    operation_id = "deployments_observations",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Counts", body = dto::Observations),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-deleted-yet", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Certifier(_who): Certifier,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Observations>, Error> {
    let mut tx = app.store.read().await?;
    let deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    if !matches!(deployment.state, DeploymentState::Ended { .. }) {
        return Err(NotCertified::NotEnded.into());
    }
    let observed = tx.observed(id).await?;
    Ok(Json(convert::observations(engagement::disclosed(&observed))))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    NotEnded(#[from] NotCertified),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::NotEnded(_) => Kind::NotDeletedYet,
    Error::Storage(error) => error,
});
