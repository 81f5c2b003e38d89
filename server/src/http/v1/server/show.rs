use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::DeviceKeeper;
use crate::http::dto;

/// What the server runs with: nothing of it is changed from a browser.
#[utoipa::path(
    get,
    path = "/v1/server",
    tag = "server",
    operation_id = "server_show",
    responses(
        (status = 200, description = "Settings, and what follows from them", body = dto::ServerSettings),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, DeviceKeeper(_who): DeviceKeeper) -> Json<dto::ServerSettings> {
    let running = app.running.clone();
    Json(dto::ServerSettings {
        version: env!("CARGO_PKG_VERSION"),
        started_at: running.started_at,
        http: running.http,
        https: running.https,
        public_url: app.public_url.clone(),
        only_here: running.only_here,
        tls: running.tls,
        certificate_expires_at: app.certificate.as_ref().map(|shown| shown.expires_at),
        memory_locked: running.memory_locked,
        model: app.models.space.model.clone(),
        pipeline: app.models.space.pipeline,
        audit_key: app.audit_key.public().to_string(),
    })
}
