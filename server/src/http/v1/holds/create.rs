use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::AlertId;
use vedette_store::rights::HoldNote;

use crate::app::App;
use crate::http::access::Holder;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, dto};
use crate::rights::{self, NewHold, RightsError};
use crate::unbroken::unbroken;

/// Keeps an alert's pictures as evidence beyond its deployment's end, under a key of their own (R77).
#[utoipa::path(
    post,
    path = "/v1/alerts/{id}/hold",
    tag = "holds",
    operation_id = "holds_create",
    params(("id" = AlertId, Path, description = "The alert")),
    request_body = dto::NewHold,
    responses(
        (status = 201, description = "Held", body = dto::Hold),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "nothing-to-hold", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Holder(who): Holder,
    Ids(id): Ids<AlertId>,
    body::Json(new): body::Json<dto::NewHold>,
) -> Result<(StatusCode, Json<dto::Hold>), RightsError> {
    let work = async move {
        let mut tx = app.store.write().await?;
        let hold = NewHold {
            alert: id,
            by: rights::by(who.user()),
            actor: who.actor(),
            complaint: None,
            note: Some(HoldNote::from(&new)),
            days: new.days,
        };
        let row = rights::place(&mut *tx, &app, hold).await?;
        tx.commit().await?;
        super::answer(&app, row).await
    };
    unbroken(work).await.map(|hold| (StatusCode::CREATED, Json(hold)))
}
