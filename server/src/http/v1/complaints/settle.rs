use axum::Json;
use axum::extract::State;
use vedette_core::id::ComplaintId;

use crate::app::App;
use crate::domain::complaint::Closure;
use crate::http::access::ComplaintSettler;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, convert, dto};
use crate::rights::{self, RightsError};
use crate::unbroken::unbroken;

/// Closes a complaint with its outcome. The pictures that were held for it are let go, unless somebody renewed the hold.
/// Whoever recorded it, or wrote the plan that it is about, does not close it.
#[utoipa::path(
    post,
    path = "/v1/complaints/{id}/outcome",
    tag = "complaints",
    operation_id = "complaints_settle",
    params(("id" = ComplaintId, Path, description = "The complaint")),
    request_body = dto::NewComplaintOutcome,
    responses(
        (status = 200, description = "Closed", body = dto::Complaint),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "complaint-closed, own-complaint", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ComplaintSettler(who): ComplaintSettler,
    Ids(id): Ids<ComplaintId>,
    body::Json(new): body::Json<dto::NewComplaintOutcome>,
) -> Result<Json<dto::Complaint>, RightsError> {
    let work = async move {
        let closure = Closure {
            outcome: new.outcome,
            words: new.note.into_string(),
            by: rights::by(who.user()),
            at: app.now(),
        };
        let row = rights::settle(&app, id, closure).await?;
        let mut tx = app.store.read().await?;
        let about = tx.deployment(row.deployment).await?;
        let hold = tx.holds_of_complaint(id).await?.into_iter().next();
        let hold = hold.map(|hold| hold.id);
        Ok(convert::complaint(row, about.as_ref(), hold, who.user().id))
    };
    unbroken(work).await.map(Json)
}
