use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::domain::review::Setting;
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
    let setting = Setting::of(&deployment);
    let (held, came) = (tx.held_alerts(id).await?, tx.crops_that_came(id).await?);
    let alerts = tx.alerts(id).await?.into_iter();
    let over = alerts.filter_map(|row| {
        let (held, came) = (held.contains(&row.id), came.contains(&row.id));
        reviewed(row, setting, came, held)
    });
    Ok(Json(over.collect()))
}
