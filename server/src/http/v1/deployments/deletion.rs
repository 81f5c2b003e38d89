use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::audit::ENTRY_ENROLLED;
use crate::audit::certificate::{DeletionCertificate, NotCertified, Statement};
use crate::http::access::Certifier;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};

/// The signed certificate of what was deleted at the deployment's end.
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/deletion",
    tag = "deployments",
    operation_id = "deployments_deletion",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    responses(
        (status = 200, description = "The certificate", body = DeletionCertificate),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-deleted-yet", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Certifier(_who): Certifier,
    Ids(id): Ids<DeploymentId>,
) -> Result<Json<DeletionCertificate>, Error> {
    let mut tx = app.store.read().await?;
    let deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let journal = tx.audit_of(&id.to_string()).await?;
    let listed = tx.count_audit(ENTRY_ENROLLED, id).await?;
    let statement = Statement::of(&deployment, &journal, listed, app.audit_key.public())?;
    Ok(Json(DeletionCertificate::sign(statement, &app.audit_key)))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    NotCertified(#[from] NotCertified),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound => Kind::NotFound,
    Error::NotCertified(_) => Kind::NotDeletedYet,
    Error::Storage(error) => error,
});
