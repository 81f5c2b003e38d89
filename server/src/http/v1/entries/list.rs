use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::enrolment::Ground;
use crate::http::access::ListKeeper;
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};

/// Lists who is enrolled.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/entries",
    tag = "entries",
    operation_id = "entries_list",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Entries, oldest first", body = Vec<dto::Entry>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    _: ListKeeper,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<Vec<dto::Entry>>, Error> {
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let ground = Ground::of(&mut *tx, &row, app.now()).await?;
    let entries = tx.entries(id).await?.into_iter();
    Ok(Json(entries.map(|row| convert::entry(row, ground.as_ref())).collect()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
