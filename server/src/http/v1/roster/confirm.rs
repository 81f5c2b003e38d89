use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::domain::roster::{self, RosterError};
use crate::http::access::ListKeeper;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, dto};
use crate::status::{self, StatusError};
use crate::unbroken::unbroken;

/// Compares the watchlist with a list of those who are still wanted: writes their legal status, tells who isn't among them,
/// and removes whom it is told to.
#[utoipa::path(
    put,
    path = "/v1/deployments/{id}/roster/status",
    tag = "roster",
    operation_id = "roster_confirm",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body = dto::NewStatus,
    responses(
        (status = 200, description = "Who is still wanted, and who isn't", body = dto::RosterStatus),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, deployment-ended, watchlist-changed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid, roster-unreadable", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::NewStatus, { super::LARGEST_LIST }>,
) -> Result<Json<dto::RosterStatus>, Error> {
    let wanted = roster::still_wanted(&new.csv)?;
    let work = async move { status::confirm(&app, id, who.user().id, &wanted, &new.remove).await };
    let found = unbroken(work).await?;
    let missing = |row: status::Missing| dto::MissingEntry {
        id: row.entry,
        name: row.name,
        namesake: row.namesake,
        nominal_id: row.nominal_id,
    };
    Ok(Json(dto::RosterStatus {
        confirmed: found.confirmed,
        changed: found.changed,
        missing: found.missing.into_iter().map(missing).collect(),
        unknown: found.unknown,
        checked: found.checked,
    }))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Roster(#[from] RosterError),
    #[error(transparent)]
    Status(#[from] StatusError),
}

answers!(Error {
    Error::Roster(_) => Kind::RosterUnreadable,
    Error::Status(error) => error,
});
