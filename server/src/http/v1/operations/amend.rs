use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::audit::Action;
use crate::domain::policy;
use crate::http::access::Planner;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// Puts another plan in the place of the old one. A signature over the old one is void; a live operation stops being matched.
#[utoipa::path(
    put,
    path = "/v1/deployments/{id}/plan",
    tag = "operations",
    operation_id = "operations_amend",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewOperation,
    responses(
        (status = 200, description = "The changed plan", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, deployment-ended", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Planner(who): Planner,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewOperation, { super::PLAN_BYTES }>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let now = app.now();
        let written_as = new.unfinished.map(|plan| (who.user().id, plan));
        let change = Change {
            written_as,
            ..Change::new(id, who.actor(), Action::PlanAmended(id))
        };
        let policy = app.store.read().await?.policy().await?.unwrap_or_else(policy::default);
        operations::change(&app, change, |deployment, _| {
            deployment.amend(new.into(), who.user().id, &policy, now)
        })
        .await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
