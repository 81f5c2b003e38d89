use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::audit::Action;
use crate::http::access::Planner;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// Asks an authorising officer to sign. The plan must be complete.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/submission",
    tag = "operations",
    operation_id = "operations_submit",
    params(("id" = DeploymentId, Path, description = "The operation")),
    responses(
        (status = 200, description = "Submitted", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, wrong-stage, plan-incomplete", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Planner(who): Planner,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let now = app.now();
        let change = Change::new(id, who.actor(), Action::PlanSubmitted(id));
        operations::change(&app, change, |deployment, around| {
            Ok(deployment.submit(around.organisation, who.mark(now))?)
        })
        .await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
