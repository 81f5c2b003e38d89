use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::record::Reasoned;

use crate::app::App;
use crate::http::access::Resumer;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, ChangeError};
use crate::unbroken::unbroken;

/// Goes on after a pause. Of an operation only an authorising officer decides so (R87).
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/resume",
    tag = "deployments",
    operation_id = "deployments_resume",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::NewReason,
    responses(
        (status = 200, description = "Live", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-paused, deployment-ended, nobody-sought, model-mismatch", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Resumer(who): Resumer,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewReason>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let by = Reasoned {
            mark: who.mark(app.now()),
            reason: new.reason.into_string(),
        };
        operations::resume(&app, id, by, who.actor()).await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
