use axum::extract::State;
use vedette_core::id::{DeploymentId, EntryId};
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::http::access::ListReader;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::jpeg::Picture;
use crate::http::problem::{Kind, Problem, answers};

/// Shows the best photo of an entry.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/entries/{entry}/photo",
    tag = "entries",
    operation_id = "entries_photo",
    params(("id" = DeploymentId, Path, description = "The deployment"), ("entry" = EntryId, Path, description = "The entry")),
    responses(
        (status = 200, description = "The photo", body = dto::Picture, content_type = "image/jpeg"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListReader(who): ListReader,
    Ids((id, entry)): Ids<(DeploymentId, EntryId)>,
) -> Result<Picture, Error> {
    let mut tx = app.store.write().await?;
    let photo = tx.photo(id, entry, None).await?.ok_or(Error::NotFound)?;
    audit::write(&mut *tx, app.now(), who.actor(), Action::PhotoShown(id, entry)).await?;
    tx.commit().await?;
    Ok(Picture(photo))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such entry. Somebody may have deleted it; reload the page.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
