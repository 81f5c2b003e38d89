use axum::Json;
use axum::extract::State;
use vedette_store::policy::Policy;

use crate::app::App;
use crate::domain::policy;
use crate::http::access::SignedIn;
use crate::http::problem::StorageFailed;

/// What this installation allows on watchlists: the categories that there are, and what images must be.
#[utoipa::path(
    get,
    path = "/v1/policy",
    tag = "policy",
    operation_id = "policy_show",
    responses(
        (status = 200, description = "The policy", body = Policy),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, _: SignedIn) -> Result<Json<Policy>, StorageFailed> {
    let policy = app.store.read().await?.policy().await?;
    Ok(Json(policy.unwrap_or_else(policy::default)))
}
