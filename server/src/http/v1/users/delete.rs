use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::UserId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::user::{LastAdministrator, may_remove};
use crate::http::access::AccountKeeper;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};

/// Removes an account and signs it out everywhere.
#[utoipa::path(
    delete,
    path = "/v1/users/{id}",
    tag = "users",
    operation_id = "users_delete",
    params(("id" = UserId, Path, description = "The account")),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "last-administrator", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    AccountKeeper(who): AccountKeeper,
    Ids(id): Ids<UserId>,
) -> Result<StatusCode, Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let all = tx.users().await?;
    if !all.iter().any(|user| user.id == id) {
        return Err(Error::NotFound);
    }
    may_remove(&all, id)?;
    tx.remove_user(id, now).await?;
    audit::write(&mut *tx, now, who.actor(), Action::AccountRemoved(id)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such account. Somebody may have removed it; reload the page.")]
    NotFound,
    #[error("Without this account nobody could administer the server. Make another administrator first.")]
    LastAdministrator(#[from] LastAdministrator),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::LastAdministrator(_) => Kind::LastAdministrator,
    Error::Storage(error) => error,
});
