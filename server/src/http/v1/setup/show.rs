use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::dto;
use crate::http::problem::StorageFailed;

/// Says whether the first administrator has yet to be made.
#[utoipa::path(
    get,
    path = "/v1/setup",
    tag = "setup",
    operation_id = "setup_show",
    responses(
        (status = 200, description = "Whether set-up is needed", body = dto::Setup),
    ),
)]
pub(crate) async fn handle(State(app): State<App>) -> Result<Json<dto::Setup>, StorageFailed> {
    let needed = app.store.read().await?.users().await?.is_empty();
    Ok(Json(dto::Setup { needed }))
}
