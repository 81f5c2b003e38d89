use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::dashboard;
use crate::http::access::Certifier;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::Problem;
use crate::operations::ChangeError;

/// What is seen of a deployment while it runs (R86).
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/dashboard",
    tag = "deployments",
    operation_id = "deployments_dashboard",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "As it is now", body = dto::Dashboard),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Certifier(_who): Certifier,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Dashboard>, ChangeError> {
    dashboard::of(&app, id).await.map(Json)
}
