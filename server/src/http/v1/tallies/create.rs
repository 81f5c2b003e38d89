use axum::extract::State;
use axum::http::StatusCode;
use jiff::SignedDuration;
use vedette_core::id::{DeliveryId, DeploymentId};
use vedette_store::StoreError;
use vedette_store::row::{DeploymentState, MinuteRow};

use crate::app::App;
use crate::deliveries::{self, DeliveryError};
use crate::domain::delivery::Said;
use crate::domain::minutes;
use crate::domain::tally::{self, Tally, TallyError};
use crate::http::access::OnDevice;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{dto, older};
use crate::unbroken::unbroken;

/// What waited longer is counted, and is no part of how many pass at present.
const PRESENT: SignedDuration = SignedDuration::from_mins(1);

/// Adds to the counts of faces seen what was counted while the deployment was live. The same report counts once, however often it is sent.
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
        (status = 409, description = "deployment-not-live, deployment-ended, delivery-reused", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    older::Json(told): older::Json<dto::Tallies>,
) -> Result<StatusCode, Error> {
    let tally = Tally::new(told.faces_seen.into(), told.not_assessable.into(), told.kiosk)?;
    unbroken(count(app, on, id, (told.id, told.age_ms), tally)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The number of the report is written down with what it counts, so that a restart between two of the same adds nothing.
async fn count(
    app: App,
    on: OnDevice,
    id: DeploymentId,
    (report, age_ms): (DeliveryId, u64),
    tally: Tally,
) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let started_at = match deployment.state {
        DeploymentState::Live { started_at } | DeploymentState::Paused { started_at, .. } => Some(started_at),
        DeploymentState::Draft => None,
        DeploymentState::Ended { .. } => tx.deployment_summary(id).await?.and_then(|known| known.started_at),
    };
    let said = Said::Tally {
        deployment: id,
        device: on.device.id,
        tally,
    };
    // First: what was counted before is answered alike, though its deployment would take nothing new by now.
    if !deliveries::take(&mut *tx, report, said, now).await? {
        return Ok(());
    }
    let at = tally::counted(&deployment, started_at, age_ms, now)?;
    tx.add_counters(id, tally.counters()).await?;
    let (faces, not_assessable) = tally.faces();
    let present = at + PRESENT > now && app.matcher.live(id).is_some();
    if present && faces > 0 {
        let minute = MinuteRow {
            number: minutes::number(now),
            faces,
            not_assessable,
        };
        tx.count_minute(id, minute).await?;
    }
    tx.commit().await?;
    if !present {
        return Ok(());
    }
    app.heartbeats
        .count(id, on.device.id, (now, faces, not_assessable), |known| {
            app.matcher.live(known).is_some()
        });
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] TallyError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(TallyError::NotLive) => Kind::DeploymentNotLive,
    Error::Domain(TallyError::Reviewed) => Kind::DeploymentEnded,
    Error::Domain(TallyError::TooMany | TallyError::TooOld) => Kind::Invalid,
    Error::Delivery(error) => error,
    Error::Storage(error) => error,
});
