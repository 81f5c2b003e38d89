use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};

/// Shows the pilot certificate, which the server made for itself.
#[utoipa::path(
    get,
    path = "/v1/certificate",
    tag = "certificate",
    operation_id = "certificate_show",
    responses(
        (status = 200, description = "The certificate", body = dto::Certificate),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(State(app): State<App>) -> Result<Json<dto::Certificate>, Error> {
    app.certificate.clone().map(Json).ok_or(Error::None)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("This server uses a certificate that it was given, or none. Nothing need be trusted by hand.")]
    None,
}

answers!(Error {
    Error::None => Kind::NotFound,
});
