use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::record::Reasoned;

use crate::app::App;
use crate::audit::Action;
use crate::http::access::Authoriser;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// Sends a submitted plan back, or takes the signature off one that has not started.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/refusal",
    tag = "operations",
    operation_id = "operations_refuse",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewReason,
    responses(
        (status = 200, description = "Sent back", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, wrong-stage", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Authoriser(who): Authoriser,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewReason>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let now = app.now();
        let refusal = Reasoned {
            mark: who.mark(now),
            reason: new.reason.into_string(),
        };
        let change = Change::new(id, who.actor(), Action::PlanRefused(id));
        operations::change(&app, change, |deployment, _| Ok(deployment.refuse(refusal)?)).await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
