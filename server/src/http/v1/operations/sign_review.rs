use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::record::SignOff;

use crate::app::App;
use crate::audit::Action;
use crate::http::access::Authoriser;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// Signs the review. Whoever wrote it can't.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/review/sign-off",
    tag = "operations",
    operation_id = "operations_sign_review",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewSignOff,
    responses(
        (status = 200, description = "Signed", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, wrong-stage, own-plan, review-changed, match-unwritten", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Authoriser(who): Authoriser,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewSignOff>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let now = app.now();
        let sign_off = SignOff {
            mark: who.mark(now),
            name: who.user().name.clone(),
            rank: new.rank.as_str().to_owned(),
        };
        let change = Change::new(id, who.actor(), Action::ReviewSigned(id));
        operations::change(&app, change, |deployment, around| {
            Ok(deployment.sign_review(sign_off, new.written_at, around.unwritten)?)
        })
        .await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
