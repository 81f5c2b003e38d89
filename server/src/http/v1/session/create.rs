use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse};
use vedette_store::StoreError;
use vedette_store::row::Actor;
use zeroize::Zeroizing;

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::code::digest;
use crate::http::access::{Caller, Token, Visitor};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::limits::{Attempt, Client, TooMany};
use crate::password::{self, PasswordError};

/// Signs a person in.
#[utoipa::path(
    post,
    path = "/v1/session",
    tag = "session",
    operation_id = "session_create",
    request_body = dto::Credentials,
    responses(
        (status = 200, description = "Signed in", body = dto::Session),
        (status = 401, description = "sign-in-failed", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many-attempts", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    body::Json(credentials): body::Json<dto::Credentials>,
) -> Result<impl IntoResponse, Error> {
    let now = app.now();
    let name = credentials.name.trim().to_lowercase();
    let visitor = Visitor::of(&headers, &app).await?;
    let device = visitor.device.filter(|device| device.revoked_at.is_none());
    let client = device
        .as_ref()
        .map_or(Client::Address(caller.address), |device| Client::Device(device.id));
    let as_this = Attempt::SignInAs(client, digest(name.as_bytes()));
    app.limits.attempt(Attempt::SignIn(client), now)?;
    app.limits.attempt(as_this, now)?;
    let found = app.store.read().await?.user_by_name(&name).await?;
    let (user, hash) = found.unzip();
    let password = Zeroizing::new(credentials.password.0.clone());
    let right = password::verify_aside(password, hash).await?;
    let user = user.filter(|_| right).ok_or(Error::Wrong)?;
    app.limits.forgive(as_this);
    let token = Token::new(&app)?;
    let mut tx = app.store.write().await?;
    // A kiosk is left by somebody who signs in on it, and by nothing else.
    if let Some(session) = visitor.session.filter(|session| session.kiosk.is_some()) {
        tx.remove_session(session.token).await?;
    }
    tx.add_session(token.digest(), user.id, device.as_ref().map(|device| device.id), now)
        .await?;
    audit::write(&mut *tx, now, Actor::User(user.id), Action::SignedIn).await?;
    let mut left = None;
    if let Some(device) = &device
        && tx.leave_kiosk(device.id).await?
    {
        left = Some(device.id);
        audit::write(
            &mut *tx,
            now,
            Actor::Device(device.id, user.id),
            Action::KioskLeft(device.id),
        )
        .await?;
    }
    tx.commit().await?;
    if let Some(device) = left {
        // It leaves without a word, and nobody is to wait for one.
        app.heartbeats.forget(device);
    }
    let cookie = AppendHeaders([(header::SET_COOKIE, token.session_cookie(caller.transport))]);
    let answer = convert::session(user, device.as_ref(), None, &app);
    Ok((cookie, Json(answer)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("The name or the password is wrong. Check both and try again.")]
    Wrong,
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Wrong => Kind::SignInFailed,
    Error::TooMany(error) => error,
    Error::Password(error) => error,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
