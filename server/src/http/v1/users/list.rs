use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::AccountKeeper;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::StorageFailed;

/// Lists the accounts.
#[utoipa::path(
    get,
    path = "/v1/users",
    tag = "users",
    operation_id = "users_list",
    responses(
        (status = 200, description = "Accounts, by name", body = Vec<dto::User>),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, _: AccountKeeper) -> Result<Json<Vec<dto::User>>, StorageFailed> {
    let users = app.store.read().await?.users().await?;
    Ok(Json(users.into_iter().map(convert::user).collect()))
}
