use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::DeviceId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::http::access::{DeviceKeeper, SignedIn};
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::unbroken::unbroken;

/// Withdraws a device's pairing, at once, and signs out whoever is signed in there.
#[utoipa::path(
    delete,
    path = "/v1/devices/{id}",
    tag = "devices",
    operation_id = "devices_revoke",
    params(("id" = DeviceId, Path, description = "The device")),
    responses(
        (status = 204, description = "Withdrawn"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    DeviceKeeper(who): DeviceKeeper,
    Ids(id): Ids<DeviceId>,
) -> Result<StatusCode, Error> {
    unbroken(revoke(app, who, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn revoke(app: App, who: SignedIn, id: DeviceId) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    if !tx.revoke_device(id, now).await? {
        return Err(Error::NotFound);
    }
    // Whoever withdraws the device in her own hands has not lost it.
    tx.remove_sessions_on(id, who.session.token).await?;
    audit::write(&mut *tx, now, who.actor(), Action::DeviceRevoked(id)).await?;
    tx.commit().await?;
    app.live.wake_all();
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such device, or it was withdrawn before. Reload the page.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
