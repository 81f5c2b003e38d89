use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::http::access::OnDevice;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::seed::Given;

/// Gives a device that captures the seed of the transform that its templates go through.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/transform/probes",
    tag = "transform",
    operation_id = "transform_probes",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "32 bytes. A key: to be kept in memory only, until the deployment ends or somebody else uses the device", body = dto::Seed, content_type = "application/octet-stream"),
        (status = 204, description = "This deployment is older than transforms: templates are sent as they are"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-live", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, on: OnDevice, Ids(id): Ids<DeploymentId>) -> Result<Given, Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    Deployment::from(row.clone()).may_raise_alerts(now)?;
    let seed = tx.transform_seed(&row).await?;
    if seed.is_some() {
        audit::write(&mut *tx, now, on.actor(), Action::SeedGivenForProbes(id)).await?;
        tx.commit().await?;
    }
    Ok(Given(seed))
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
