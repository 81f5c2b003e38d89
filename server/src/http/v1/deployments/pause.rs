use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::pause::{Pause, PauseCause};

use crate::app::App;
use crate::audit::Action;
use crate::http::access::Pauser;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// Stops matching at once, and deletes nothing. Its time still ends the deployment.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/pause",
    tag = "deployments",
    operation_id = "deployments_pause",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::NewReason,
    responses(
        (status = 200, description = "Paused", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-live", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Pauser(who): Pauser,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewReason>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let pause = Pause {
            paused_at: app.now(),
            cause: PauseCause::Person {
                by: who.user().id,
                reason: Some(new.reason.into_string()),
            },
        };
        let change = Change::new(id, who.actor(), Action::DeploymentPaused(id));
        operations::change(&app, change, |deployment, _| deployment.pause(pause)).await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
