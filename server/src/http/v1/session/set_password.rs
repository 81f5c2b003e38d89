use axum::extract::State;
use axum::http::StatusCode;
use vedette_store::StoreError;
use zeroize::Zeroizing;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::code::digest;
use crate::http::access::{Caller, SignedIn};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, dto};
use crate::limits::{Attempt, Client, TooMany};
use crate::password::{self, PasswordError};

/// Changes the password of whoever is signed in, and signs her out everywhere else.
#[utoipa::path(
    put,
    path = "/v1/session/password",
    tag = "session",
    operation_id = "session_set_password",
    request_body = dto::NewPassword,
    responses(
        (status = 204, description = "Changed"),
        (status = 403, description = "password-wrong", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many-attempts", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
    who: SignedIn,
    body::Json(wanted): body::Json<dto::NewPassword>,
) -> Result<StatusCode, Error> {
    let now = app.now();
    let user = who.user();
    let client = who
        .device()
        .map_or(Client::Address(caller.address), |device| Client::Device(device.id));
    // Whoever finds a screen unlocked is not to try passwords on it.
    let attempt = Attempt::SignInAs(client, digest(user.name.to_lowercase().as_bytes()));
    app.limits.attempt(attempt, now)?;
    let (_, kept) = app.store.read().await?.user_by_name(&user.name).await?.unzip();
    let old = Zeroizing::new(wanted.old.0.clone());
    if !password::verify_aside(old, kept).await? {
        return Err(Error::Wrong);
    }
    app.limits.forgive(attempt);
    let new = Zeroizing::new(wanted.new.as_str().to_owned());
    let hash = password::hash_aside(new, app.entropy.clone()).await?;
    let mut tx = app.store.write().await?;
    tx.set_password(user.id, &hash).await?;
    tx.remove_other_sessions(user.id, who.session.token).await?;
    audit::write(&mut *tx, now, who.actor(), Action::PasswordChanged(user.id)).await?;
    tx.commit().await?;
    // Her other screens follow on, until they are told that they may not.
    app.live.wake_all();
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("That isn't your present password. Check it and try again.")]
    Wrong,
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Wrong => Kind::PasswordWrong,
    Error::TooMany(error) => error,
    Error::Password(error) => error,
    Error::Storage(error) => error,
});
