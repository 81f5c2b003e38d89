use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vedette_core::id::EvaluationId;
use vedette_store::StoreError;
use vedette_store::evaluation::{EvaluationRow, Measured};

use crate::app::App;
use crate::audit::{self, Action};
use crate::clock::NoEntropy;
use crate::domain::evaluation::{self, EvaluationError};
use crate::http::access::PolicySetter;
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, dto};

/// Of a report: some thousands of figures.
const REPORT_BYTES: usize = 4 * 1024 * 1024;

/// Adds what a model was measured to do. The page takes it from the report of `vedette evaluate`, and leaves the names of files
/// behind.
#[utoipa::path(
    post,
    path = "/v1/evaluations",
    tag = "models",
    operation_id = "evaluations_add",
    request_body = Measured,
    responses(
        (status = 201, description = "The report", body = dto::Evaluation),
        (status = 409, description = "evaluations-full", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    PolicySetter(who): PolicySetter,
    body::Json(measured): body::Json<Measured, REPORT_BYTES>,
) -> Result<(StatusCode, Json<dto::Evaluation>), Error> {
    let now = app.now();
    let row = EvaluationRow {
        id: EvaluationId::new(app.new_id()?),
        added_by: who.user().id,
        added_at: now,
        measured: evaluation::checked(measured, now)?,
    };
    let mut tx = app.store.write().await?;
    evaluation::may_add(tx.evaluations().await?.len())?;
    tx.add_evaluation(&row).await?;
    let model = row.measured.sha256.clone();
    audit::write(&mut *tx, now, who.actor(), Action::EvaluationAdded(row.id, model)).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Report(#[from] EvaluationError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Report(EvaluationError::Full) => Kind::EvaluationsFull,
    Error::Report(_) => Kind::Invalid,
    Error::Entropy(error) => error,
    Error::Storage(error) => error,
});
