use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use qrcode::QrCode;
use qrcode::render::svg;
use vedette_store::StoreError;
use vedette_store::row::PairingCodeRow;

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::{NoEntropy, random};
use crate::domain::code::Code;
use crate::domain::session::PAIRING_CODE_LASTS;
use crate::http::access::DeviceKeeper;
use crate::http::body;
use crate::http::dto;
use crate::http::problem::{Kind, answers};

/// Makes a code that pairs one device, once, within five minutes.
#[utoipa::path(
    post,
    path = "/v1/pairing-codes",
    tag = "pairing_codes",
    operation_id = "pairing_codes_create",
    request_body = dto::NewPairingCode,
    responses(
        (status = 201, description = "The code", body = dto::PairingCode),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    DeviceKeeper(who): DeviceKeeper,
    body::Json(new): body::Json<dto::NewPairingCode>,
) -> Result<(StatusCode, Json<dto::PairingCode>), Error> {
    let now = app.now();
    let code = Code::from_random(*random::<{ Code::RANDOM_BYTES }>(&*app.entropy)?);
    let expires_at = now + PAIRING_CODE_LASTS;
    let url = format!("{}/pair.html#{code}", app.public_url);
    let drawing = QrCode::new(&url).map_err(|_| Error::Drawing)?;
    let qr_svg = drawing.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    let row = PairingCodeRow {
        code: code.digest(),
        device_name: new.device_name.as_str().to_owned(),
        expires_at,
    };
    let mut tx = app.store.write().await?;
    tx.remove_pairing_codes_before(now).await?;
    tx.add_pairing_code(&row).await?;
    audit::write(&mut *tx, now, who.actor(), Action::PairingCodeMade).await?;
    tx.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(dto::PairingCode {
            code: code.to_string(),
            expires_at,
            url,
            qr_svg,
        }),
    ))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("The server's public address is too long for a QR code. Shorten it with --public-url.")]
    Drawing,
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Drawing => Kind::Internal,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
