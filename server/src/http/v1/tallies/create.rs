use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::{DeliveryId, DeploymentId};
use vedette_store::StoreError;

use crate::app::App;
use crate::deliveries::{self, DeliveryError};
use crate::domain::delivery::Said;
use crate::domain::tally::{Tally, TooMany};
use crate::http::access::OnDevice;
use crate::http::body::{self, Ids};
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};
use crate::operations::{self, ChangeError};
use crate::unbroken::unbroken;

/// Adds to the counts of faces seen. The same report counts once, however often it is sent.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/tallies",
    tag = "tallies",
    operation_id = "tallies_create",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::Tallies,
    responses(
        (status = 204, description = "Counted"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-live, delivery-reused", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    body::Json(told): body::Json<dto::Tallies>,
) -> Result<StatusCode, Error> {
    let tally = Tally::new(told.faces_seen.into(), told.not_assessable.into(), told.kiosk)?;
    unbroken(count(app, on, id, told.id, tally)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The number of the report is written down with what it counts, so that a restart between two of the same adds nothing.
async fn count(app: App, on: OnDevice, id: DeploymentId, report: DeliveryId, tally: Tally) -> Result<(), Error> {
    let live = operations::live(&app, id).await?;
    let now = app.now();
    let mut tx = app.store.write().await?;
    let said = Said::Tally {
        deployment: id,
        device: on.device.id,
        tally,
    };
    if !deliveries::take(&mut *tx, report, said, now).await? {
        return Ok(());
    }
    tx.add_counters(id, tally.counters()).await?;
    tx.commit().await?;
    let (faces, not_assessable) = tally.faces();
    live.minutes(|minutes| minutes.count(now, faces, not_assessable));
    app.heartbeats
        .count(id, on.device.id, (now, faces, not_assessable), |known| {
            app.matcher.live(known).is_some()
        });
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::TooMany(_) => Kind::Invalid,
    Error::Change(error) => error,
    Error::Delivery(error) => error,
    Error::Storage(error) => error,
});
