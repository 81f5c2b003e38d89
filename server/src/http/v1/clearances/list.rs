use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::clearance;
use vedette_store::row::Page;

use crate::app::App;
use crate::domain::lookup;
use crate::http::access::ListReader;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};

/// Clearances of one answer.
const PAGE: u32 = 20;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Counted from 0.
    #[serde(default)]
    page: u32,
    /// All of them without it.
    #[param(inline)]
    show: Option<dto::ClearanceShow>,
    /// Of any kind without it.
    kind: Option<clearance::Kind>,
}

/// A page of what is decided, or must be, about people on the watchlist.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/clearances",
    tag = "clearances",
    operation_id = "clearances_list",
    params(("id" = DeploymentId, Path, description = "The operation"), Asked),
    responses(
        (status = 200, description = "A page", body = dto::ClearancePage),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListReader(who): ListReader,
    Ids(id): Ids<DeploymentId>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<dto::ClearancePage>, Error> {
    let Query(Asked { page, show, kind }) = asked.map_err(|_| Error::Asked)?;
    let mut tx = app.store.read().await?;
    tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let counts: Vec<_> = tx
        .clearance_counts(id)
        .await?
        .into_iter()
        .filter(|count| count.listed > 0)
        .collect();
    let of_kind = counts.iter().filter(|count| kind.is_none_or(|kind| kind == count.kind));
    let (open, listed) = of_kind.fold((0, 0), |(open, listed), count| {
        (open + count.open, listed + count.listed)
    });
    let settled = listed - open;
    let found = match show {
        None => listed,
        Some(dto::ClearanceShow::Open) => open,
        Some(dto::ClearanceShow::Settled) => settled,
    };
    let page = Page {
        number: lookup::last_page(found, PAGE).min(page),
        size: PAGE,
    };
    let shown = show.map(|show| show == dto::ClearanceShow::Open);
    let clearances = tx.clearances_page(id, shown, kind, page).await?;
    Ok(Json(dto::ClearancePage {
        kinds: counts.iter().map(|count| count.kind).collect(),
        open,
        settled,
        page: page.number,
        page_size: page.size,
        clearances: convert::clearances(&mut *tx, id, who.user().id, clearances).await?,
    }))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error("There is no such page of clearances. Reload the page.")]
    Asked,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Asked => Kind::Invalid,
    Error::Storage(error) => error,
});
