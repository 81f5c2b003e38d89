use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::http::access::{SignedIn, Starter};
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::Problem;
use crate::operations::{self, ChangeError};
use crate::unbroken::unbroken;

/// Goes live. Somebody must be enrolled; for an operation all must be seen to.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/start",
    tag = "deployments",
    operation_id = "deployments_start",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Live", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-draft, deployment-ended, watchlist-empty, start-blocked, operation-live, model-mismatch", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Starter(who): Starter,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    unbroken(start(app, who, id)).await.map(Json)
}

async fn start(app: App, who: SignedIn, id: DeploymentId) -> Result<dto::Deployment, ChangeError> {
    operations::start(&app, id, who.actor()).await?;
    convert::deployment_now(id, &app, who.user()).await
}
