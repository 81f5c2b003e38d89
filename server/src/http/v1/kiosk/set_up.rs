use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::http::access::{OnDevice, SignedIn};
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{convert, dto};

/// Makes this browser the deployment's kiosk. From then on its session may do no more than a kiosk needs, until somebody signs in
/// on it.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/kiosk",
    tag = "kiosk",
    operation_id = "kiosk_set_up",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "It is a kiosk", body = dto::Session),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-ended, organisation-missing", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    on: OnDevice,
    who: SignedIn,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Session>, Error> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let deployment: Deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?.into();
    deployment.may_have_kiosks(tx.organisation().await?.is_some())?;
    tx.stand_as_kiosk(who.session.token, on.device.id, id, now).await?;
    let action = Action::KioskSetUp(id, on.device.id);
    audit::write(&mut *tx, now, on.actor(), action).await?;
    tx.commit().await?;
    // What it said before it said as something else, perhaps of another deployment.
    app.heartbeats.forget(on.device.id);
    // Other pages of this browser follow on, until they are told that they may not.
    app.live.wake_all();
    Ok(Json(convert::session(on.user, Some(&on.device), Some(id), &app)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
