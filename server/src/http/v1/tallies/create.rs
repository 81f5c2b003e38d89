use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::Counters;

use crate::app::App;
use crate::domain::deployment::DeploymentError;
use crate::http::access::OnDevice;
use crate::http::body;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};

/// Adds to the counts of faces seen.
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
        (status = 409, description = "deployment-not-live", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    body::Json(tallies): body::Json<dto::Tallies>,
) -> Result<StatusCode, Error> {
    let Some(live) = app.matcher.live(id) else {
        app.store.read().await?.deployment(id).await?.ok_or(Error::NotFound)?;
        return Err(DeploymentError::NotLive.into());
    };
    let kiosk = tallies.kiosk;
    let visits = [kiosk.visits, kiosk.unclear, kiosk.unproven, kiosk.staffed];
    let most = MOST_FACES.into();
    if tallies.faces_seen > MOST_FACES || tallies.not_assessable > MOST_FACES || visits.iter().any(|n| *n > most) {
        return Err(Error::TooMany);
    }
    let (now, faces, not_assessable) = (app.now(), tallies.faces_seen.into(), tallies.not_assessable.into());
    live.saw(now, faces, not_assessable);
    app.heartbeats
        .count(id, on.device.id, (now, faces, not_assessable), |known| {
            app.matcher.live(known).is_some()
        });
    live.count(Counters {
        kiosk,
        ..Counters::default()
    });
    Ok(StatusCode::NO_CONTENT)
}

/// In one report. Devices report every few seconds.
const MOST_FACES: u32 = 10_000;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error("A report counts at most {MOST_FACES} faces. Reload the page.")]
    TooMany,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::TooMany => Kind::Invalid,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
