use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use vedette_core::id::DeviceId;
use vedette_store::StoreError;
use vedette_store::row::DeviceRow;

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::http::access::{Caller, DeviceKeeper, Token};
use crate::http::problem::answers;
use crate::http::{body, convert, dto};

/// Pairs the browser of the administrator who asks.
#[utoipa::path(
    post,
    path = "/v1/devices/this",
    tag = "devices",
    operation_id = "devices_create_this",
    request_body = dto::ThisDevice,
    responses(
        (status = 201, description = "Paired", body = dto::Named<DeviceId>),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    DeviceKeeper(who): DeviceKeeper,
    caller: Caller,
    body::Json(new): body::Json<dto::ThisDevice>,
) -> Result<impl IntoResponse, Error> {
    let now = app.now();
    let token = Token::new(&app)?;
    let device = DeviceRow {
        id: DeviceId::new(app.new_id()?),
        name: new.device_name.as_str().to_owned(),
        paired_at: now,
        revoked_at: None,
    };
    let mut tx = app.store.write().await?;
    tx.add_device(&device, token.digest()).await?;
    tx.set_session_device(who.session.token, device.id).await?;
    audit::write(&mut *tx, now, who.actor(), Action::DevicePaired(device.id)).await?;
    tx.commit().await?;
    let cookie = AppendHeaders([(header::SET_COOKIE, token.device_cookie(caller.transport))]);
    Ok((StatusCode::CREATED, cookie, Json(convert::device_name(&device))))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
