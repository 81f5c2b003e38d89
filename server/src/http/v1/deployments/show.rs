use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{convert, dto};
use crate::operations::ChangeError;

/// Shows one deployment.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}",
    tag = "deployments",
    operation_id = "deployments_show",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "The deployment", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    who: SignedIn,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    convert::deployment_now(id, &app, who.user()).await.map(Json)
}
