use axum::Json;
use axum::extract::State;
use sha2::{Digest as _, Sha256};
use vedette_core::id::DeploymentId;
use vedette_store::record::Signage;

use crate::app::App;
use crate::audit::Action;
use crate::domain::picture::{self, PictureError};
use crate::http::access::Steward;
use crate::http::body::{Ids, JpegBytes};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};
use crate::operations::{self, Change, ChangeError};
use crate::unbroken::unbroken;

/// The page makes it small enough that signs can still be read.
const LARGEST_PHOTO: usize = 512 * 1024;

/// Confirms, with a photograph, that the signs stand where people see them before the zone of recognition (R10).
#[utoipa::path(
    put,
    path = "/v1/deployments/{id}/signs",
    tag = "operations",
    operation_id = "operations_confirm_signs",
    params(("id" = DeploymentId, Path, description = "The operation")),
    request_body(content = dto::Picture, content_type = "image/jpeg", description = "The photograph, at most 512 KiB and 1,024 pixels a side"),
    responses(
        (status = 200, description = "Confirmed", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, wrong-stage", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "photo-invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Steward(who): Steward,
    Ids(id): Ids<DeploymentId>,
    JpegBytes(mut bytes): JpegBytes<LARGEST_PHOTO>,
) -> Result<Json<dto::Deployment>, Error> {
    let bytes = std::mem::take(&mut *bytes);
    let checking = tokio::task::spawn_blocking(move || picture::checked(bytes, LARGEST_PHOTO));
    let photo = checking.await.map_err(|_| PictureError::NotJpeg)??;
    let work = async move {
        let signage = Signage {
            mark: who.mark(app.now()),
            name: who.user().name.clone(),
            photo: hex::encode(Sha256::digest(&photo.0)),
        };
        let change = Change {
            signs: Some(photo),
            ..Change::new(id, who.actor(), Action::SignsConfirmed(id))
        };
        operations::change(&app, change, |deployment, _| Ok(deployment.confirm_signs(signage)?)).await?;
        convert::deployment_now(id, &app, who.user()).await
    };
    Ok(unbroken(work).await.map(Json)?)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("The photograph can't be used: {0}.")]
    Photo(#[from] PictureError),
    #[error(transparent)]
    Change(#[from] ChangeError),
}

answers!(Error {
    Error::Photo(_) => Kind::PhotoInvalid,
    Error::Change(error) => error,
});
