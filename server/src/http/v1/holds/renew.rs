use axum::Json;
use axum::extract::State;
use vedette_core::id::HoldId;
use vedette_store::rights::HoldNote;

use crate::app::App;
use crate::http::access::Holder;
use crate::http::body::Ids;
use crate::http::problem::Problem;
use crate::http::{body, dto};
use crate::rights::{self, RightsError};

/// Holds on for some days from now, for a reason that whoever renews it answers for.
#[utoipa::path(
    post,
    path = "/v1/holds/{id}/renewal",
    tag = "holds",
    operation_id = "holds_renew",
    params(("id" = HoldId, Path, description = "The hold")),
    request_body = dto::NewHold,
    responses(
        (status = 200, description = "Held on", body = dto::Hold),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "hold-over", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Holder(who): Holder,
    Ids(id): Ids<HoldId>,
    body::Json(new): body::Json<dto::NewHold>,
) -> Result<Json<dto::Hold>, RightsError> {
    let by = rights::by(who.user());
    let row = rights::renew(&app, id, HoldNote::from(&new), new.days, by).await?;
    super::answer(&app, row).await.map(Json)
}
