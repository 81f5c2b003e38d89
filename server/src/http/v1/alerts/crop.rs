use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::AlertId;
use vedette_store::StoreError;
use vedette_store::row::{EventKind, Jpeg, NewEvent};

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::alert::{Alert, AlertError};
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::picture::{self, PictureError};
use crate::http::access::OnDevice;
use crate::http::body::{Ids, JpegBytes};
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};
use crate::unbroken::unbroken;

/// Takes the crop of the matched face from the device that raised the alert, within 30 seconds.
#[utoipa::path(
    put,
    path = "/v1/alerts/{id}/crop",
    tag = "alerts",
    operation_id = "alerts_crop",
    params(("id" = AlertId, Path, description = "The alert")),
    request_body(content = dto::Picture, content_type = "image/jpeg"),
    responses(
        (status = 204, description = "Kept until a decision against it, or the deployment's end"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "crop-not-wanted", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "photo-invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    Ids(id): Ids<AlertId>,
    JpegBytes(mut bytes): JpegBytes<LARGEST_CROP>,
) -> Result<StatusCode, Error> {
    let bytes = std::mem::take(&mut *bytes);
    let checking = tokio::task::spawn_blocking(move || picture::checked(bytes, LARGEST_CROP));
    let crop = checking.await.map_err(|_| PictureError::NotJpeg)??;
    unbroken(keep(app, on, id, crop)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn keep(app: App, on: OnDevice, id: AlertId, crop: Jpeg) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    // Another device's alert is none of this one's business, so it isn't told that there is one.
    let row = tx
        .alert(id)
        .await?
        .filter(|row| row.device == on.device.id)
        .ok_or(Error::NotFound)?;
    let deployment: Deployment = tx.deployment(row.deployment).await?.ok_or(Error::NotFound)?.into();
    deployment.may_keep_crops(now)?;
    // A crop after the entry's deletion would be a picture without a reason to keep it.
    if row.entry_name.is_none() {
        return Err(AlertError::CropNotWanted.into());
    }
    let row = Alert::from(row).take_crop(now)?;
    tx.add_probe(row.deployment, id, &crop).await?;
    tx.save_alert(&row).await?;
    let event = NewEvent {
        deployment: row.deployment,
        at: now,
        kind: EventKind::AlertCrop,
        alert: Some(id),
    };
    tx.add_event(event).await?;
    audit::write(&mut *tx, now, on.actor(), Action::CropKept(id)).await?;
    tx.commit().await?;
    app.live.wake(row.deployment);
    Ok(())
}

/// Bytes. A crop of 256 pixels a side takes a tenth of it.
const LARGEST_CROP: usize = 256 * 1024;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such alert. Reload the page.")]
    NotFound,
    #[error("The crop can't be used: {0}.")]
    Picture(#[from] PictureError),
    #[error("This alert has its crop, or has waited too long for it. Nothing need be done.")]
    NotWanted(#[from] AlertError),
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Picture(_) => Kind::PhotoInvalid,
    Error::NotWanted(_) => Kind::CropNotWanted,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
