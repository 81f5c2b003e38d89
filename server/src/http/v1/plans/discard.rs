use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::PlanId;
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::NewPlanner;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};

/// Discards an unfinished plan.
#[utoipa::path(
    delete,
    path = "/v1/plans/{id}",
    tag = "operations",
    operation_id = "plans_discard",
    params(("id" = PlanId, Path, description = "The unfinished plan")),
    responses(
        (status = 204, description = "Discarded"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    NewPlanner(who): NewPlanner,
    Ids(id): Ids<PlanId>,
) -> Result<StatusCode, Error> {
    let mut tx = app.store.write().await?;
    if !tx.remove_unfinished_plan(who.user().id, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such plan of yours. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
