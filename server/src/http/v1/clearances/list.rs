use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::ListReader;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};

/// Lists what is decided, or must be, about people on the watchlist.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/clearances",
    tag = "clearances",
    operation_id = "clearances_list",
    params(("id" = DeploymentId, Path, description = "The operation")),
    responses(
        (status = 200, description = "Clearances, oldest entry first", body = Vec<dto::Clearance>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListReader(who): ListReader,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<Vec<dto::Clearance>>, Error> {
    let mut tx = app.store.read().await?;
    tx.deployment(id).await?.ok_or(Error::NotFound)?;
    Ok(Json(convert::clearances(&mut *tx, id, who.user().id).await?))
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
