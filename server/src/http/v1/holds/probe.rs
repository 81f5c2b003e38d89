use axum::extract::State;
use vedette_core::id::HoldId;
use vedette_store::rights::HeldPicture;

use crate::app::App;
use crate::http::access::Holder;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::jpeg::Picture;
use crate::http::problem::Problem;
use crate::rights::RightsError;

/// Shows the matched crop, as it is held.
#[utoipa::path(
    get,
    path = "/v1/holds/{id}/probe",
    tag = "holds",
    operation_id = "holds_probe",
    params(("id" = HoldId, Path, description = "The hold")),
    responses(
        (status = 200, description = "The picture", body = dto::Picture, content_type = "image/jpeg"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Holder(who): Holder,
    Ids(id): Ids<HoldId>,
) -> Result<Picture, RightsError> {
    super::picture(&app, &who, id, HeldPicture::Probe).await
}
