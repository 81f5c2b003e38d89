use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_core::zone::{Zone, ZoneParts};
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::OnDevice;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};

/// Where this device looks at faces: what was set for it, or the whole picture.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/zone",
    tag = "zone",
    operation_id = "zone_show",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "The zone", body = ZoneParts),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<ZoneParts>, Error> {
    let mut tx = app.store.read().await?;
    tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let zone = tx.zone(id, on.device.id).await?;
    Ok(Json(zone.unwrap_or_else(Zone::whole).into()))
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
