use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::Page;

use crate::app::App;
use crate::enrolment::Ground;
use crate::http::access::ListKeeper;
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};

/// Entries of one answer. An answer about thousands would take longer than anybody waits.
const PAGE: u32 = 200;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Counted from 0.
    #[serde(default)]
    page: u32,
}

/// Lists who is enrolled, a page at a time.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/entries",
    tag = "entries",
    operation_id = "entries_list",
    params(("id" = DeploymentId, Path, description = "The deployment"), Asked),
    responses(
        (status = 200, description = "Entries, oldest first; fewer than 200 on the last page", body = Vec<dto::Entry>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    _: ListKeeper,
    Ids(id): Ids<DeploymentId>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Vec<dto::Entry>>, Error> {
    let Query(Asked { page }) = asked.map_err(|_| Error::Asked)?;
    let page = Page {
        number: page,
        size: PAGE,
    };
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let ground = Ground::of(&mut *tx, &row, app.now()).await?;
    let entries = tx.entries_page(id, page).await?.into_iter();
    Ok(Json(entries.map(|row| convert::entry(row, ground.as_ref())).collect()))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error("There is no such page of the watchlist. Reload the page.")]
    Asked,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Asked => Kind::Invalid,
    Error::Storage(error) => error,
});
