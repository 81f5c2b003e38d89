use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::http::access::NewPlanner;
use crate::http::dto;
use crate::http::problem::StorageFailed;

/// The plans that whoever asks is still writing, last saved first. Nobody sees another's: who writes on a plan can't sign it, so
/// nobody is to write on one unseen.
#[utoipa::path(
    get,
    path = "/v1/plans",
    tag = "operations",
    operation_id = "plans_list",
    responses(
        (status = 200, description = "Unfinished plans", body = Vec<dto::UnfinishedPlan>),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    NewPlanner(who): NewPlanner,
) -> Result<Json<Vec<dto::UnfinishedPlan>>, StorageFailed> {
    let plans = app.store.read().await?.unfinished_plans(who.user().id).await?;
    Ok(Json(plans.into_iter().map(Into::into).collect()))
}
