use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;

use crate::app::App;
use crate::http::access::Visitor;
use crate::http::dto;
use crate::http::problem::StorageFailed;

/// Says what a page must know before anybody signs in: whether the first administrator has yet to be made, and whether the browser
/// is paired.
#[utoipa::path(
    get,
    path = "/v1/setup",
    tag = "setup",
    operation_id = "setup_show",
    responses(
        (status = 200, description = "Whether set-up is needed, and pairing", body = dto::Setup),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, headers: HeaderMap) -> Result<Json<dto::Setup>, StorageFailed> {
    let needed = app.store.read().await?.users().await?.is_empty();
    let device = Visitor::of(&headers, &app).await?.device;
    let paired = device.is_some_and(|device| device.revoked_at.is_none());
    Ok(Json(dto::Setup { needed, paired }))
}
