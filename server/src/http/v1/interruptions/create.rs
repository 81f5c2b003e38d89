use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::deliveries::{self, DeliveryError};
use crate::domain::afterwards::{self, AfterwardsError};
use crate::domain::delivery::Said;
use crate::http::access::OnDevice;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, dto};
use crate::unbroken::unbroken;

/// Tells of a time in which this device's camera was on and compared nobody, because it had no server. The same one is written
/// down once.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/interruptions",
    tag = "interruptions",
    operation_id = "interruptions_create",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::NewInterruption,
    responses(
        (status = 204, description = "Written down"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "delivery-reused", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewInterruption>,
) -> Result<StatusCode, Error> {
    unbroken(create(app, on, id, new)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn create(app: App, on: OnDevice, id: DeploymentId, new: dto::NewInterruption) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let summary = tx.deployment_summary(id).await?.ok_or(Error::NotFound)?;
    let told = afterwards::interruption(&summary, (new.began_ms_ago, new.ended_ms_ago), now)?;
    let Some(interruption) = told else {
        return Ok(());
    };
    let said = Said::Interruption {
        deployment: id,
        device: on.device.id,
    };
    if !deliveries::take(&mut *tx, new.id, said, now).await? {
        return Ok(());
    }
    let action = Action::DeviceOutage(id, on.device.id, interruption.from, interruption.until);
    audit::write(&mut *tx, now, on.actor(), action).await?;
    tx.commit().await?;
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] AfterwardsError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(_) => Kind::Invalid,
    Error::Delivery(error) => error,
    Error::Storage(error) => error,
});
