use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;

use crate::app::App;
use crate::domain::alert::truth;
use crate::http::access::ComplaintTaker;
use crate::http::body::Ids;
use crate::http::dto;
use crate::http::problem::Problem;
use crate::rights::RightsError;

/// Lists the deployment's alerts without names and pictures, for whoever holds one as evidence or takes a complaint about it.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/alert-records",
    tag = "alerts",
    operation_id = "alerts_records",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Alerts, newest first", body = Vec<dto::AlertRecord>),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ComplaintTaker(_who): ComplaintTaker,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<Vec<dto::AlertRecord>>, RightsError> {
    let mut tx = app.store.read().await?;
    tx.deployment(id).await?.ok_or(RightsError::NotFound)?;
    let (held, unrecorded) = (tx.held_alerts(id).await?, tx.unrecorded_complaints(id).await?);
    let records = tx.alerts(id).await?.into_iter().map(|row| dto::AlertRecord {
        id: row.id,
        verdict: truth(&row),
        raised_at: row.raised_at,
        device_name: row.device_name,
        namesake: row.namesake,
        has_probe: row.has_probe,
        held: held.contains(&row.id),
        complaint_unrecorded: unrecorded.contains(&row.id),
    });
    Ok(Json(records.collect()))
}
