use axum::Json;
use axum::extract::State;
use vedette_core::id::PlanId;
use vedette_store::StoreError;
use vedette_store::unfinished::UnfinishedPlan;

use crate::app::App;
use crate::domain::unfinished::{self, TooMany};
use crate::http::access::NewPlanner;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::v1::operations::PLAN_BYTES;
use crate::http::{body, dto};

/// Keeps what was typed of a plan, in the place of what was typed before. It is nobody's but its writer's, so the journal says
/// nothing of it until it is proposed.
#[utoipa::path(
    put,
    path = "/v1/plans/{id}",
    tag = "operations",
    operation_id = "plans_save",
    params(("id" = PlanId, Path, description = "The unfinished plan, a UUID version 7 made by the page")),
    request_body = dto::SavedPlan,
    responses(
        (status = 200, description = "As it is kept", body = dto::UnfinishedPlan),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "plans-full", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    NewPlanner(who): NewPlanner,
    Ids(id): Ids<PlanId>,
    body::Json(saved): body::Json<dto::SavedPlan, PLAN_BYTES>,
) -> Result<Json<dto::UnfinishedPlan>, Error> {
    let plan = UnfinishedPlan {
        id,
        author: who.user().id,
        deployment: saved.deployment,
        typed: saved.typed,
        saved_at: app.now(),
    };
    let mut tx = app.store.write().await?;
    if let Some(deployment) = plan.deployment {
        tx.deployment(deployment).await?.ok_or(Error::NotFound)?;
    }
    unfinished::may_save(&tx.unfinished_plans(plan.author).await?, id)?;
    tx.save_unfinished_plan(&plan).await.map_err(|error| match error {
        StoreError::Conflict => Error::NotFound,
        other => other.into(),
    })?;
    tx.commit().await?;
    Ok(Json(plan.into()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such plan of yours. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::TooMany(_) => Kind::PlansFull,
    Error::Storage(error) => error,
});
