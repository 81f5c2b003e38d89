use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::record::Reasoned;

use crate::app::App;
use crate::audit::Action;
use crate::domain::deployment::EndReason;
use crate::http::access::Authoriser;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::retention;
use crate::unbroken::unbroken;

/// Takes the signature off a live operation, which ends it and deletes its data (R6).
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/withdrawal",
    tag = "operations",
    operation_id = "operations_withdraw",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewReason,
    responses(
        (status = 200, description = "Ended", body = dto::Deployment),
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
        let withdrawal = Reasoned {
            mark: who.mark(app.now()),
            reason: new.reason.into_string(),
        };
        let change = Change::new(id, who.actor(), Action::AuthorisationWithdrawn(id));
        operations::change(&app, change, |deployment, _| Ok(deployment.withdraw(withdrawal)?)).await?;
        retention::end(&app, id, EndReason::ByPerson, who.actor()).await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
