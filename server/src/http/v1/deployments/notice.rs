use axum::extract::State;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse};
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::http::access::Overseer;
use crate::http::body::Ids;
use crate::http::problem::{Kind, Problem, answers};
use crate::report::notice::{self, NoNotice};

/// The public notice of an operation as text, to publish before it starts: place, time, duration, who is responsible, rights
/// (R9).
#[utoipa::path(
    get,
    path = "/v1/deployments/{id}/notice",
    tag = "deployments",
    operation_id = "deployments_notice",
    params(("id" = DeploymentId, Path, description = "The operation")),
    responses(
        (status = 200, description = "The notice", body = String, content_type = "text/plain"),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "not-an-operation, organisation-missing", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    Overseer(_who): Overseer,
    Ids(id): Ids<DeploymentId>,
) -> Result<impl IntoResponse, Error> {
    let mut tx = app.store.read().await?;
    let deployment = tx.deployment(id).await?.ok_or(Error::NotFound)?;
    let organisation = tx.organisation().await?;
    let text = notice::text(&deployment, organisation.as_ref())?;
    Ok((
        AppendHeaders([(header::CONTENT_TYPE, "text/plain; charset=utf-8")]),
        text,
    ))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("There is no such deployment. Go back and choose again.")]
    NotFound,
    #[error(transparent)]
    NoNotice(#[from] NoNotice),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::NotFound | Error::NoNotice(NoNotice::NotWritten) => Kind::NotFound,
    Error::NoNotice(NoNotice::Exercise) => Kind::NotOperation,
    Error::NoNotice(NoNotice::NoOrganisation) => Kind::OrganisationMissing,
    Error::Storage(error) => error,
});
