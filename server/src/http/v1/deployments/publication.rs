use axum::extract::State;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse};
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::certificate::NotCertified;
use crate::http::access::Certifier;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::publication::{self, FalseAlerts};

/// The published row of a deployment that has ended, as CSV with exactly the published columns (R83). Faces seen are faces
/// that were followed and of which at least one shot was good enough to be compared (R84). An alert is one face, however many
/// people on the list it resembles: positive where it is one of them, else incorrect. What isn't recorded is empty.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/publication",
    tag = "deployments",
    operation_id = "deployments_publication",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "Header and row", body = String, content_type = "text/csv"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-deleted-yet", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Certifier(_who): Certifier,
    Ids(id): Ids<DeploymentId>,
) -> Result<impl IntoResponse, Error> {
    let mut tx = app.store.read().await?;
    let summary = tx.deployment_summary(id).await?.ok_or(Error::NotFound)?;
    let verdicts = tx.verdicts(id).await?;
    let interventions = tx.interventions(id).await?;
    let journal = tx.audit_of(&id.to_string()).await?;
    let false_alerts = FalseAlerts::of(verdicts, summary.alerts, summary.counters);
    let row = publication::row(
        &summary.deployment,
        summary.started_at,
        &journal,
        verdicts,
        &interventions,
        &false_alerts,
    )?;
    Ok((AppendHeaders([(header::CONTENT_TYPE, "text/csv; charset=utf-8")]), row))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    NotEnded(#[from] NotCertified),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::NotEnded(_) => Kind::NotDeletedYet,
    Error::Storage(error) => error,
});
