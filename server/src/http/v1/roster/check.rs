use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::operation::OperationError;
use crate::domain::roster::{self, RosterError, Row};
use crate::enrolment::Ground;
use crate::http::access::ListKeeper;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};

/// Checks each row of a list before anybody on it is listed. Stores nothing.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/roster/check",
    tag = "roster",
    operation_id = "roster_check",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewRoster,
    responses(
        (status = 200, description = "What was found in each row", body = dto::RosterCheck),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, watchlist-closed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid, roster-unreadable", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    _: ListKeeper,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewRoster, { super::LARGEST_LIST }>,
) -> Result<Json<dto::RosterCheck>, Error> {
    let mut tx = app.store.read().await?;
    let row = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    Deployment::from(row.clone()).may_import()?;
    let ground = Ground::of(&mut *tx, &row, app.now()).await?;
    let ground = ground.ok_or(OperationError::NotOperation)?;
    let listed = tx.listed(id).await?;
    drop(tx);
    // Thousands of rows take some tenths of a second, away from the async threads.
    let checking = tokio::task::spawn_blocking(move || -> Result<dto::RosterCheck, RosterError> {
        let files: HashSet<&str> = new.photos.iter().map(String::as_str).collect();
        let rows = roster::read(&new.csv, Some(&files), ground.rules())?;
        Ok(dto::RosterCheck {
            unused_photos: unused(&files, &rows),
            rows: rows.into_iter().map(|row| convert::roster_row(row, &listed)).collect(),
        })
    });
    Ok(Json(checking.await.map_err(|_| Error::Broken)??))
}

fn unused(files: &HashSet<&str>, rows: &[Row]) -> Vec<String> {
    let used: HashSet<&str> = rows.iter().flat_map(|row| &row.photos).map(String::as_str).collect();
    let mut unused: Vec<String> = files.difference(&used).map(|file| (*file).to_owned()).collect();
    unused.sort_unstable();
    unused
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error("The server stops. Try again when it is back.")]
    Broken,
    #[error(transparent)]
    Roster(#[from] RosterError),
    #[error(transparent)]
    Operation(#[from] OperationError),
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Broken => Kind::Internal,
    Error::Roster(_) => Kind::RosterUnreadable,
    Error::Operation(error) => error,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
