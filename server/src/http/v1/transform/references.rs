use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::http::access::ListKeeper;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::seed::Given;

/// Gives a browser in which people are enrolled the seed of the transform that their templates go through.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/transform/references",
    tag = "transform",
    operation_id = "transform_references",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "32 bytes. A key: to be kept in memory only, while people are being enrolled", body = dto::Seed, content_type = "application/octet-stream"),
        (status = 204, description = "This deployment is older than transforms: templates are sent as they are"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-ended, watchlist-closed, watchlist-full", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids(id): Ids<DeploymentId>,
) -> Result<Given, Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let entries = tx.count_entries(id).await?;
    Deployment::from(row.clone()).may_enrol(entries, now)?;
    let seed = tx.transform_seed(&row).await?;
    if seed.is_some() {
        let action = Action::SeedGivenForReferences(id);
        audit::write(&mut *tx, now, who.actor_on_device(), action).await?;
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
