use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::problem::StorageFailed;
use crate::http::{convert, dto};

/// What is kept, how long, and what becomes of it then (R76).
#[utoipa::path(
    get,
    path = "/v1/retention",
    tag = "retention",
    operation_id = "retention_show",
    responses(
        (status = 200, description = "The table", body = Vec<dto::RetentionRule>),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    _: SignedIn,
) -> Result<Json<Vec<dto::RetentionRule>>, StorageFailed> {
    let organisation = app.store.read().await?.organisation().await?;
    Ok(Json(convert::retention(organisation.as_ref())))
}
