use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::record::Review;

use crate::app::App;
use crate::audit::Action;
use crate::http::access::Planner;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// Writes the review of an operation that has ended.
#[utoipa::path(
    put,
    path = "/v1/deployments/{id}/review",
    tag = "operations",
    operation_id = "operations_review",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewReview,
    responses(
        (status = 200, description = "Reviewed", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, wrong-stage", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Planner(who): Planner,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewReview>,
) -> Result<Json<dto::Deployment>, ChangeError> {
    let work = async move {
        let now = app.now();
        // What was recorded counts, whatever whoever writes the review knew.
        let recorded = app.store.read().await?.count_complaints(id).await?;
        let review = Review {
            mark: who.mark(now),
            outcomes: new.outcomes.into_string(),
            complaints: new.complaints.max(u32::try_from(recorded).unwrap_or(u32::MAX)),
            lessons: new.lessons.into_string(),
            sign_off: None,
        };
        let change = Change::new(id, who.actor(), Action::OperationReviewed(id));
        operations::change(&app, change, |deployment, _| Ok(deployment.review(review)?)).await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    unbroken(work).await.map(Json)
}
