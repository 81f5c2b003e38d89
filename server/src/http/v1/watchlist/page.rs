use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::Page;

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
    let (total, categories) = (tx.count_entries(id).await?, tx.listed_categories(id).await?);
    let wanted = Wanted {
        search: asked.search.0,
        category: asked.category,
        response: asked.response,
        show: asked.show,
    };
    let (found, page, rows) = if wanted.is_everybody() {
        let page = Page {
            number: lookup::last_page(total, lookup::PAGE).min(asked.page),
            size: lookup::PAGE,
        };
        (total, page.number, tx.newest_entries(id, page).await?)
    } else {
        // Names are sealed, each on its own, so that only who opens them all finds a part of one.
        let mut all = tx.entries(id).await?;
        all.reverse();
        all.retain(|entry| {
            wanted.takes(entry, || {
                let judged = ground.as_ref().zip(entry.particulars.as_ref());
                judged.is_some_and(|(ground, known)| !roster::warnings(known, ground.rules()).is_empty())
            })
        });
        let found = all.len() as u64;
        let (page, rows) = lookup::page(all, asked.page);
        (found, page, rows)
    };
    drop(tx);
    Ok(Json(dto::WatchlistPage {
        total,
        found,
        page,
        page_size: lookup::PAGE,
        categories,
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
