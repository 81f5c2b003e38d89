use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::calibration::Target;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::{EventKind, NewEvent};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::deployment::{Deployment, DeploymentError, Draft};
use crate::http::access::Rehearser;
use crate::http::problem::{Kind, answers};
use crate::http::{body, convert, dto};

/// Drafts an exercise with volunteers.
#[utoipa::path(
    post,
    path = "/v1/deployments",
    tag = "deployments",
    operation_id = "deployments_create",
    request_body = dto::NewDeployment,
    responses(
        (status = 201, description = "The draft", body = dto::Deployment),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Rehearser(who): Rehearser,
    body::Json(new): body::Json<dto::NewDeployment>,
) -> Result<(StatusCode, Json<dto::Deployment>), Error> {
    let now = app.now();
    let id = DeploymentId::new(app.new_id()?);
    let draft = Draft::new(
        id,
        &new.name,
        &new.place,
        new.ends_at,
        app.space(),
        new.target_fpir_one_in.unwrap_or(Target::DEFAULT),
        now,
    )?;
    let mut tx = app.store.write().await?;
    tx.add_deployment(&Deployment::from(draft).into()).await?;
    tx.add_event(NewEvent {
        deployment: id,
        at: now,
        kind: EventKind::DeploymentChanged,
        alert: None,
    })
    .await?;
    audit::write(&mut *tx, now, who.actor(), Action::DeploymentDrafted(id)).await?;
    let answer = convert::deployment_within(&mut *tx, id, &app, who.user())
        .await?
        .ok_or(Error::Gone)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error("The deployment could not be saved. Try again.")]
    Gone,
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Domain(error) => error,
    Error::Gone => Kind::Internal,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
