use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::heartbeats;
use crate::http::access::Certifier;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::Problem;
use crate::operations::ChangeError;

/// How the devices that watch a deployment are doing, and its kiosks, by name (R129).
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/devices",
    tag = "heartbeats",
    operation_id = "heartbeats_list",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "As they last said", body = Vec<dto::DeviceFitness>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Certifier(_who): Certifier,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<Vec<dto::DeviceFitness>>, ChangeError> {
    let devices = heartbeats::devices(&app, id).await?;
    Ok(Json(devices.into_iter().map(dto::DeviceFitness::from).collect()))
}
