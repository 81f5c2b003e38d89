use axum::Json;
use axum::extract::State;
use vedette_core::id::HoldId;

use crate::app::App;
use crate::http::access::Holder;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::Problem;
use crate::rights::{self, RightsError};
use crate::unbroken::unbroken;

/// Ends a hold: what it held is deleted, and its key destroyed. One that a complaint placed lasts while that is open.
#[utoipa::path(
    post,
    path = "/v1/holds/{id}/release",
    tag = "holds",
    operation_id = "holds_release",
    params(("id" = HoldId, Path, description = "The hold")),
    responses(
        (status = 200, description = "Released", body = dto::Hold),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "hold-over, complaint-open", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Holder(who): Holder,
    Ids(id): Ids<HoldId>,
) -> Result<Json<dto::Hold>, RightsError> {
    let work = async move {
        let row = rights::release(&app, id, rights::by(who.user())).await?;
        super::answer(&app, row).await
    };
    unbroken(work).await.map(Json)
}
