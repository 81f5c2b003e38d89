use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::dto;
use crate::http::problem::StorageFailed;

/// What models were measured to do, newest report first. For everybody who works with them.
#[utoipa::path(
    get,
    path = "/v1/evaluations",
    tag = "models",
    operation_id = "evaluations_list",
    responses(
        (status = 200, description = "Reports", body = Vec<dto::Evaluation>),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, _: SignedIn) -> Result<Json<Vec<dto::Evaluation>>, StorageFailed> {
    let rows = app.store.read().await?.evaluations().await?;
    Ok(Json(rows.into_iter().map(Into::into).collect()))
}
