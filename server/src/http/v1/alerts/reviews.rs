use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::row::DeploymentState;

use crate::app::App;
use crate::http::access::AlertReader;
use crate::http::body::Ids;
use crate::http::convert::reviewed;
use crate::http::dto;
use crate::http::problem::Problem;
use crate::rights::RightsError;

/// Lists what became of the deployment's alerts that nobody decides about any more, without names and pictures. Whoever
/// decides about alerts has what is left of their pictures from the alert itself.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/alert-reviews",
    tag = "alerts",
    operation_id = "alerts_reviews",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Alerts, newest first", body = Vec<dto::AlertReview>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    AlertReader(_who): AlertReader,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<Vec<dto::AlertReview>>, RightsError> {
    let mut tx = app.store.read().await?;
    let deployment = tx.deployment(id).await?.ok_or(RightsError::NotFound)?;
    let ended_at = match deployment.state {
        DeploymentState::Ended { ended_at, .. } => Some(ended_at),
        DeploymentState::Draft | DeploymentState::Live { .. } | DeploymentState::Paused { .. } => None,
    };
    let held = tx.held_alerts(id).await?;
    let alerts = tx.alerts(id).await?.into_iter();
    let over = alerts.filter_map(|row| {
        let held = held.contains(&row.id);
        reviewed(row, ended_at, held)
    });
    Ok(Json(over.collect()))
}
