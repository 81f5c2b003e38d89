use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_core::zone::{Zone, ZoneError, ZoneParts};
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::http::access::OnDevice;
use crate::http::body;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};

/// Says where this device looks at faces. Another device's zone stays as it is.
#[utoipa::path(
    put,
    path = "/v1/deployments/{id}/zone",
    tag = "zone",
    operation_id = "zone_set",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = ZoneParts,
    responses(
        (status = 200, description = "The zone", body = ZoneParts),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-ended", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    body::Json(parts): body::Json<ZoneParts>,
) -> Result<Json<ZoneParts>, Error> {
    let zone = Zone::new(parts)?;
    let mut tx = app.store.write().await?;
    if let Deployment::Ended(_) = tx.deployment(id).await?.ok_or(Error::NotFound)?.into() {
        return Err(DeploymentError::Ended.into());
    }
    tx.set_zone(id, on.device.id, &zone).await?;
    let action = Action::ZoneSet(id, on.device.id, zone.clone());
    audit::write(&mut *tx, app.now(), on.actor(), action).await?;
    tx.commit().await?;
    Ok(Json(zone.into()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Zone(#[from] ZoneError),
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Zone(_) => Kind::Invalid,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
