use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::http::access::Overseer;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::jpeg::Picture;
use crate::http::problem::{Kind, Problem, answers};

/// The photograph of the signs.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/signs",
    tag = "operations",
    operation_id = "operations_signs",
    params(("id" = DeploymentId, Path, description = "The operation")),
    responses(
        (status = 200, description = "The photograph", body = dto::Picture, content_type = "image/jpeg"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Overseer(who): Overseer,
    Ids(id): Ids<DeploymentId>,
) -> Result<Picture, Error> {
    let mut tx = app.store.write().await?;
    let picture = tx.signage(id).await?.ok_or(Error::NotFound)?;
    audit::write(&mut *tx, app.now(), who.actor(), Action::SignsShown(id)).await?;
    tx.commit().await?;
    Ok(Picture(picture))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no photograph: nobody has confirmed the signs, or it was deleted at the end.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
