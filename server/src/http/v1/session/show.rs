use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::Problem;

/// Says who is signed in, and as which device this browser is paired.
#[utoipa::path(
    get,
    path = "/v1/session",
    tag = "session",
    operation_id = "session_show",
    responses(
        (status = 200, description = "Who is signed in", body = dto::Session),
        (status = 401, description = "signed-out", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, signed_in: SignedIn) -> Json<dto::Session> {
    let kiosk = signed_in.session.kiosk;
    Json(convert::session(
        signed_in.user().clone(),
        signed_in.device(),
        kiosk,
        &app,
    ))
}
