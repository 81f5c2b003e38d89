use axum::Json;
use axum::extract::State;
use vedette_core::id::UserId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::user::{LastAdministrator, is_administrator, may_remove};
use crate::http::access::AccountKeeper;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};

/// Gives an account other roles, with the dates until which its training holds.
#[utoipa::path(
    put,
    path = "/v1/users/{id}/roles",
    tag = "users",
    operation_id = "users_set_roles",
    params(("id" = UserId, Path, description = "The account")),
    request_body = dto::NewRoles,
    responses(
        (status = 200, description = "The account", body = dto::User),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "last-administrator, own-roles", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    AccountKeeper(who): AccountKeeper,
    Ids(id): Ids<UserId>,
    body::Json(new): body::Json<dto::NewRoles>,
) -> Result<Json<dto::User>, Error> {
    // Else one person could hold every role of an operation, one after another.
    if who.user().id == id {
        return Err(Error::OwnRoles);
    }
    let now = app.now();
    let mut tx = app.store.write().await?;
    let all = tx.users().await?;
    let mut user = all.iter().find(|user| user.id == id).ok_or(Error::NotFound)?.clone();
    user.roles = new.roles.0;
    if !is_administrator(&user) {
        may_remove(&all, id)?;
    }
    tx.set_roles(id, &user.roles).await?;
    audit::write(&mut *tx, now, who.actor(), Action::RolesSet(id, user.roles.clone())).await?;
    tx.commit().await?;
    Ok(Json(convert::user(user)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such account. Somebody may have removed it; reload the page.")]
    NotFound,
    #[error("Without this account nobody could administer the server. Make another administrator first.")]
    LastAdministrator(#[from] LastAdministrator),
    #[error("Nobody changes their own roles. Ask another administrator.")]
    OwnRoles,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::LastAdministrator(_) => Kind::LastAdministrator,
    Error::OwnRoles => Kind::OwnRoles,
    Error::Storage(error) => error,
});
