use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::domain::lookup::{self, Wanted};
use crate::domain::roster;
use crate::enrolment::Ground;
use crate::http::access::ListKeeper;
use crate::http::body::{self, Ids};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};

/// A page of who is on the watchlist, newest first, of those who are asked for. Whom somebody looks for is in the body: addresses
/// are written down on the way.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/watchlist",
    tag = "entries",
    operation_id = "watchlist_page",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::WatchlistQuestion,
    responses(
        (status = 200, description = "A page", body = dto::WatchlistPage),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    _: ListKeeper,
    Ids(id): Ids<DeploymentId>,
    body::Json(asked): body::Json<dto::WatchlistQuestion>,
) -> Result<Json<dto::WatchlistPage>, Error> {
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let ground = Ground::of(&mut *tx, &row, app.now()).await?;
    let mut all = tx.entries(id).await?;
    drop(tx);
    all.reverse();
    let categories: BTreeSet<_> = all
        .iter()
        .filter_map(|entry| entry.particulars.as_ref())
        .map(|known| known.category.clone())
        .collect();
    let total = all.len();
    let wanted = Wanted {
        search: asked.search.0,
        category: asked.category,
        response: asked.response,
        show: asked.show,
    };
    all.retain(|entry| {
        wanted.takes(entry, || {
            let judged = ground.as_ref().zip(entry.particulars.as_ref());
            judged.is_some_and(|(ground, known)| !roster::warnings(known, ground.rules()).is_empty())
        })
    });
    let found = all.len();
    let (page, rows) = lookup::page(all, asked.page);
    Ok(Json(dto::WatchlistPage {
        total,
        found,
        page,
        page_size: lookup::PAGE,
        categories: categories.into_iter().collect(),
        entries: rows
            .into_iter()
            .map(|row| convert::entry(row, ground.as_ref()))
            .collect(),
    }))
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
