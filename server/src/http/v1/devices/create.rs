use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use vedette_core::id::DeviceId;
use vedette_store::StoreError;
use vedette_store::row::{Actor, DeviceRow};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::code::Code;
use crate::http::access::{Caller, Token, Visitor};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::limits::{Attempt, TooMany};

/// Pairs this browser with a code.
#[utoipa::path(
    post,
    path = "/v1/devices",
    tag = "devices",
    operation_id = "devices_create",
    request_body = dto::UsedPairingCode,
    responses(
        (status = 201, description = "Paired", body = dto::Named<DeviceId>),
        (status = 403, description = "pairing-code-wrong, other-origin", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many-attempts", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    body::Json(used): body::Json<dto::UsedPairingCode>,
) -> Result<impl IntoResponse, Error> {
    let now = app.now();
    let attempt = Attempt::Code(caller.address);
    app.limits.attempt(attempt, now)?;
    let code = Code::parse(&used.code).ok_or(Error::WrongCode)?;
    let token = Token::new(&app)?;
    let session = Visitor::of(&headers, &app).await?.session;
    let mut tx = app.store.write().await?;
    let found = tx.take_pairing_code(code.digest()).await?;
    let found = found.filter(|found| now < found.expires_at).ok_or(Error::WrongCode)?;
    let device = DeviceRow {
        id: DeviceId::new(app.new_id()?),
        name: found.device_name,
        paired_at: now,
        revoked_at: None,
    };
    tx.add_device(&device, token.digest()).await?;
    if let Some(session) = session {
        tx.set_session_device(session.token, device.id).await?;
    }
    // Nobody need be signed in on the tablet: the administrator who made the code answers for it.
    audit::write(&mut *tx, now, Actor::Server, Action::DevicePaired(device.id)).await?;
    tx.commit().await?;
    app.limits.forgive(attempt);
    let cookie = AppendHeaders([(header::SET_COOKIE, token.device_cookie(caller.transport))]);
    Ok((StatusCode::CREATED, cookie, Json(convert::device_name(&device))))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("That code is wrong, used up, or older than five minutes. Ask an administrator for a new one.")]
    WrongCode,
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::WrongCode => Kind::PairingCodeWrong,
    Error::TooMany(error) => error,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
