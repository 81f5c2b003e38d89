use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::DeploymentId;
use vedette_store::rights::ComplaintWords;

use crate::app::App;
use crate::http::access::ComplaintTaker;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::rights::{self, NewComplaint, RightsError};
use crate::unbroken::unbroken;

/// Records a complaint. What pictures there are of its alert are held while it is open, however long that takes (R98).
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/complaints",
    tag = "complaints",
    operation_id = "complaints_create",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::NewComplaint,
    responses(
        (status = 201, description = "Recorded", body = dto::Complaint),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ComplaintTaker(who): ComplaintTaker,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewComplaint>,
) -> Result<(StatusCode, Json<dto::Complaint>), RightsError> {
    let work = async move {
        let complaint = NewComplaint {
            deployment: id,
            alert: new.alert,
            received_at: new.received_at,
            words: ComplaintWords {
                received_by: new.received_by.as_str().to_owned(),
                text: new.text.into_string(),
                outcome: None,
            },
            by: rights::by(who.user()),
            actor: who.actor(),
        };
        let (row, hold) = rights::record(&app, complaint).await?;
        let about = app.store.read().await?.deployment(id).await?;
        Ok(convert::complaint(row, about.as_ref(), hold, who.user().id))
    };
    unbroken(work)
        .await
        .map(|complaint| (StatusCode::CREATED, Json(complaint)))
}
