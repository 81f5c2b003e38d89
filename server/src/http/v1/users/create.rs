use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::UserId;
use vedette_store::StoreError;
use vedette_store::row::UserRow;
use zeroize::Zeroizing;

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::user::is_taken;
use crate::http::access::AccountKeeper;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::password::{self, PasswordError};

/// Makes an account.
#[utoipa::path(
    post,
    path = "/v1/users",
    tag = "users",
    operation_id = "users_create",
    request_body = dto::NewUser,
    responses(
        (status = 201, description = "The new account", body = dto::User),
        (status = 409, description = "name-taken", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    AccountKeeper(who): AccountKeeper,
    body::Json(new): body::Json<dto::NewUser>,
) -> Result<(StatusCode, Json<dto::User>), Error> {
    let password = Zeroizing::new(new.password.as_str().to_owned());
    let password = password::hash_aside(password, app.entropy.clone()).await?;
    let now = app.now();
    let user = UserRow {
        id: UserId::new(app.new_id()?),
        name: new.name.as_str().to_owned(),
        roles: new.roles.0,
        created_at: now,
    };
    let mut tx = app.store.write().await?;
    if is_taken(&tx.users().await?, &user.name) {
        return Err(Error::NameTaken);
    }
    tx.add_user(&user, &password).await.map_err(|error| match error {
        StoreError::Conflict => Error::NameTaken,
        other => other.into(),
    })?;
    audit::write(
        &mut *tx,
        now,
        who.actor(),
        Action::AccountMade(user.id, user.roles.clone()),
    )
    .await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(convert::user(user))))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("Somebody has that name already, or one that looks like it. Choose another.")]
    NameTaken,
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NameTaken => Kind::NameTaken,
    Error::Password(error) => error,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
