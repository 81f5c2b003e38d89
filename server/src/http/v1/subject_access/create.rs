use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::RightsOfficer;
use crate::http::{body, dto};
use crate::rights::RightsError;
use crate::subject_access;

/// Answers somebody who asks what was held about them: on which lists they were, and what alerts were raised (R96). The
/// journal keeps that it was answered, and by whom, but not about whom.
#[utoipa::path(
    post,
    path = "/v1/subject-access",
    tag = "subject-access",
    operation_id = "subject_access_create",
    request_body = dto::SubjectRequest,
    responses(
        (status = 200, description = "What was held", body = dto::SubjectAccess),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    RightsOfficer(who): RightsOfficer,
    body::Json(request): body::Json<dto::SubjectRequest>,
) -> Result<Json<dto::SubjectAccess>, RightsError> {
    subject_access::answer(&app, request, who.actor()).await.map(Json)
}
