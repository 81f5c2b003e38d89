use axum::Json;
use axum::extract::State;
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::SignedIn;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};

/// Shows who is responsible.
#[utoipa::path(
    get,
    path = "/v1/organisation",
    tag = "organisation",
    operation_id = "organisation_show",
    responses(
        (status = 200, description = "Who is responsible", body = dto::Organisation),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(State(app): State<App>, _: SignedIn) -> Result<Json<dto::Organisation>, Error> {
    let row = app.store.read().await?.organisation().await?.ok_or(Error::NotFound)?;
    Ok(Json(convert::organisation(row)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("Nobody has said yet who is responsible. An administrator does so under Organisation.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
