use axum::extract::State;
use vedette_core::id::AlertId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::http::access::Reviewer;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::jpeg::Picture;
use crate::http::problem::{Kind, Problem, answers};

/// Shows the matched crop.
#[utoipa::path(
    get,
    path = "/v1/alerts/{id}/probe",
    tag = "alerts",
    operation_id = "alerts_probe",
    params(("id" = AlertId, Path, description = "The alert")),
    responses(
        (status = 200, description = "The crop", body = dto::Picture, content_type = "image/jpeg"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, who: Reviewer, Ids(id): Ids<AlertId>) -> Result<Picture, Error> {
    let mut tx = app.store.write().await?;
    let alert = tx.alert(id).await?.ok_or(Error::NotFound)?;
    let picture = tx.probe(alert.deployment, id).await?.ok_or(Error::NotFound)?;
    audit::write(&mut *tx, app.now(), who.actor(), Action::ProbeShown(id)).await?;
    tx.commit().await?;
    Ok(Picture(picture))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no picture: it hasn't arrived, or was deleted with its entry or deployment.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
