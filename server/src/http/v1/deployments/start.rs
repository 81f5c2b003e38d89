use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;
use vedette_store::row::{DeploymentRow, EventKind, NewEvent};

use crate::app::App;
use crate::audit::{self, Action};
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::http::access::{Administrator, SignedIn};
use crate::http::body::Ids;
use crate::http::convert;
use crate::http::dto;
use crate::http::problem::{Kind, Problem, answers};
use crate::matcher::{MatchError, Prepared};
use crate::unbroken::unbroken;

/// Goes live. Somebody must be enrolled.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/start",
    tag = "deployments",
    operation_id = "deployments_start",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Live", body = dto::Deployment),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "deployment-not-draft, deployment-ended, watchlist-empty, model-mismatch", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Administrator(who): Administrator,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<dto::Deployment>, Error> {
    unbroken(start(app, who, id)).await.map(Json)
}

async fn start(app: App, who: SignedIn, id: DeploymentId) -> Result<dto::Deployment, Error> {
    let now = app.now();
    let _one_change_at_a_time = app.watchlists.lock().await;
    let mut tx = app.store.write().await?;
    let deployment: Deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?.into();
    let live = deployment.start(tx.count_entries(id).await?, now)?;
    let row = DeploymentRow::from(Deployment::from(live));
    let references = tx.references(&row).await?;
    // Before the commit: what can't be searched doesn't go live.
    let list = Prepared::of(&row, &references, app.models.calibration.clone()).await?;
    tx.set_deployment_state(id, row.state).await?;
    tx.add_event(NewEvent {
        deployment: id,
        at: now,
        kind: EventKind::DeploymentChanged,
        alert: None,
    })
    .await?;
    audit::write(&mut *tx, now, who.actor(), Action::DeploymentStarted(id)).await?;
    let answer = convert::deployment_now(&mut *tx, id, &app, true)
        .await?
        .ok_or(Error::NotFound)?;
    tx.commit().await?;
    app.matcher.open(list).await?;
    app.live.wake(id);
    Ok(answer)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error("This deployment was made with another model than the server has now. End it, and make a new one.")]
    ModelMismatch,
    #[error("The server can't compare templates. Restart it.")]
    Matcher,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

impl From<MatchError> for Error {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::ModelMismatch => Self::ModelMismatch,
            MatchError::NotLive | MatchError::Stopped => Self::Matcher,
        }
    }
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Domain(error) => error,
    Error::ModelMismatch => Kind::ModelMismatch,
    Error::Matcher => Kind::Internal,
    Error::Storage(error) => error,
});
