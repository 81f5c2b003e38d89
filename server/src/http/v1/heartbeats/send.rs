use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::heartbeats;
use crate::http::access::OnDevice;
use crate::http::body::{self, Ids};
use crate::http::dto;
use crate::http::problem::Problem;
use crate::operations::{self, ChangeError};

/// Says how the device is doing. It is kept in memory, in the place of what it said before.
#[utoipa::path(
    put,
    path = "/v1/deployments/{id}/heartbeat",
    tag = "heartbeats",
    operation_id = "heartbeats_send",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::Heartbeat,
    responses(
        (status = 204, description = "Noted"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-live", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<DeploymentId>,
    body::Json(said): body::Json<dto::Heartbeat>,
) -> Result<StatusCode, ChangeError> {
    let live = operations::live(&app, id).await?;
    let now = app.now();
    let beat = said.at(now);
    let watches = beat.watches();
    app.heartbeats.keep(id, on.device.id, beat, &app.space(), |known| {
        app.matcher.live(known).is_some()
    });
    if watches {
        heartbeats::note_watched(&app, id, &live, now).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
