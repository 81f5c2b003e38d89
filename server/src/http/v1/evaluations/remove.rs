use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::EvaluationId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::{self, Action};
use crate::http::access::PolicySetter;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};

/// Removes a report. The journal keeps that it was there.
#[utoipa::path(
    delete,
    path = "/v1/evaluations/{id}",
    tag = "models",
    operation_id = "evaluations_remove",
    params(("id" = EvaluationId, Path, description = "The report")),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    PolicySetter(who): PolicySetter,
    Ids(id): Ids<EvaluationId>,
) -> Result<StatusCode, Error> {
    let mut tx = app.store.write().await?;
    if !tx.remove_evaluation(id).await? {
        return Err(Error::NotFound);
    }
    audit::write(&mut *tx, app.now(), who.actor(), Action::EvaluationRemoved(id)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such report. Reload the page.")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::Storage(error) => error,
});
