use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::{EventKind, NewEvent};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::deployment::{Deployment, DeploymentError, Draft};
use crate::domain::policy;
use crate::http::access::NewPlanner;
use crate::http::problem::{Kind, answers};
use crate::http::{body, convert, dto};

/// Proposes an operation: a deployment that somebody else must sign for.
#[utoipa::path(
    post,
    path = "/v1/operations",
    tag = "operations",
    operation_id = "operations_create",
    request_body = dto::NewOperation,
    responses(
        (status = 201, description = "The plan", body = dto::Deployment),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    NewPlanner(who): NewPlanner,
    body::Json(new): body::Json<dto::NewOperation, { super::PLAN_BYTES }>,
) -> Result<(StatusCode, Json<dto::Deployment>), Error> {
    let now = app.now();
    let id = DeploymentId::new(app.new_id()?);
    let mut tx = app.store.write().await?;
    let unfinished = new.unfinished;
    let policy = tx.policy().await?.unwrap_or_else(policy::default);
    let draft = Draft::operation(id, new.into(), who.user().id, app.space(), &policy, now)?;
    tx.add_deployment(&Deployment::from(draft).into()).await?;
    if let Some(plan) = unfinished {
        tx.remove_unfinished_plan(who.user().id, plan).await?;
    }
    tx.add_event(NewEvent {
        deployment: id,
        at: now,
        kind: EventKind::DeploymentChanged,
        alert: None,
    })
    .await?;
    audit::write(&mut *tx, now, who.actor(), Action::OperationPlanned(id)).await?;
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
    #[error("The plan could not be saved. Try again.")]
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
