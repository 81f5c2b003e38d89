use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::domain::deployment::EndReason;
use crate::http::access::Ender;
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::Problem;
use crate::operations::ChangeError;
use crate::retention::{self, EndError};
use crate::unbroken::unbroken;

/// Ends the deployment and deletes its watchlist, templates, photos and crops.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/end",
    tag = "deployments",
    operation_id = "deployments_end",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Ended", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-ended", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Ender(who): Ender,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let (ending, by) = (app.clone(), who.actor());
    unbroken(async move { retention::end(&ending, id, EndReason::ByPerson, by).await }).await?;
    convert::deployment_now(id, &app, who.user()).await.map(Json)
}

impl From<EndError> for ChangeError {
    fn from(error: EndError) -> Self {
        match error {
            EndError::Storage(error) => Self::Storage(error),
            EndError::Domain(error) => Self::Domain(error),
            EndError::NotFound => Self::NotFound,
        }
    }
}
