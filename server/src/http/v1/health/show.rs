use axum::Json;

use crate::http::dto;

/// Says that the server runs, and which version.
#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "health",
    operation_id = "health_show",
    responses(
        (status = 200, description = "It runs", body = dto::Health),
    ),
)]
pub(crate) async fn handle() -> Json<dto::Health> {
    Json(dto::Health {
        version: env!("CARGO_PKG_VERSION"),
        status: dto::HealthStatus::Ok,
    })
}
